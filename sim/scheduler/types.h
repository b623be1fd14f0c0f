// SPDX-License-Identifier: MIT
// The vocabulary of the scheduler: tasks, the points at which they may be switched, decisions.
#pragma once

#include <cstdint>
#include <string_view>

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
  kEnd,     ///< the task is over
};
inline constexpr unsigned kPointKinds = 16;

/// The name used in traces, for example "lock".
const char* PointKindName(PointKind kind);
/// The inverse of PointKindName; false, and `*kind` untouched, if there is no such name.
bool ParsePointKind(std::string_view name, PointKind* kind);

struct Point {
  PointKind kind = PointKind::kStart;
  ObjectId object = kNoObject;

  friend bool operator==(const Point&, const Point&) = default;
};

}  // namespace backstop::sched
