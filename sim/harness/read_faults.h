// SPDX-License-Identifier: MIT
// Decides which reads of a backup fail, and which deletions of logs: at most one fault a call,
// drawn as a labelled choice.
#pragma once

#include <array>

#include "model/call.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/fault_policy.h"

namespace backstop::harness {

class ReadFaults : public world::FaultPolicy {
 public:
  explicit ReadFaults(sched::Scheduler& scheduler) : scheduler_(scheduler) {}

  /// A new run; without `enabled` nothing is drawn and nothing fails.
  void BeginRun(bool enabled);
  /// Task `task` enters JetReadFile or JetTruncateLog. Until EndCall its reads, or its deletions of
  /// files, may fail.
  void BeginCall(sched::TaskId task, model::Op op);
  /// What went wrong since BeginCall; Fault::kNone if nothing did.
  model::Fault EndCall(sched::TaskId task);

  world::IoFault OnOperation(const world::IoRequest& request) override;

 private:
  /// Answers of the draw come first, in their order: 0 is harmless.
  enum class Kind : uint8_t { kNone, kShort, kErrorOnce, kErrorForGood, kNotDrawn };
  static constexpr uint32_t kKinds = 4;
  /// A deletion goes well, fails, or finds the file in use.
  static constexpr uint32_t kRemovals = 3;
  struct Task {
    world::IoKind meets = world::IoKind::kSync;  ///< what may fail; kSync: nothing
    model::Fault failed = model::Fault::kNone;
    Kind kind = Kind::kNotDrawn;
  };

  world::IoFault OfRead(Task& task, const world::IoRequest& request);
  world::IoFault OfRemoval(Task& task);

  sched::Scheduler& scheduler_;
  bool enabled_ = false;
  std::array<Task, sched::kMaxTasks> tasks_{};
};

}  // namespace backstop::harness
