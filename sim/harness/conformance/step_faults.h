// SPDX-License-Identifier: MIT
// What an environment step does to the file operations of the call after it.
#pragma once

#include <map>
#include <string>

#include "model/call.h"
#include "sim/world/fault_policy.h"
#include "sim/world/sim_disk.h"

namespace backstop::conformance {

class StepFaults : public world::FaultPolicy {
 public:
  /// `disk` must outlive the object.
  explicit StepFaults(world::SimDisk& disk) : disk_(disk) {}

  /// Whether this world has such a fault for a call, or the step that makes it.
  static bool Has(model::Fault fault, const std::string& call);

  /// Which operations meet a fault that any could meet.
  enum class Reach : uint8_t { kAll, kSyncs };

  /// From now on operations of this task meet the fault.
  /// `call` is its name.
  void Arm(model::Fault fault, sched::TaskId task, const std::string& call,
           Reach reach = Reach::kAll);
  /// Undoes it, files taken away included. Returns whether some operation met it.
  bool Disarm();

  /// What operations meet now; Fault::kCount if nothing.
  model::Fault fault() const { return fault_; }

  world::IoFault OnOperation(const world::IoRequest& request) override;
  bool Grants(env::Need need, sched::TaskId task) override;

 private:
  void TakeAway(const std::string& path);
  void Spoil(const std::string& path);
  world::IoFault FaultFor(const world::IoRequest& request) const;

  world::SimDisk& disk_;
  model::Fault fault_ = model::Fault::kCount;
  Reach reach_ = Reach::kAll;
  bool opens_ = false;  ///< the call is one whose opening of a file is what it is asked
  sched::TaskId task_ = sched::kNoTask;
  bool met_ = false;
  std::map<std::string, std::string> taken_;    ///< files that are gone while it lasts, by path
  std::map<std::string, std::string> spoiled_;  ///< files whose content is another
};

}  // namespace backstop::conformance
