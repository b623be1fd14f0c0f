// SPDX-License-Identifier: MIT
// Makes the steps of a run in a given order.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/scheduler/explore/happens_before.h"
#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/strategy.h"

namespace backstop::sched {

/// Who makes which step, and how each task's draws are answered.
struct StepList {
  std::vector<TaskId> tasks;
  std::array<std::vector<uint32_t>, kMaxTasks> draws;
};

/// The steps of a run in the order `steps`.
StepList ListSteps(const HappensBefore& order, std::span<const Access> log,
                   const std::vector<uint32_t>& steps);

/// For a scheduler that logs and joins sections like the one whose steps are listed.
class Follow : public Strategy {
 public:
  explicit Follow(StepList steps) : steps_(std::move(steps)) {}

  const char* name() const override { return "follow"; }
  void Begin(unsigned tasks) override;
  TaskId Switch(const SwitchQuestion& question) override;
  uint32_t Draw(const DrawQuestion& question) override;

 private:
  const StepList steps_;
  std::array<size_t, kMaxTasks> drawn_{};
};

}  // namespace backstop::sched
