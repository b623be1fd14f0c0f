// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/history_story.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/harness/recorded_history/history_report.h"
#include "sim/harness/recorded_history/unbound.h"

namespace backstop::recorded {
namespace {

std::string ArgumentsOf(const observed::Step& step) {
  const std::string text = StepText(step);
  return text.size() > step.call.size() ? text.substr(step.call.size() + 1) : "";
}

unsigned ThreadsOf(const RecordedHistory& history) {
  unsigned threads = 0;
  for (const TimedCall& call : history.calls) threads = std::max(threads, call.thread + 1);
  return threads;
}

void TellCalls(const RecordedHistory& history, const JudgedHistory& judged, report::Story* story) {
  const unsigned threads = ThreadsOf(history);
  for (unsigned thread = 0; thread < threads; ++thread) {
    story->lanes.push_back(fmt::format("T{}", thread));
  }
  if (!history.final_steps.empty()) story->lanes.push_back("final");
  for (size_t index = 0; index < judged.calls.size(); ++index) {
    const bool of_thread = index < history.calls.size();
    const observed::Step& step =
        of_thread ? history.calls[index].step : history.final_steps[index - history.calls.size()];
    const model::HistoryCall& call = judged.calls[index];
    report::StoryCall& told = story->calls.emplace_back();
    told.lane = of_thread ? history.calls[index].thread : threads;
    told.invoked = call.invoked;
    if (call.returned != model::kPending) told.returned = call.returned;
    told.name = step.call;
    told.arguments = ArgumentsOf(step);
    told.result = told.returned ? ResultText(step) : "never returned";
    if (IsExcused(judged.calls, index)) told.excuse = "refused because of a call beside it";
  }
}

}  // namespace

report::Story StoryOf(const RecordedHistory& history, const JudgedHistory& judged,
                      const std::string& origin) {
  report::Story story;
  story.title = fmt::format("History {}", history.id);
  story.origin = origin;
  story.verdict = VerdictName(judged.verdict);
  story.reason = judged.reason;
  TellCalls(history, judged, &story);
  report::TellOrder(judged.initial, judged.calls, judged.order, &story);
  if (judged.culprit && judged.culprit->part == Part::kSetup) {
    story.reason += "; " + CulpritText(history, *judged.culprit);
  } else {
    story.culprit = judged.order.culprit;
  }
  return story;
}

}  // namespace backstop::recorded
