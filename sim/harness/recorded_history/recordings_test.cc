// SPDX-License-Identifier: MIT
// The recorded histories of the original engine against what a brute-force checker with simple
// sequential rules said of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "sim/harness/recorded_history/history_report.h"
#include "sim/harness/recorded_history/second_opinion.h"

namespace backstop::recorded {
namespace {

namespace fs = std::filesystem;
const fs::path kRecordings = BACKSTOP_HISTORIES;

/// What the other checker left open is explained, or not judged by us either.
bool MayDecide(Agreement agreement, HistoryVerdict verdict) {
  return agreement == Agreement::kLeftOpen &&
         (verdict == HistoryVerdict::kExplained || verdict == HistoryVerdict::kNotJudged);
}

class Recordings : public ::testing::TestWithParam<std::string> {};

TEST_P(Recordings, AreJudgedAsTheBruteForceCheckerJudgedThem) {
  SecondOpinion opinion;
  ASSERT_TRUE(opinion.Read(kRecordings / "verdicts.json.zst"));
  HistoryJudge judge({});
  std::string error;
  size_t histories = 0;
  const auto visit = [&](RecordedHistory&& history) {
    ++histories;
    const JudgedHistory judged = judge.Judge(history);
    const Agreement agreement = opinion.Compare(history.id, judged.verdict);
    EXPECT_TRUE(agreement == Agreement::kAgrees || MayDecide(agreement, judged.verdict))
        << history.id << ": " << opinion.Of(history.id) << "; " << judged.reason << "; "
        << (judged.culprit ? CulpritText(history, *judged.culprit) : "");
  };
  ASSERT_TRUE(ReadHistories(kRecordings / (GetParam() + ".jsonl.zst"), visit, &error)) << error;
  EXPECT_GT(histories, 0u);
}

std::vector<std::string> Families() {
  std::vector<std::string> families;
  for (const auto& entry : fs::directory_iterator(kRecordings)) {
    const std::string name = entry.path().filename().string();
    const size_t end = name.find(".jsonl.zst");
    if (end != std::string::npos) families.push_back(name.substr(0, end));
  }
  std::ranges::sort(families);
  return families;
}

INSTANTIATE_TEST_SUITE_P(All, Recordings, ::testing::ValuesIn(Families()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace backstop::recorded
