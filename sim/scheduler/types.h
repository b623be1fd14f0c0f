// SPDX-License-Identifier: MIT
// The vocabulary of the scheduler: tasks, the points at which they may be switched, decisions.
#pragma once

#include <cstdint>

namespace backstop::sched {

/// Index of a task in the order of its Spawn.
using TaskId = uint8_t;
inline constexpr TaskId kNoTask = 0xff;
/// At most this many tasks a run: enabled sets are bit masks.
inline constexpr unsigned kMaxTasks = 16;

/// A lock, condition, file or field, numbered in the order of creation within a run.
using ObjectId = uint32_t;
inline constexpr ObjectId kNoObject = 0xffffffff;

/// What a task is about to do when it offers to be switched.
enum class PointKind : uint8_t {
  kStart,
  kLock,
  kUnlock,
  kWait,
  kNotify,
  kLoad,
  kStore,
  kRead,
  kWrite,
  kSync,
  kOpen,
  kFileOp,  ///< rename, remove, list and the like
  kSleep,
  kInvoke,  ///< an API call begins
  kReturn,  ///< an API call has its result
};

struct Point {
  PointKind kind = PointKind::kStart;
  ObjectId object = kNoObject;
};

}  // namespace backstop::sched
