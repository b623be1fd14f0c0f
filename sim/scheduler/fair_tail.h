// SPDX-License-Identifier: MIT
// A safety phase under any strategy, then a liveness phase: fair and without faults.
#pragma once

#include <cstdint>

#include "sim/scheduler/strategy.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {

/// Asks `strategy` for the first `safety_steps` points of a run. After them the tasks take turns,
/// point by point, and draws are answered harmlessly: a run that then passes the scheduler's step
/// bound is a livelock, and not the fault of an unfair strategy.
class FairTail : public Strategy {
 public:
  explicit FairTail(uint64_t safety_steps) : safety_steps_(safety_steps) {}

  /// `strategy` must outlive the runs it is asked in.
  FairTail& Over(Strategy& strategy) {
    strategy_ = &strategy;
    return *this;
  }

  const char* name() const override { return strategy_->name(); }
  void Begin(unsigned tasks) override {
    fair_ = false;
    strategy_->Begin(tasks);
  }
  TaskId Switch(const SwitchQuestion& question) override {
    fair_ = question.step > safety_steps_;
    if (!fair_) return strategy_->Switch(question);
    return Choice(question.enabled, question.current, question.current_enabled ? 1 : 0);
  }
  uint32_t Draw(const DrawQuestion& question) override {
    return fair_ ? 0 : strategy_->Draw(question);
  }

 private:
  const uint64_t safety_steps_;
  Strategy* strategy_ = nullptr;
  bool fair_ = false;
};

}  // namespace backstop::sched
