// SPDX-License-Identifier: MIT
// Small random programs over everything a task can do, for tests of reductions. What a run leaves
// behind is a digest of all that its tasks have seen, so that a dependence overlooked anywhere
// shows as two results of one Mazurkiewicz trace.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/scheduler/scheduler.h"

namespace backstop::sched {

struct RandomOp {
  enum class Kind : uint8_t {
    kLock,
    kUnlock,
    kLoad,
    kStore,
    kReadRange,
    kWriteRange,
    kWaitUnless,  ///< waits while the variable is 0; holds the lock of that number
    kNotify,
    kSleep,
    kDraw,
    kCall,       ///< a call begins
    kReturn,     ///< and ends, without a point
    kSkipIfOdd,  ///< leaves the next loads and stores out if what was seen so far is odd
  };
  Kind kind;
  uint8_t object = 0;
  uint8_t begin = 0, end = 0;
};

struct RandomProgram {
  std::vector<std::vector<RandomOp>> tasks;
};

/// Equal seeds give equal programs.
RandomProgram DrawRandomProgram(uint64_t seed);

/// One line a task, for failure messages.
std::string ToText(const RandomProgram& program);

/// Resets the scheduler and makes one run; the digest of all that was seen and left behind.
uint64_t RunRandomProgram(const RandomProgram& program, Scheduler& scheduler, Strategy& strategy);

}  // namespace backstop::sched
