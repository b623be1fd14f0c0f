// SPDX-License-Identifier: MIT
// Decides which reads of a backup fail: at most one fault a call, drawn as a labelled choice.
#pragma once

#include <array>

#include "sim/scheduler/scheduler.h"
#include "sim/world/fault_policy.h"

namespace backstop::harness {

class ReadFaults : public world::FaultPolicy {
 public:
  explicit ReadFaults(sched::Scheduler& scheduler) : scheduler_(scheduler) {}

  /// A new run; without `enabled` nothing is drawn and nothing fails.
  void BeginRun(bool enabled);
  /// Task `task` enters JetReadFile. Between BeginRead and EndRead its file reads may fail.
  void BeginRead(sched::TaskId task);
  /// Returns true if an I/O error was injected since BeginRead.
  bool EndRead(sched::TaskId task);

  world::IoFault OnOperation(const world::IoRequest& request) override;

 private:
  /// Answers of the draw come first, in their order: 0 is harmless.
  enum class Kind : uint8_t { kNone, kShort, kErrorOnce, kErrorForGood, kNotDrawn };
  static constexpr uint32_t kKinds = 4;
  struct Task {
    bool reading = false;
    bool failed = false;
    Kind kind = Kind::kNotDrawn;
  };

  sched::Scheduler& scheduler_;
  bool enabled_ = false;
  std::array<Task, sched::kMaxTasks> tasks_{};
};

}  // namespace backstop::harness
