// SPDX-License-Identifier: MIT
#include "sim/harness/trace_results.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/harness/describe.h"

namespace backstop::harness {
namespace {

const char* ClauseOf(const model::Reaction& reaction) {
  const model::RowId row = reaction.row != model::kNoRow ? reaction.row : reaction.gate_row;
  return row == model::kNoRow ? "-" : model::Rows()[row].clause;
}

/// The clause of each call that is in the order; empty for the others.
std::vector<std::string> Clauses(const Timeline& timeline) {
  std::vector<std::string> clauses(timeline.history.calls.size());
  for (const model::OrderedEvent& event : timeline.order.events) {
    if (event.last) clauses[event.call] = ClauseOf(event.reaction);
  }
  return clauses;
}

std::string Allowed(const model::LinearizeResult& order) {
  std::string text;
  for (const model::Reaction& reaction : order.allowed) {
    text += fmt::format("{}{} [{}]", text.empty() ? "" : " or ", CodeText(reaction.err),
                        ClauseOf(reaction));
  }
  return text.empty() ? "nothing" : text;
}

}  // namespace

std::vector<std::string> ResultLines(const Timeline& timeline) {
  const std::vector<model::HistoryCall>& calls = timeline.history.calls;
  const std::vector<std::string> clauses = Clauses(timeline);
  std::vector<size_t> order(calls.size());
  for (size_t call = 0; call < calls.size(); ++call) order[call] = call;
  std::ranges::stable_sort(order, {}, [&](size_t call) { return calls[call].returned; });
  std::vector<std::string> lines;
  for (const size_t call : order) {
    std::string line = fmt::format("{} call {} {} = {}", ThreadText(calls[call].thread),
                                   timeline.history.index[call], CallText(calls[call].call),
                                   OutcomeText(calls[call]));
    if (timeline.order.culprit == call) {
      line += " !! " + Allowed(timeline.order);
    } else if (!clauses[call].empty()) {
      line += fmt::format(" [{}] {}", clauses[call], timeline.states[call]);
    }
    lines.push_back(line.substr(0, kMaxTraceLine - 2));
  }
  return lines;
}

}  // namespace backstop::harness
