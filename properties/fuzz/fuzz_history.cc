// SPDX-License-Identifier: MIT
// Recorded histories: each is refused in one line or judged, in bounded time, in both dialects.
#include <algorithm>
#include <filesystem>
#include <string>

#include "properties/fuzz/fuzz_target.h"
#include "properties/fuzz/text_sample.h"
#include "sim/harness/observed/text_lines.h"
#include "sim/harness/recorded_history/history_report.h"
#include "sim/harness/recorded_history/history_story.h"
#include "sim/harness/report/writers.h"

namespace backstop::fuzz {
namespace {

using recorded::HistoryJudge;
using recorded::JudgedHistory;

/// Short histories of every recorded family.
const std::vector<std::string>& Histories() {
  static const std::vector<std::string> histories = [] {
    std::vector<std::string> read;
    for (const auto& file : std::filesystem::directory_iterator(BACKSTOP_HISTORIES)) {
      if (!file.path().string().ends_with(".jsonl.zst")) continue;
      size_t taken = 0;
      std::string error;
      const auto take = [&](const std::string& line, std::string*) {
        if (line.size() < 6000 && taken++ < 4) read.push_back(line);
        return true;
      };
      observed::ForEachLine(file.path().string(), take, &error);
    }
    std::ranges::sort(read);
    return read;
  }();
  return histories;
}

void Judge(HistoryJudge& judge, const recorded::RecordedHistory& history, bool show) {
  const JudgedHistory judged = judge.Judge(history);
  const bool explained = judged.verdict == recorded::HistoryVerdict::kExplained;
  Expect(explained || !judged.reason.empty(), "a verdict has no reason");
  Expect(ToJson(history, judged).contains("verdict"), "the report lacks the verdict");
  if (show) report::HtmlPage(StoryOf(history, judged, "fuzz"));
}

}  // namespace

Input Sample(uint32_t seed) { return TextSample(Histories(), seed); }

void Reseal(Input*) {}

void Parse(std::span<const std::byte> input) {
  static HistoryJudge ese({.dialect = &model::kEse, .max_steps = 20'000, .want_witness = true});
  static HistoryJudge strict(
      {.dialect = &model::kStrict, .max_steps = 20'000, .want_witness = true});
  std::string error;
  const auto history = recorded::ParseHistory(TextOf(input), &error);
  if (!history) {
    Expect(!error.empty() && error.find('\n') == error.npos, "no single line says what is wrong");
    return;
  }
  Judge(ese, *history, input.size() % 16 == 0);
  Judge(strict, *history, false);
}

}  // namespace backstop::fuzz
