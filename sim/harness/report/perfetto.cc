// SPDX-License-Identifier: MIT
#include <algorithm>

#include "sim/harness/report/writers.h"

namespace backstop::report {

using nlohmann::ordered_json;

namespace {

constexpr int kProcess = 1;

ordered_json Metadata(const char* what, size_t lane, const std::string& name) {
  return {
      {"ph", "M"}, {"pid", kProcess}, {"tid", lane}, {"name", what}, {"args", {{"name", name}}}};
}

}  // namespace

std::string PerfettoTrace(const Story& story) {
  ordered_json events = ordered_json::array();
  events.push_back(Metadata("process_name", 0, story.title));
  for (size_t lane = 0; lane < story.lanes.size(); ++lane) {
    events.push_back(Metadata("thread_name", lane, story.lanes[lane]));
  }
  uint64_t last = 0;
  for (const StoryCall& call : story.calls)
    last = std::max(last, call.returned.value_or(call.invoked));
  for (size_t index = 0; index < story.calls.size(); ++index) {
    const StoryCall& call = story.calls[index];
    ordered_json arguments = {{"arguments", call.arguments}, {"result", call.result}};
    if (story.culprit == index) arguments["culprit"] = story.reason;
    events.push_back({{"ph", "X"},
                      {"pid", kProcess},
                      {"tid", call.lane},
                      {"ts", call.invoked},
                      {"dur", call.returned.value_or(last + 1) - call.invoked},
                      {"name", (story.culprit == index ? "!! " : "") + call.name},
                      {"cat", "call"},
                      {"args", arguments}});
  }
  // An order has no times: each event stands as early as its call and the events before it let it.
  uint64_t now = 0;
  for (const StoryEvent& event : story.order) {
    if (event.call == kByItself) continue;
    now = std::max(now, story.calls[event.call].invoked);
    events.push_back({{"ph", "i"},
                      {"s", "t"},
                      {"pid", kProcess},
                      {"tid", story.calls[event.call].lane},
                      {"ts", now},
                      {"name", event.clause},
                      {"cat", "effect"},
                      {"args", {{"state", event.state}, {"code", event.code}}}});
  }
  for (const StoryNote& note : story.notes) {
    events.push_back({{"ph", "i"},
                      {"s", "t"},
                      {"pid", kProcess},
                      {"tid", note.lane},
                      {"ts", note.time},
                      {"name", note.text},
                      {"cat", "switch"}});
  }
  const ordered_json trace = {{"displayTimeUnit", "ns"},
                              {"otherData", {{"title", story.title}, {"verdict", story.verdict}}},
                              {"traceEvents", events}};
  return trace.dump(1, ' ', true, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace backstop::report
