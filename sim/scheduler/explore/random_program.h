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
    kCount,      ///< a section of a lock that commutes with its like
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

struct RandomCall {
  TaskId task = kNoTask;
  uint32_t invoked = 0, returned = 0;  ///< one clock for both
};

struct RandomResult {
  uint64_t digest = 0;  ///< of all that was seen and left behind
  std::vector<RandomCall> calls;
  bool completed = true;  ///< no deadlock
};

/// Resets the scheduler and makes one run.
RandomResult RunRandomProgram(const RandomProgram& program, Scheduler& scheduler,
                              Strategy& strategy);

}  // namespace backstop::sched
