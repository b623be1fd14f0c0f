// SPDX-License-Identifier: MIT
// Runs a fuzz target on damaged samples: fuzz_NAME RUNS [SEED]. Every second input gets its
// checksums made right. With libFuzzer only the entry point below is used.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "properties/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  backstop::fuzz::Parse(bytes);
  backstop::fuzz::Input input(bytes.begin(), bytes.end());
  backstop::fuzz::Reseal(&input);
  backstop::fuzz::Parse(input);
  return 0;
}

#ifndef BACKSTOP_LIBFUZZER
namespace backstop::fuzz {
namespace {

/// Numbers that lengths and offsets are wrong by.
constexpr uint32_t kOdd[] = {0, 1, 2, 7, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff};

void Overwrite(Input* input, size_t at, uint32_t value, size_t bytes) {
  for (size_t i = 0; i < bytes && at + i < input->size(); ++i) {
    (*input)[at + i] = static_cast<std::byte>(value >> (8 * i));
  }
}

/// Fields crowd at the beginning and at the end of a page.
size_t Place(std::mt19937& random, size_t size) {
  switch (random() % 3) {
    case 0:
      return random() % std::min<size_t>(size, 64);
    case 1:
      return size - 1 - random() % std::min<size_t>(size, 64);
    default:
      return random() % size;
  }
}

void DamageOnce(std::mt19937& random, Input* input) {
  if (input->empty()) return;
  const size_t at = Place(random, input->size());
  switch (random() % 4) {
    case 0:
      (*input)[at] ^= static_cast<std::byte>(1u << random() % 8);
      break;
    case 1:
      Overwrite(input, at, kOdd[random() % std::size(kOdd)], 1u << random() % 3);
      break;
    case 2:
      Overwrite(input, at, static_cast<uint32_t>(random()), 4);
      break;
    default:
      if (random() % 8 == 0) input->resize(at);
  }
}

int Run(uint32_t runs, uint32_t seed) {
  std::mt19937 random(seed);
  for (uint32_t run = 0; run < runs; ++run) {
    Input input = Sample(static_cast<uint32_t>(random()));
    for (uint32_t damage = random() % 8; damage > 0; --damage) DamageOnce(random, &input);
    if (run % 2 == 0) Reseal(&input);
    Parse(input);
  }
  std::printf("%u inputs, no crash\n", runs);
  return 0;
}

}  // namespace
}  // namespace backstop::fuzz

int main(int argc, char** argv) {
  const uint32_t runs = argc > 1 ? static_cast<uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 0;
  const uint32_t seed = argc > 2 ? static_cast<uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 1;
  if (runs == 0) {
    std::fprintf(stderr, "usage: %s RUNS [SEED], RUNS above 0\n", argv[0]);
    return 2;
  }
  return backstop::fuzz::Run(runs, seed);
}
#endif
