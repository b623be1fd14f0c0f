// SPDX-License-Identifier: MIT
// The buffer of a call that lists names, as a recording describes it.
#pragma once

#include <string>
#include <vector>

#include "impl/esent.h"
#include "sim/harness/observed/player.h"

namespace backstop::observed {

/// Room of the recorded size, filled with a pattern, so that what was written can be told.
class ListBuffer {
 public:
  explicit ListBuffer(const Step& step);

  char* narrow() { return null_ ? nullptr : bytes_.data(); }
  JET_WCHAR* wide() { return reinterpret_cast<JET_WCHAR*>(narrow()); }
  uint32_t room() const { return room_; }
  uint32_t* actual() { return no_count_ ? nullptr : &actual_; }

  /// Adds cbActual, n, names and bufTouched, each where a recording has it.
  void Describe(StepResult* result) const;
  /// The names, as far as they fit.
  std::vector<std::string> Names() const;
  /// Whether the list was asked for in the ordinary way: only then later steps refer to it.
  bool IsOrdinary() const { return !null_ && !sized_ && !wide_; }

 private:
  const bool null_;
  const bool no_count_;
  const bool wide_;
  const bool sized_;
  const uint32_t room_;
  std::vector<char> bytes_;
  uint32_t actual_;
};

}  // namespace backstop::observed
