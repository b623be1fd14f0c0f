// SPDX-License-Identifier: MIT
// File handles of a recorded history as the small numbers that the specification takes for them.
#pragma once

#include <cstdint>
#include <map>

#include "model/dialect.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/recorded_history/history_file.h"

namespace backstop::recorded {

class FileNumbers {
 public:
  explicit FileNumbers(const model::Dialect& dialect);

  /// The setup opened a file; `number` is that of the specification.
  void Opened(const observed::Step& step, model::FileRef number);
  /// Numbers the other values that calls of `history` returned as handles, in order. The original
  /// engine has one slot and one handle, and gives it again and again.
  void Learn(const RecordedHistory& history);

  /// Puts the numbers into a call that takes or gave a literal handle.
  void Number(const observed::Step& step, observed::Translated* translated) const;

 private:
  void LearnStep(const observed::Step& step);

  bool one_slot_;
  /// The setup's opens alternate between the numbers below.
  model::FileRef next_ = 3;
  std::map<uint64_t, model::FileRef> numbers_;
};

}  // namespace backstop::recorded
