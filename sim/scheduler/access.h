// SPDX-License-Identifier: MIT
// What the steps of a run touch: from this follows which steps commute and which happen before
// which.
#pragma once

#include <cstdint>
#include <limits>

#include "sim/scheduler/types.h"

namespace backstop::sched {

/// How a step touches an object. Two accesses of one object conflict if their order can be told by
/// anybody: two reads never do.
enum class AccessMode : uint8_t {
  kNone,
  kRead,
  kWrite,
  kAcquire,  ///< of a lock; its order with another acquisition can be turned round
  kRelease,  ///< of a lock; comes after its acquisition whatever the schedule
  kInvoke,   ///< a call begins: whether another has returned by then is what real time tells
  kReturn,   ///< a call has its result
  kDraw,     ///< no access: the answer of a draw, in `range.begin`
  kBlocked,  ///< no access: a call began whose first point, on the lock `object`, blocks
  kWake,     ///< no access: the step lets task number `object` go on, which waited for it
  kJump,     ///< no step: time jumps and lets the tasks of the mask `object` go on
};

/// Parts of an object, for example bytes of a file: from `begin` up to but not including `end`.
struct Range {
  uint64_t begin = 0;
  uint64_t end = std::numeric_limits<uint64_t>::max();

  bool Overlaps(const Range& other) const { return begin < other.end && other.begin < end; }
  bool Covers(const Range& other) const { return begin <= other.begin && other.end <= end; }
  friend bool operator==(const Range&, const Range&) = default;
};

/// One entry of the log of a run. A step is the passing of one point and all that its task does up
/// to the next point; its first entry is what the point says, the others follow.
struct Access {
  Range range;
  ObjectId object = kNoObject;
  TaskId task = kNoTask;
  AccessMode mode = AccessMode::kNone;
  PointKind kind = PointKind::kStart;  ///< of the step's point; only in the first entry of a step
  bool begins_step = false;

  friend bool operator==(const Access&, const Access&) = default;
};

/// What a point of this kind does to its object unless it says otherwise.
constexpr AccessMode ModeOf(PointKind kind) {
  switch (kind) {
    case PointKind::kLock:
      return AccessMode::kAcquire;
    case PointKind::kUnlock:
      return AccessMode::kRelease;
    case PointKind::kLoad:
    case PointKind::kRead:
    case PointKind::kSync:
    case PointKind::kWait:
      return AccessMode::kRead;
    case PointKind::kStore:
    case PointKind::kWrite:
    case PointKind::kNotify:
    case PointKind::kOpen:
    case PointKind::kFileOp:
      return AccessMode::kWrite;
    case PointKind::kInvoke:
      return AccessMode::kInvoke;
    case PointKind::kReturn:
      return AccessMode::kReturn;
    default:
      return AccessMode::kNone;
  }
}

/// Whether the order of the two can be told, so that their steps do not commute; symmetric.
constexpr bool Conflict(const Access& a, const Access& b) {
  if (a.mode == AccessMode::kInvoke) return b.mode == AccessMode::kReturn;
  if (a.mode == AccessMode::kReturn) return b.mode == AccessMode::kInvoke;
  const bool touch = a.mode != AccessMode::kNone && a.mode <= AccessMode::kRelease &&
                     b.mode != AccessMode::kNone && b.mode <= AccessMode::kRelease;
  const bool both_read = a.mode == AccessMode::kRead && b.mode == AccessMode::kRead;
  return touch && !both_read && a.object == b.object && a.range.Overlaps(b.range);
}

}  // namespace backstop::sched
