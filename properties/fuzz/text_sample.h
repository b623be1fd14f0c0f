// SPDX-License-Identifier: MIT
// What the fuzzers of text share.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "model/testing/spoiled_text.h"
#include "properties/fuzz/fuzz_target.h"

namespace backstop::fuzz {

inline std::string TextOf(std::span<const std::byte> input) {
  return {reinterpret_cast<const char*>(input.data()), input.size()};
}

/// One of the texts, damaged as text is for every odd seed.
inline Input TextSample(const std::vector<std::string>& texts, uint32_t seed) {
  model::testing::Dice dice(seed);
  std::string text = texts[dice(static_cast<uint32_t>(texts.size()))];
  if (seed % 2 != 0) text = model::testing::Spoiled(dice, std::move(text));
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// Ends the program, so that the fuzzer keeps the input.
inline void Expect(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "%.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

}  // namespace backstop::fuzz
