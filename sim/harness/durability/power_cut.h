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

/// The label of the draw that decides about a power cut, and how many answers it has.
inline constexpr const char* kPowerCutLabel = "power-cut";
inline constexpr uint32_t kPowerCuts = 1u << 16;

/// What an answer other than 0 means.
struct PowerCutPlan {
  uint64_t at = 0;             ///< the operation before which the power fails, from 1
  uint32_t kept_of_eight = 0;  ///< unsynced sectors that survive
  unsigned strikes_in_restart = 0;
};

/// Seeds `random` with the answer; what it gives next decides about the sectors.
PowerCutPlan PlanOf(uint32_t answer, sched::Random* random);

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

  /// Asked when it strikes: whether this write still happens, in another place of its file, and the
  /// power fails before the next operation. `*offset` is that place.
  bool Misdirects(const world::IoRequest& request, uint64_t* offset);
  /// Whether that has happened: what is left may be damaged.
  bool misdirected() const { return misdirected_; }
  /// How long an operation takes, in microseconds.
  uint64_t Delay();

  /// Decides what survives. The same answers in the same order for the same run.
  world::Keep NextKeep();
  /// Another choice about what follows the power cut.
  bool OneIn(uint32_t n) { return Below(n) == 0; }
  uint32_t Below(uint32_t n) { return extra_.Below(n); }
  /// Before which operation of the restart, or of a restore, the power fails again; 0: not again.
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
  bool misdirects_ = false;
  bool misdirected_ = false;
  bool slow_ = false;  ///< operations take time in this run
  sched::Random random_;
  sched::Random extra_;  ///< for what was added later: the answers of the other stay the same
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
