// SPDX-License-Identifier: MIT
// Depth-first search that goes on from no state twice.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>

#include "sim/scheduler/explore/happens_before.h"
#include "sim/scheduler/recorded.h"
#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// A state is what has happened so far, up to swaps of neighbouring steps that commute: that
/// determines the world, the engine and every pending call, whatever they are made of. Knows
/// nothing of races and sleep sets, so that it can check the searches that do.
/// Use: make a run with it as the strategy of a Scheduler that records and logs, call Next, go on
/// while it says true. Each state costs 8 bytes or more.
class CachedSearch : public Strategy {
 public:
  const char* name() const override { return "cached"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

  /// Prepares the run after the one that `scheduler` has just made; false if that was the last.
  bool Next(const Scheduler& scheduler);

  /// Whether the last run came to a state that was known, and from there on was not searched.
  bool cut() const { return cut_; }
  uint64_t executions() const { return executions_; }
  /// States in which there was a choice.
  uint64_t states() const { return states_.size(); }

 private:
  bool IsNew(const Scheduler& scheduler);

  Answers answers_;
  size_t asked_ = 0;
  bool cut_ = false;
  size_t cut_at_ = 0;  ///< questions before the known state
  uint64_t executions_ = 0;
  HappensBefore order_;
  boost::unordered_flat_set<uint64_t> states_;
};

}  // namespace backstop::sched
