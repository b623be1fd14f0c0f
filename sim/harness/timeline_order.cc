// SPDX-License-Identifier: MIT
// The order of the calls of a timeline as text, or why there is none.
#include <fmt/format.h>

#include "sim/harness/describe.h"
#include "sim/harness/timeline.h"

namespace backstop::harness {
namespace {

const char* ClauseOf(const model::Reaction& reaction) {
  const model::RowId row = reaction.row != model::kNoRow ? reaction.row : reaction.gate_row;
  return row == model::kNoRow ? "-" : model::Rows()[row].clause;
}

std::string Made(const model::HistoryCall& call) {
  return fmt::format("{} {}", ThreadText(call.thread), CallText(call.call));
}

std::string WhyNone(const Timeline& timeline) {
  const model::HistoryCall& call = timeline.history.calls[*timeline.order.culprit];
  std::string text =
      fmt::format("no further: here {} returned {}, where the specification allows only {}\n",
                  Made(call), OutcomeText(call), AllowedText(timeline.order.allowed));
  return text;
}

}  // namespace

std::string RenderOrder(const Timeline& timeline) {
  const model::LinearizeResult& order = timeline.order;
  const bool whole = order.verdict == model::Verdict::kLinearizable;
  std::string text = whole ? "An order that explains every result:\n"
                           : "No order explains every result. The longest that does so far:\n";
  unsigned number = 0;
  for (const model::OrderedEvent& event : order.events) {
    const model::HistoryCall& call = timeline.history.calls[event.call];
    const std::string took = event.last ? "= " + OutcomeText(call) : "begins";
    text += fmt::format("{:4}. {} {} [{}]\n", ++number, Made(call), took, ClauseOf(event.reaction));
  }
  if (!whole && order.culprit) text += WhyNone(timeline);
  return text;
}

}  // namespace backstop::harness
