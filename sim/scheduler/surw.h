// SPDX-License-Identifier: MIT
// A selectively uniform random walk (Zhao and others, ASPLOS 2025).
#pragma once

#include <array>

#include "sim/scheduler/random.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// For each run a few names of objects are drawn; the steps on them interleave nearly uniformly,
/// and whatever the other steps do does not disturb that. A task is intended with a weight of the
/// interesting steps that it is expected to have left; the others stand still before theirs.
class Surw : public Strategy {
 public:
  struct Options {
    uint32_t steps = 100;  ///< estimated number of points of a run
    uint32_t interesting_one_in = 3;
    uint32_t fault_one_in = 4;  ///< see RandomWalk
  };

  Surw(uint64_t seed, Options options) : options_(options), random_(seed) {}

  /// The runs that follow depend on `seed` alone, not on earlier runs.
  void Reseed(uint64_t seed) { random_.Seed(seed); }
  void SetSteps(uint32_t steps) { options_.steps = steps; }

  const char* name() const override { return "surw"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  bool IsInteresting(const Scheduler& scheduler, TaskId task) const;
  TaskId PickIntended(uint32_t enabled);

  Options options_;
  Random random_;
  uint64_t salt_ = 0;  ///< decides which names are interesting
  unsigned tasks_ = 0;
  TaskId intended_ = kNoTask;
  std::array<uint32_t, kMaxTasks> made_{};  ///< interesting steps
};

}  // namespace backstop::sched
