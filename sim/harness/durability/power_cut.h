// SPDX-License-Identifier: MIT
// When the power fails in a run, and what of the unsynced data it takes: drawn when the run first
// touches a file.
#pragma once

#include <cstdint>
#include <functional>

#include "sim/scheduler/random.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/fault_policy.h"
#include "sim/world/sim_disk.h"

namespace backstop::harness {

class PowerCut {
 public:
  explicit PowerCut(sched::Scheduler& scheduler) : scheduler_(scheduler) {}

  /// A new run; without `enabled` nothing is drawn and the power stays.
  void BeginRun(bool enabled);
  /// An operation of a task is about to happen. True if the power fails just before it.
  bool Strikes();
  /// Whether the power fails in this run, at the latest when all threads have ended.
  bool drawn() const { return at_ != 0; }

  /// Whether it has failed: no operation is asked about any more.
  bool struck() const { return drawn() && operations_ == at_; }

  /// Decides what survives. The same answers in the same order for the same run.
  world::Keep NextKeep();
  /// Before which operation of the restart that follows the power fails again; 0: not again.
  uint64_t NextStrike();

 private:
  void Draw();

  sched::Scheduler& scheduler_;
  bool enabled_ = false;
  bool asked_ = false;
  uint64_t operations_ = 0;
  uint64_t at_ = 0;
  uint32_t kept_of_eight_ = 0;
  unsigned strikes_left_ = 0;
  sched::Random random_;
};

/// Cuts the power before operation number `at`, counted from 1.
class CutAt : public world::FaultPolicy {
 public:
  explicit CutAt(uint64_t at) : at_(at) {}
  world::IoFault OnOperation(const world::IoRequest&) override {
    return ++operations_ == at_ ? world::IoFault::PowerLoss() : world::IoFault::None();
  }

 private:
  const uint64_t at_;
  uint64_t operations_ = 0;
};

}  // namespace backstop::harness
