// SPDX-License-Identifier: MIT
// Which goals of a suite there are, and which of them have a sequence.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/harness/conformance/row_probe.h"
#include "sim/harness/conformance/state_variables.h"
#include "sim/harness/conformance/suite.h"
#include "sim/harness/conformance/walk.h"

namespace backstop::conformance {

/// A goal by a number: the same for all calls that show the same thing.
using GoalKey = uint64_t;

class GoalBook {
 public:
  explicit GoalBook(const model::Dialect& dialect);

  /// The goals that an event reaches: its row, and the check it took precedence over. The rows of
  /// the entry gate count for each call of their own.
  void Reached(const Event& event, std::vector<std::pair<GoalKey, Goal>>* goals) const;

  /// The goal of a call that was refused where it could have changed something.
  std::pair<GoalKey, Goal> Unchanged(const Event& event) const;

  /// Whether the call succeeded in circumstances in which no sequence shows its row yet; `here` are
  /// those of before.
  bool IsElsewhere(const Event& event, const Circumstances& here) const;
  std::pair<GoalKey, Goal> Elsewhere(const Event& event, const Circumstances& here) const;
  void NoteElsewhere(const Event& event, const Circumstances& here);

  /// The steps of the shortest sequence so far; ~0 if there is none.
  unsigned Length(GoalKey key) const;
  void Note(GoalKey key, unsigned length) { length_[key] = length; }

 private:
  const model::Dialect& dialect_;
  RowProbe probe_;
  std::vector<uint16_t> clause_;  ///< by row: number of its clause
  std::vector<bool> is_of_gate_;  ///< by row
  boost::unordered_flat_map<GoalKey, unsigned> length_;
  /// By row and call: the circumstances in which it has been shown.
  boost::unordered_flat_map<GoalKey, Circumstances> shown_in_;
};

}  // namespace backstop::conformance
