// SPDX-License-Identifier: MIT
// Who decides: every choice of a run, which task goes on or whether a read fails, is one question
// put to a Strategy.
#pragma once

#include <cstdint>

#include "sim/scheduler/types.h"

namespace backstop::sched {

class Scheduler;

/// A question "which task goes on?". Asked only when more than one task could.
struct SwitchQuestion {
  uint32_t enabled = 0;      ///< bit mask of the tasks that can go on
  TaskId current = kNoTask;  ///< the task that ran last; kNoTask at the first question of a run
  bool current_enabled = false;
  Point at;                 ///< what the current task is about to do, or what it is blocked on
  uint64_t step = 0;        ///< number of points passed so far in this run
  uint32_t mark = 0;        ///< see Decision
  uint32_t occurrence = 0;  ///< see Decision
  const Scheduler* scheduler = nullptr;  ///< for the names of tasks and objects
};

/// A question with `options` numbered answers; 0 is the harmless one (no fault, shortest delay).
struct DrawQuestion {
  const char* label = "";
  uint32_t options = 1;
  TaskId current = kNoTask;
  uint32_t mark = 0;        ///< see Decision
  uint32_t occurrence = 0;  ///< see Decision
  const Scheduler* scheduler = nullptr;
};

/// Answers every question of a run. One object serves one run after another: Begin starts a run.
/// Not thread-safe; called from the task that asks.
class Strategy {
 public:
  virtual ~Strategy() = default;
  virtual const char* name() const = 0;
  virtual void Begin(unsigned tasks) = 0;
  /// Returns a task of `question.enabled`.
  virtual TaskId Switch(const SwitchQuestion& question) = 0;
  /// Returns a number below `question.options`.
  virtual uint32_t Draw(const DrawQuestion& question) = 0;
};

}  // namespace backstop::sched
