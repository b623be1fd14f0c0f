// SPDX-License-Identifier: MIT
// The recorded histories of the original engine against what a brute-force checker with simple
// sequential rules said of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "sim/harness/observed/text_lines.h"
#include "sim/harness/recorded_history/history_report.h"

namespace backstop::recorded {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;

const fs::path kRecordings = BACKSTOP_HISTORIES;

std::map<std::string, std::string> SecondOpinions() {
  std::string text;
  std::string error;
  const auto add = [&](const std::string& line, std::string*) {
    text += line;
    return true;
  };
  EXPECT_TRUE(observed::ForEachLine(kRecordings / "verdicts.json.zst", add, &error)) << error;
  return nlohmann::json::parse(text).get<std::map<std::string, std::string>>();
}

/// What our verdict may be, given theirs.
std::set<std::string> Expected(const std::string& opinion) {
  if (opinion == "explained" || opinion.starts_with("explained only if")) return {"explained"};
  if (opinion == "crashed") return {"crashed"};
  // They judge no read of a free slot. It acts as an empty file (READ-16), if it is not stale.
  if (opinion == "not judged") return {"explained", "not-judged"};
  return {"not-explained"};
}

class Recordings : public ::testing::TestWithParam<std::string> {};

TEST_P(Recordings, AreJudgedAsTheBruteForceCheckerJudgedThem) {
  static const std::map<std::string, std::string> opinions = SecondOpinions();
  HistoryJudge judge({});
  std::string error;
  size_t histories = 0;
  const auto visit = [&](RecordedHistory&& history) {
    ++histories;
    const JudgedHistory judged = judge.Judge(history);
    const std::string opinion = opinions.at(history.id);
    EXPECT_THAT(Expected(opinion), Contains(VerdictName(judged.verdict)))
        << history.id << ": " << opinion << "; " << judged.reason << "; "
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
