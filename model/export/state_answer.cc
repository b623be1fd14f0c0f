// SPDX-License-Identifier: MIT
// What every call returns in a state, or while a condition holds.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "model/export/check_text.h"
#include "model/export/lookup.h"
#include "model/export/near.h"
#include "model/export/row_text.h"

namespace backstop::model {

namespace {

/// What people say, and the name of the condition that they mean.
constexpr std::pair<std::string_view, std::string_view> kWords[] = {
    {"stopped", "a stop was requested"},
    {"service stopped", "JetStopService was called"},
};

using States = std::vector<std::string>;

bool IsAmong(const States& states, const std::string& state) {
  return std::ranges::find(states, state) != states.end();
}

/// The known name that was meant: the same in any case, or the only one that contains it.
std::optional<std::string> Resolve(std::string_view name, const std::vector<std::string>& known) {
  for (const auto& [word, meant] : kWords) {
    if (SameName(name, word)) name = meant;
  }
  std::vector<std::string> containing;
  for (const std::string& candidate : known) {
    if (SameName(candidate, name)) return candidate;
    if (name.size() >= 4 && candidate.find(name) != candidate.npos) containing.push_back(candidate);
  }
  if (containing.size() == 1) return containing.front();
  return std::nullopt;
}

/// States of a table, in each of the dialects, that no earlier row of an event has decided.
class Undecided {
 public:
  explicit Undecided(const States& states) {
    for (const std::string& state : states) {
      open_.emplace(state, "strict");
      open_.emplace(state, "ese");
    }
  }

  /// The states in which the row still has a say; those of a row without a check are decided then.
  States Meet(const WrittenRow& row, bool always) {
    States met;
    for (const std::string& state : row.sources) {
      for (const char* dialect : {"strict", "ese"}) {
        if (!row.dialect.empty() && row.dialect != dialect) continue;
        const auto place = open_.find({state, dialect});
        if (place == open_.end()) continue;
        if (!IsAmong(met, state)) met.push_back(state);
        if (always) open_.erase(place);
      }
    }
    return met;
  }

 private:
  std::set<std::pair<std::string, std::string>> open_;
};

struct Question {
  States states;          ///< only these
  std::string condition;  ///< holds, if not empty
};

void WriteAnswer(const WrittenRow& row, const States& met, const Question& question,
                 const Check& left, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "  {:<12} {}", row.clause, ResultText(row));
  if (met.size() < question.states.size()) {
    fmt::format_to(to, ", {}", InStates(fmt::format("{}", fmt::join(met, ", "))));
  }
  const std::string words = WordsOf(left);
  if (!words.empty()) fmt::format_to(to, ", if {}", words);
  const std::string effect = EffectText(row);
  if (!effect.empty()) fmt::format_to(to, "; {}", effect);
  const std::string mark = DialectMark(row);
  if (!mark.empty()) fmt::format_to(to, "  [only {}]", mark);
  *out += '\n';
}

void WriteEvent(const TableText& table, const std::string& event, const Question& question,
                std::string* out) {
  Undecided undecided(question.states);
  std::string rows;
  for (const WrittenRow& row : table.rows) {
    if (!row.internal.empty() || !IsAmong(row.events, event)) continue;
    Check left = ParseCheck(row.check, table.glossary);
    if (!question.condition.empty()) left = Assuming(left, question.condition);
    if (left.kind == Check::Kind::kNever) continue;
    const States met = undecided.Meet(row, left.kind == Check::Kind::kAlways);
    if (!met.empty()) WriteAnswer(row, met, question, left, &rows);
  }
  if (!rows.empty()) fmt::format_to(std::back_inserter(*out), "\n{}\n{}", event, rows);
}

/// The states that rows about the condition name, over all the tables with the same states.
States StatesWith(const Reference& reference, const States& region, std::string_view condition) {
  States found;
  for (const Section& section : reference.sections) {
    if (section.table.states != region) continue;
    for (const WrittenRow& row : section.table.rows) {
      if (!Mentions(ParseCheck(row.check, section.table.glossary), condition)) continue;
      for (const std::string& state : row.sources) {
        if (!IsAmong(found, state)) found.push_back(state);
      }
    }
  }
  return found;
}

/// "defined as" lines are the same in every table that uses the condition.
std::string Definition(const Reference& reference, const std::string& condition) {
  for (const Section& section : reference.sections) {
    const auto entry = section.table.glossary.find(condition);
    if (entry != section.table.glossary.end()) return entry->second;
  }
  return {};
}

template <class StatesOf>
std::string Answer(const Reference& reference, std::string out, const std::string& condition,
                   StatesOf states_of) {
  std::vector<std::string> elsewhere;
  for (const Section& section : reference.sections) {
    const Question question{states_of(section.table), condition};
    if (question.states.empty()) {
      elsewhere.push_back(section.table.name);
      continue;
    }
    for (const std::string& event : EventsOf(section.table)) {
      WriteEvent(section.table, event, question, &out);
    }
  }
  if (!elsewhere.empty()) {
    fmt::format_to(std::back_inserter(out), "\n{}: {}.\n",
                   condition.empty() ? "Tables of other states" : "Tables that do not ask for it",
                   fmt::join(elsewhere, ", "));
  }
  return out;
}

}  // namespace

std::vector<std::string> StateWords() {
  std::vector<std::string> words;
  for (const auto& [word, meant] : kWords) words.emplace_back(word);
  return words;
}

std::string ExplainState(const Reference& reference, std::string_view name) {
  if (const auto state = Resolve(name, StateNames(reference))) {
    return Answer(reference, fmt::format("In state {}:\n", *state), {},
                  [&](const TableText& table) {
                    return IsAmong(table.states, *state) ? States{*state} : States{};
                  });
  }
  const auto condition = Resolve(name, ConditionNames(reference));
  if (!condition) return {};
  return Answer(
      reference, fmt::format("While {} ({}):\n", *condition, Definition(reference, *condition)),
      *condition,
      [&](const TableText& table) { return StatesWith(reference, table.states, *condition); });
}

}  // namespace backstop::model
