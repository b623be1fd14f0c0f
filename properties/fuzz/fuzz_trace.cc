// SPDX-License-Identifier: MIT
// Traces: each is refused with its line, or reads as a trace that can be written again.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "properties/fuzz/fuzz_target.h"
#include "properties/fuzz/text_sample.h"
#include "sim/harness/trace.h"

namespace backstop::fuzz {
namespace {

const std::vector<std::string>& Traces() {
  static const std::vector<std::string> traces = [] {
    std::vector<std::string> read;
    for (const auto& file : std::filesystem::directory_iterator(BACKSTOP_TRACES)) {
      std::ifstream in(file.path());
      if (file.path().extension() != ".trace") continue;
      read.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    std::ranges::sort(read);
    return read;
  }();
  return traces;
}

}  // namespace

Input Sample(uint32_t seed) { return TextSample(Traces(), seed); }

void Reseal(Input*) {}

void Parse(std::span<const std::byte> input) {
  harness::Trace trace, again;
  std::string error;
  if (!harness::ParseTrace(TextOf(input), &trace, &error)) {
    Expect(error.starts_with("line "), error);
    return;
  }
  const std::string text = harness::WriteTrace(trace);
  Expect(harness::ParseTrace(text, &again, &error), error);
  Expect(harness::WriteTrace(again) == text, "a trace reads otherwise than it was written");
}

}  // namespace backstop::fuzz
