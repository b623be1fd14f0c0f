// SPDX-License-Identifier: MIT
// Everything that may go wrong with the files of one run.
#pragma once

#include "sim/harness/durability/power_cut.h"
#include "sim/harness/program.h"
#include "sim/harness/read_faults.h"

namespace backstop::harness {

class RunFaults : public world::FaultPolicy {
 public:
  explicit RunFaults(sched::Scheduler& scheduler) : reads_(scheduler), power_(scheduler) {}

  void BeginRun(Faults faults) {
    reads_.BeginRun(faults != Faults::kNone);
    power_.BeginRun(faults == Faults::kHeavy);
  }
  world::IoFault OnOperation(const world::IoRequest& request) override {
    if (power_.Strikes()) {
      uint64_t offset = 0;
      return power_.Misdirects(request, &offset) ? world::IoFault::Misdirect(offset)
                                                 : world::IoFault::PowerLoss();
    }
    if (const uint64_t micros = power_.Delay(); micros != 0) return world::IoFault::Delay(micros);
    return reads_.OnOperation(request);
  }

  ReadFaults& reads() { return reads_; }
  PowerCut& power() { return power_; }
  /// What returns from now on, nobody gets to know.
  bool power_lost() const { return power_.struck(); }

 private:
  ReadFaults reads_;
  PowerCut power_;
};

}  // namespace backstop::harness
