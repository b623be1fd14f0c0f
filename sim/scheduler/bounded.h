// SPDX-License-Identifier: MIT
// Strategies that let tasks run on and interfere a bounded number of times.
#pragma once

#include <vector>

#include "sim/scheduler/random.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// At `bound` random points of a run the current task is left, though it could go on.
/// Delay bounding (Emmi, Qadeer, Rakamaric, POPL 2011): otherwise tasks follow one another in a
/// fixed order, and a delay gives the turn to the next one. Preemption bounding (Musuvathi, Qadeer,
/// PLDI 2007): the turn goes to any task, also where the current one is blocked.
class Bounded : public Strategy {
 public:
  enum class Kind : uint8_t { kDelay, kPreemption };
  struct Options {
    Kind kind = Kind::kDelay;
    uint32_t bound = 2;
    uint32_t steps = 100;       ///< estimated number of points of a run
    uint32_t fault_one_in = 4;  ///< see RandomWalk
  };

  Bounded(uint64_t seed, Options options) : options_(options), random_(seed) {}

  /// The runs that follow depend on `seed` alone, not on earlier runs.
  void Reseed(uint64_t seed) { random_.Seed(seed); }
  void SetSteps(uint32_t steps) { options_.steps = steps; }

  const char* name() const override {
    return options_.kind == Kind::kDelay ? "delay" : "preemption";
  }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  Options options_;
  Random random_;
  std::vector<uint64_t> leave_at_;  ///< steps, ascending
  size_t left_ = 0;                 ///< how many of them are behind us
};

/// Each task in turn for a quantum of points, which is drawn for each run: fair, and nearly the
/// same every time.
class RoundRobin : public Strategy {
 public:
  explicit RoundRobin(uint64_t seed, uint32_t max_quantum = 8, uint32_t fault_one_in = 4)
      : random_(seed), max_quantum_(max_quantum), fault_one_in_(fault_one_in) {}

  /// The runs that follow depend on `seed` alone, not on earlier runs.
  void Reseed(uint64_t seed) { random_.Seed(seed); }

  const char* name() const override { return "round-robin"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  Random random_;
  const uint32_t max_quantum_;
  const uint32_t fault_one_in_;
  uint32_t quantum_ = 1;
  uint32_t used_ = 0;
};

}  // namespace backstop::sched
