// SPDX-License-Identifier: MIT
// Which steps of a run happen before which, by vector clocks, and the fingerprint of that order.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/scheduler/access.h"

namespace backstop::sched {

/// For each task, how many of its steps lie in the past.
struct Clock {
  std::array<uint32_t, kMaxTasks> steps{};

  void Join(const Clock& other) {
    for (unsigned i = 0; i < kMaxTasks; ++i) steps[i] = std::max(steps[i], other.steps[i]);
  }
  friend bool operator==(const Clock&, const Clock&) = default;
};

struct Step {
  TaskId task = kNoTask;
  uint32_t number = 0;           ///< among the steps of its task, from 1
  uint32_t first = 0, last = 0;  ///< its accesses: from `first` up to but not including `last`
  Clock before;                  ///< what had happened before the task came to the step
  Clock clock;                   ///< what happens before the step, and the step itself

  /// Whether `other` is this step or happens before it.
  bool Follows(const Step& other) const { return clock.steps[other.task] >= other.number; }
};

/// An earlier access that conflicts with one of a step.
struct Earlier {
  uint32_t step = 0;
  AccessMode mode = AccessMode::kNone;
  ObjectId object = kNoObject;
};

/// Built anew for every run; keeps its memory. Not thread-safe.
class HappensBefore {
 public:
  /// Takes the log of a run that is over; its first `max_steps` steps only.
  void Build(std::span<const Access> log, size_t max_steps = static_cast<size_t>(-1));

  const std::vector<Step>& steps() const { return steps_; }
  std::span<const Access> AccessesOf(const Step& step) const {
    return std::span(log_).subspan(step.first, step.last - step.first);
  }
  /// What has happened before the task can make its next step.
  const Clock& ClockOf(TaskId task) const { return clocks_[task]; }

  /// The accesses of other tasks before step number `step` that conflict with it, except those that
  /// happen before another that conflicts with the same access; latest first.
  void EarlierThan(uint32_t step, std::vector<Earlier>* found) const;
  /// The same for an access that a task would make after all steps.
  void EarlierThan(const Access& pending, std::vector<Earlier>* found) const;

  /// Equal for two runs of a program if and only if one becomes the other by swapping neighbouring
  /// steps that commute (up to collisions of 64 bits): names a Mazurkiewicz trace.
  uint64_t Fingerprint() const;

 private:
  static constexpr uint32_t kNone = 0xffffffff;

  static size_t Slot(const Access& access) {
    return access.mode == AccessMode::kTick ? 0 : size_t{access.object} + 1;
  }
  static bool IsAccess(const Access& access) {
    return access.mode != AccessMode::kNone && access.mode < AccessMode::kDraw;
  }

  void TakeStep(uint32_t first, uint32_t last);
  void Jump(ObjectId woken);
  void WalkBack(const Access& access, uint32_t from, std::vector<Earlier>* found) const;
  uint32_t LatestOf(size_t slot) const { return slot < latest_.size() ? latest_[slot] : kNone; }

  std::vector<Access> log_;
  uint32_t lead_ = 0;  ///< entries before the first step: draws of tasks that are being started
  std::vector<uint32_t> previous_;  ///< for each access the one before on the same object
  std::vector<uint32_t> step_of_;   ///< for each access its step
  std::vector<uint32_t> latest_;    ///< for each object its last access so far
  std::vector<Step> steps_;
  std::array<Clock, kMaxTasks> clocks_;
  std::vector<Earlier> found_;
};

}  // namespace backstop::sched
