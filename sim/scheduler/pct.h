// SPDX-License-Identifier: MIT
// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010).
#pragma once

#include <array>
#include <vector>

#include "sim/scheduler/random.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// The enabled task of highest priority runs; priorities are drawn anew for each run, and at
/// `changes` random points of the run the current task falls below all others. A bug that needs
/// changes + 1 orderings is found in a run of n tasks and k steps with probability at least
/// 1 / (n * k^changes). A bug that needs more orderings may stay out of reach for ever.
class Pct : public Strategy {
 public:
  struct Options {
    uint32_t changes = 2;  ///< priority-change points in a run
    /// Estimated number of points of a run, over which the change points are spread. Too small an
    /// estimate leaves the end of a run without switches; too large a one wastes change points.
    uint32_t steps = 100;
    uint32_t fault_one_in = 4;  ///< see RandomWalk
  };

  Pct(uint64_t seed, Options options);

  /// The runs that follow depend on `seed` alone, not on earlier runs.
  void Reseed(uint64_t seed) { random_.Seed(seed); }
  void SetSteps(uint32_t steps) { options_.steps = steps; }

  const char* name() const override { return "pct"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  void ShufflePriorities(unsigned tasks);

  Options options_;
  Random random_;
  std::array<uint32_t, kMaxTasks> priority_{};
  std::vector<uint64_t> change_at_;  ///< steps, ascending
  size_t passed_ = 0;                ///< change points behind us
};

}  // namespace backstop::sched
