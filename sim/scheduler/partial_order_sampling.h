// SPDX-License-Identifier: MIT
// Partial order sampling (Yuan, Yang, Gu, CAV 2018).
#pragma once

#include <array>

#include "sim/scheduler/random.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// Every pending step has a random priority and the highest goes on; when it does, the pending
/// steps that race with it get new ones. Orders of racing steps come out more evenly than in a
/// random walk, whatever lies between them. A sampler, not a search: nothing is sure to be found.
class PartialOrderSampling : public Strategy {
 public:
  explicit PartialOrderSampling(uint64_t seed, uint32_t fault_one_in = 4)
      : random_(seed), fault_one_in_(fault_one_in) {}

  /// The runs that follow depend on `seed` alone, not on earlier runs.
  void Reseed(uint64_t seed) { random_.Seed(seed); }

  const char* name() const override { return "pos"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  Random random_;
  const uint32_t fault_one_in_;
  std::array<uint64_t, kMaxTasks> priority_{};
  TaskId last_ = kNoTask;  ///< who was chosen, and has another step pending since
};

}  // namespace backstop::sched
