// SPDX-License-Identifier: MIT
// Makes the steps of a run in a given order.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/scheduler/explore/happens_before.h"
#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/strategy.h"

namespace backstop::harness {

/// Who makes which step, and how each task's draws are answered.
struct StepList {
  std::vector<sched::TaskId> tasks;
  std::array<std::vector<uint32_t>, sched::kMaxTasks> draws;
};

/// The steps of a run in the order `steps`.
StepList ListSteps(const sched::HappensBefore& order, std::span<const sched::Access> log,
                   const std::vector<uint32_t>& steps);

/// For a scheduler that logs and joins sections like the one whose steps are listed.
class Follow : public sched::Strategy {
 public:
  explicit Follow(StepList steps) : steps_(std::move(steps)) {}

  const char* name() const override { return "follow"; }
  void Begin(unsigned tasks) override;
  sched::TaskId Switch(const sched::SwitchQuestion& question) override;
  uint32_t Draw(const sched::DrawQuestion& question) override;

 private:
  const StepList steps_;
  std::array<size_t, sched::kMaxTasks> drawn_{};
};

}  // namespace backstop::harness
