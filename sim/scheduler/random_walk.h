// SPDX-License-Identifier: MIT
// The plain random strategy: every enabled task is equally likely to go on.
#pragma once

#include "sim/scheduler/random.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// Finds bugs that need few switches or tolerate many. A bug that needs one task to stand still
/// while another takes a hundred steps is out of its reach (Pct finds it).
class RandomWalk : public Strategy {
 public:
  struct Options {
    /// Out of 256 questions, how many keep the current task without drawing: 0 is uniform.
    uint32_t stay_of_256 = 0;
    /// A draw is other than harmless once in this many; 0 means never.
    uint32_t fault_one_in = 4;
  };

  explicit RandomWalk(uint64_t seed) : RandomWalk(seed, Options{}) {}
  RandomWalk(uint64_t seed, Options options);

  /// The runs that follow depend on `seed` alone, not on earlier runs.
  void Reseed(uint64_t seed) { random_.Seed(seed); }

  const char* name() const override { return options_.stay_of_256 != 0 ? "sticky" : "random"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  Options options_;
  Random random_;
};

}  // namespace backstop::sched
