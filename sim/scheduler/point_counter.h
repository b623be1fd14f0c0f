// SPDX-License-Identifier: MIT
// Counts how often each task met each point since its last mark, in constant time.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/scheduler/name_table.h"
#include "sim/scheduler/types.h"

namespace backstop::sched {

/// Points are told apart by kind and name, not by object: that is what a recorded trace can tell.
class PointCounter {
 public:
  /// Starts to count anew, for one task or for all.
  void Forget(TaskId task) { period_[task] = NextPeriod(); }
  void ForgetAll() { period_.fill(NextPeriod()); }

  /// Returns how often `task` met this point before, and counts this time.
  uint32_t Count(TaskId task, PointKind kind, NameId name) {
    const size_t index = size_t{name} * kMaxTasks + task;
    if (index >= cells_.size()) Grow(name);
    Cell& cell = cells_[index];
    if (cell.period != period_[task]) cell = Cell{period_[task], {}};
    return cell.count[static_cast<unsigned>(kind)]++;
  }

 private:
  /// Counts of one task on one name. Counts of an old period are as good as zero, so that nothing
  /// need be cleared when a run or a call begins.
  struct Cell {
    uint32_t period = 0;
    std::array<uint32_t, kPointKinds> count{};
  };

  uint32_t NextPeriod();
  void Grow(NameId name);

  uint32_t last_period_ = 0;
  std::array<uint32_t, kMaxTasks> period_{};
  std::vector<Cell> cells_;  ///< by name, then task
};

}  // namespace backstop::sched
