// SPDX-License-Identifier: MIT
// Every run of a program that departs from the default at few questions.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/scheduler/recorded.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::sched {

/// How many answers are not the default: switches away from a task that could go on, or to another
/// than the next one, and faults.
size_t Deviations(const Answers& answers);

/// Depth first over the runs with at most `bound` deviations, none twice. Use: make a run with
/// `strategy()` on a Scheduler that records, call Next, go on while it says true.
class FewDeviations {
 public:
  /// Of a draw with more than `draw_options` answers so many are tried, spread evenly; the search
  /// is then no longer complete.
  explicit FewDeviations(size_t bound, uint32_t draw_options = 16)
      : bound_(bound), draw_options_(draw_options) {}

  Strategy& strategy() { return recorded_; }
  /// Prepares the run after the one that `scheduler` has just made; false if that was the last.
  bool Next(const Scheduler& scheduler);
  /// How many deviations the run prepared last has; asked before it is made.
  size_t deviations() const { return deviations_; }
  /// Whether some draw had more answers than were tried.
  bool sampled() const { return sampled_; }

 private:
  void PushChildren(const std::vector<Decision>& decisions);

  const size_t bound_;
  const uint32_t draw_options_;
  size_t deviations_ = 0;
  bool sampled_ = false;
  Recorded recorded_;
  std::vector<Answers> open_;  ///< the next one last
};

}  // namespace backstop::sched
