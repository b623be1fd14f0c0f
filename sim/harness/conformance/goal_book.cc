// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/goal_book.h"

#include <map>
#include <string_view>

namespace backstop::conformance {
namespace {

constexpr unsigned kCallBits = 8;
constexpr unsigned kRowBits = 16;
constexpr GoalKey kPrecedence = GoalKey{1} << 60;
constexpr GoalKey kUnchanged = GoalKey{1} << 61;
constexpr GoalKey kElsewhere = GoalKey{1} << 62;

GoalKey CallKey(const model::Call& call) {
  const bool twin = call.legacy && model::HasLegacyTwin(call.op);
  return static_cast<GoalKey>(call.op) << 1 | (twin ? 1 : 0);
}

model::RowId RowOf(const Event& event) {
  const model::Reaction& reaction = event.reaction;
  return reaction.row == model::kNoRow ? reaction.gate_row : reaction.row;
}

/// The row that decided, and the call.
GoalKey RowKey(const Event& event) { return RowOf(event) | (CallKey(event.call) + 1) << kRowBits; }

}  // namespace

GoalBook::GoalBook(const model::Dialect& dialect) : dialect_(dialect) {
  std::map<std::string_view, uint16_t> numbers;
  for (const model::RowInfo& row : model::Rows()) {
    const auto next = static_cast<uint16_t>(numbers.size());
    clause_.push_back(numbers.try_emplace(row.clause, next).first->second);
    is_of_gate_.push_back(std::string_view(row.table).find("gate") != std::string_view::npos);
  }
}

void GoalBook::Reached(const Event& event, std::vector<std::pair<GoalKey, Goal>>* goals) const {
  const model::Reaction& reaction = event.reaction;
  const GoalKey call = CallKey(event.call);
  const bool refused = reaction.row == model::kNoRow;
  const model::RowId row = refused ? reaction.gate_row : reaction.row;
  if (!refused && reaction.gate_row != model::kNoRow) {
    goals->push_back({reaction.gate_row, {.row = reaction.gate_row}});
  }
  goals->push_back({refused ? row | (call + 1) << kRowBits : row, {.row = row}});
  if (reaction.err >= 0 || reaction.pending) return;
  const Precedence over = probe_.RunnerUp(event.before, event.call, event.stage, event.failing,
                                          event.reported, dialect_, row);
  if (over.second == model::kNoRow || clause_[row] == clause_[over.second]) return;
  const GoalKey key = kPrecedence | GoalKey{clause_[row]} << 28 |
                      GoalKey{clause_[over.second]} << (kCallBits + 4) |
                      (is_of_gate_[row] && is_of_gate_[over.second] ? 0 : call);
  goals->push_back({key, {.row = row, .shows = Shows::kPrecedence, .second = over.second}});
}

std::pair<GoalKey, Goal> GoalBook::Unchanged(const Event& event) const {
  return {kUnchanged | RowKey(event), {.row = RowOf(event), .shows = Shows::kUnchanged}};
}

bool GoalBook::IsElsewhere(const Event& event, const Circumstances& here) const {
  const auto shown = shown_in_.find(RowKey(event));
  return shown == shown_in_.end() || (here & ~shown->second).any();
}

std::pair<GoalKey, Goal> GoalBook::Elsewhere(const Event& event, const Circumstances& here) const {
  Goal goal{.row = RowOf(event), .shows = Shows::kThroughout};
  const auto shown = shown_in_.find(RowKey(event));
  size_t first = here.size();
  for (size_t bit = here.size(); bit-- > 0;) {
    if (!here[bit] || (shown != shown_in_.end() && shown->second[bit])) continue;
    first = bit;
    goal.circumstances =
        CircumstanceText(bit) + (goal.circumstances.empty() ? "" : ", ") + goal.circumstances;
  }
  return {kElsewhere | RowKey(event) << kCallBits | first, goal};
}

void GoalBook::NoteElsewhere(const Event& event, const Circumstances& here) {
  shown_in_[RowKey(event)] |= here;
}

unsigned GoalBook::Length(GoalKey key) const {
  const auto found = length_.find(key);
  return found == length_.end() ? ~0u : found->second;
}

}  // namespace backstop::conformance
