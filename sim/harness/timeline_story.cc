// SPDX-License-Identifier: MIT
#include "sim/harness/timeline_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/harness/describe.h"

namespace backstop::harness {
namespace {

/// By ExplainedPart::Weight.
constexpr std::array<const char*, 3> kWeights = {"matters", "in part", "none"};

/// Setup and epilogue have lanes of their own, below those of the threads.
unsigned LaneOf(uint8_t thread, unsigned threads) {
  if (thread == kSetupThread) return threads;
  return thread == kEpilogueThread ? threads + 1 : thread;
}

report::StoryCall TellCall(const model::HistoryCall& call, unsigned threads) {
  report::StoryCall told;
  const std::string text = CallText(call.call);
  const size_t bracket = text.find('(');
  told.lane = LaneOf(call.thread, threads);
  told.invoked = call.invoked;
  if (call.returned != model::kPending) told.returned = call.returned;
  told.name = text.substr(0, bracket);
  if (bracket != text.npos) told.arguments = text.substr(bracket);
  told.result = OutcomeText(call);
  return told;
}

/// After a power cut there is no epilogue: the restart stands in its lane.
void TellRestart(const Timeline& timeline, report::Story* story) {
  uint64_t last = 0;
  for (const report::StoryCall& call : story->calls) {
    last = std::max(last, call.returned.value_or(call.invoked));
  }
  report::StoryCall& restart = story->calls.emplace_back();
  restart.lane = LaneOf(kEpilogueThread, timeline.threads);
  restart.invoked = last + 1;
  restart.returned = last + 2;
  restart.name = "Restart";
  restart.arguments = "(the power has failed; what was not synced is lost, kept or torn)";
  restart.result = timeline.restart;
  if (!timeline.violation || timeline.violation->call) {
    restart.excuse = "no part of the order";
    return;
  }
  story->culprit = static_cast<uint32_t>(story->calls.size() - 1);
  story->allowed.clear();
}

}  // namespace

report::Story StoryOf(const Timeline& timeline, const Trace& trace, const Provenance& here) {
  report::Story story;
  story.title = trace.rule.empty() ? "A run" : fmt::format("{} on {}", trace.rule, here.engine);
  story.origin =
      fmt::format("trace of engine {}, build {}, run here on {}; {}", trace.made_by.engine,
                  trace.made_by.build, here.engine, ToText(trace.program.setup));
  story.verdict = timeline.violation ? timeline.violation->rule : "no violation";
  if (timeline.violation) story.reason = timeline.violation->text;
  for (unsigned thread = 0; thread < timeline.threads; ++thread) {
    story.lanes.push_back(fmt::format("T{}", thread));
  }
  const bool restarted = !timeline.restart.empty();
  story.lanes.insert(story.lanes.end(), {"setup", restarted ? "restart" : "epilogue"});
  for (const model::HistoryCall& call : timeline.history.calls) {
    story.calls.push_back(TellCall(call, timeline.threads));
  }
  report::TellOrder(timeline.history.initial, timeline.history.calls, timeline.order, &story);
  for (const SwitchNote& note : timeline.switches) {
    story.notes.push_back({LaneOf(static_cast<uint8_t>(note.from), timeline.threads), note.time,
                           fmt::format("{}, T{} goes on", note.place, note.to)});
  }
  for (const PointNote& point : timeline.points) {
    story.points.push_back({LaneOf(point.task, timeline.threads), point.time,
                            fmt::format("{} {}", sched::PointKindName(point.kind), point.object)});
  }
  if (restarted) TellRestart(timeline, &story);
  if (timeline.violation && timeline.violation->call) {
    story.culprit = static_cast<uint32_t>(*timeline.violation->call);
    // What is allowed was asked for the call that stops the order, which may be another one.
    if (story.culprit != timeline.order.culprit) story.allowed.clear();
  }
  return story;
}

report::StoryExplanation TellExplanation(const Explanation& explanation) {
  report::StoryExplanation told;
  for (const ExplainedPart& part : explanation.parts) {
    told.parts.push_back({part.place, part.what, part.stays, part.goes,
                          kWeights[static_cast<size_t>(part.weight())]});
  }
  if (!explanation.passing) return told;
  told.change = explanation.passing->change;
  for (const Beside& row : SideBySide(explanation.failing, explanation.passing->timeline)) {
    told.rows.push_back({row.fails, row.passes, row.same});
  }
  return told;
}

}  // namespace backstop::harness
