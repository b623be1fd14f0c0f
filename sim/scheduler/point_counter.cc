// SPDX-License-Identifier: MIT
#include "sim/scheduler/point_counter.h"

#include <algorithm>
#include <limits>

namespace backstop::sched {

// After four thousand million periods the numbers are used again: cells must not remember the old
// ones. The tasks that count in an old period go on with zeros.
uint32_t PointCounter::NextPeriod() {
  if (last_period_ == std::numeric_limits<uint32_t>::max()) {
    std::fill(cells_.begin(), cells_.end(), Cell{});
    last_period_ = 0;
  }
  return ++last_period_;
}

void PointCounter::Grow(NameId name) { cells_.resize((size_t{name} + 1) * kMaxTasks); }

}  // namespace backstop::sched
