// SPDX-License-Identifier: MIT
// Plain enumeration: every run of a program, depth first, none twice.
#pragma once

#include <cstdint>
#include <span>

#include "sim/scheduler/recorded.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::sched {

/// The answers of the run that follows this one in a depth-first search; false after the last.
bool NextAnswers(std::span<const Decision> decisions, Answers* answers);

/// Use: make a run with `strategy()` on a Scheduler that records, call Next, go on while it says
/// true.
class EveryRun {
 public:
  Strategy& strategy() { return recorded_; }
  /// Prepares the run after the one that `scheduler` has just made; false if that was the last.
  bool Next(const Scheduler& scheduler) {
    ++executions_;
    return NextAnswers(scheduler.decisions(), &recorded_.answers());
  }
  uint64_t executions() const { return executions_; }

 private:
  Recorded recorded_;
  uint64_t executions_ = 0;
};

}  // namespace backstop::sched
