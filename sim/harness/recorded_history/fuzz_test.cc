// SPDX-License-Identifier: MIT
// Damaged histories: each is refused in one line or judged, in bounded time.
#include <gtest/gtest.h>

#include <filesystem>

#include "model/testing/spoiled_text.h"
#include "sim/harness/observed/text_lines.h"
#include "sim/harness/recorded_history/history_report.h"
#include "sim/harness/recorded_history/history_story.h"
#include "sim/harness/report/writers.h"

namespace backstop::recorded {
namespace {

using model::testing::Dice;

/// Short lines of every recorded family.
std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  for (const auto& file : std::filesystem::directory_iterator(BACKSTOP_HISTORIES)) {
    if (!file.path().string().ends_with(".jsonl.zst")) continue;
    size_t taken = 0;
    std::string error;
    observed::ForEachLine(
        file.path().string(),
        [&](const std::string& line, std::string*) {
          if (line.size() < 6000 && taken++ < 4) seeds.push_back(line);
          return true;
        },
        &error);
  }
  std::ranges::sort(seeds);
  return seeds;
}

TEST(Fuzz, ADamagedHistoryIsRefusedOrJudged) {
  const std::vector<std::string> seeds = Seeds();
  ASSERT_GT(seeds.size(), 20u);
  Dice dice(17);
  uint64_t accepted = 0;
  const uint64_t rounds = model::testing::FuzzRounds(4000);
  HistoryJudge ese({.dialect = &model::kEse, .max_steps = 20'000, .want_witness = true});
  HistoryJudge strict({.dialect = &model::kStrict, .max_steps = 20'000, .want_witness = true});
  for (uint64_t round = 0; round < rounds; ++round) {
    const std::string& seed = seeds[dice(static_cast<uint32_t>(seeds.size()))];
    std::string error;
    const auto history = ParseHistory(model::testing::Spoiled(dice, seed), &error);
    if (!history) {
      ASSERT_FALSE(error.empty());
      continue;
    }
    ++accepted;
    for (HistoryJudge* judge : {&ese, &strict}) {
      const JudgedHistory judged = judge->Judge(*history);
      ASSERT_FALSE(ToJson(*history, judged).at("verdict").empty());
      if (round % 16 == 0) {
        ASSERT_FALSE(report::HtmlPage(StoryOf(*history, judged, "fuzz")).empty());
      }
    }
  }
  EXPECT_GT(accepted, rounds / 10) << "damage that is always refused tries little";
}

TEST(Fuzz, NestingThatCouldExhaustTheStackIsRefused) {
  std::string error;
  const std::string deep = R"({"id":"h","setup":[],"history":[],"args":)" +
                           std::string(1'000'000, '[') + std::string(1'000'000, ']') + "}";
  EXPECT_FALSE(ParseHistory(deep, &error));
  EXPECT_EQ(error, "lists and objects are nested too deep");
}

}  // namespace
}  // namespace backstop::recorded
