// SPDX-License-Identifier: MIT
// The locks, file operations and shared fields between the calls of a timeline.
#pragma once

#include <string>
#include <vector>

#include "sim/harness/timeline.h"

namespace backstop::harness {

/// The points that the run of `history` passed, with the history's clock; calls, starts and ends
/// are left out. Empty if `scheduler` kept no log.
std::vector<PointNote> PointsOf(const sched::Scheduler& scheduler, const History& history);

struct PointLine {
  uint64_t time = 0;
  sched::TaskId task = sched::kNoTask;
  std::string text;  ///< "lock backup", or folded "lock x3, read"
};
std::vector<PointLine> PointLines(const std::vector<PointNote>& points, Points how);

}  // namespace backstop::harness
