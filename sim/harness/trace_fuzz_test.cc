// SPDX-License-Identifier: MIT
// Damaged traces: each is refused with its line, or reads as a trace that can be written again.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "model/testing/spoiled_text.h"
#include "sim/harness/trace.h"

namespace backstop::harness {
namespace {

using model::testing::Dice;

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  for (const auto& file : std::filesystem::directory_iterator(BACKSTOP_TRACES)) {
    if (file.path().extension() != ".trace") continue;
    std::ifstream in(file.path());
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::ranges::sort(seeds);
  return seeds;
}

TEST(TraceFuzz, ADamagedTraceIsRefusedOrCanBeWrittenAgain) {
  const std::vector<std::string> seeds = Seeds();
  ASSERT_FALSE(seeds.empty());
  Dice dice(23);
  uint64_t accepted = 0;
  const uint64_t rounds = model::testing::FuzzRounds(20'000);
  for (uint64_t round = 0; round < rounds; ++round) {
    const std::string& seed = seeds[dice(static_cast<uint32_t>(seeds.size()))];
    const std::string text = model::testing::Spoiled(dice, seed);
    Trace trace;
    std::string error;
    if (!ParseTrace(text, &trace, &error)) {
      ASSERT_TRUE(error.starts_with("line ")) << error;
      continue;
    }
    ++accepted;
    Trace again;
    ASSERT_TRUE(ParseTrace(WriteTrace(trace), &again, &error)) << error << "\n" << text;
    ASSERT_EQ(WriteTrace(again), WriteTrace(trace)) << text;
  }
  EXPECT_GT(accepted, rounds / 100) << "damage that is always refused tries little";
}

}  // namespace
}  // namespace backstop::harness
