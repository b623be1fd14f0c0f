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
  kCommute,  ///< of a lock, for a section whose order with another such section nobody can tell
  kTick,     ///< a call does something that matters for the first time; calls do so in some order
  kDraw,     ///< no access: the answer of a draw, in `range.begin`
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
    default:
      return AccessMode::kNone;
  }
}

/// Whether the order of the two can be told, so that their steps do not commute; symmetric.
constexpr bool Conflict(const Access& a, const Access& b) {
  const AccessMode tick = AccessMode::kTick;
  if (a.mode == tick || b.mode == tick) return a.mode == b.mode;
  const bool touch =
      a.mode != AccessMode::kNone && a.mode < tick && b.mode != AccessMode::kNone && b.mode < tick;
  const bool same = a.mode == b.mode;
  const bool alike = same && (a.mode == AccessMode::kRead || a.mode == AccessMode::kCommute);
  return touch && !alike && a.object == b.object && a.range.Overlaps(b.range);
}

}  // namespace backstop::sched
