// SPDX-License-Identifier: MIT
// The power fails again and again: each time in the life of the engine that recovered from the
// last.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/harness/durability/client.h"
#include "sim/harness/durability/ledger.h"
#include "sim/harness/durability/power_cut.h"
#include "sim/harness/jet_api.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/sim_disk.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {

/// Not thread-safe; outside of a scheduled run.
class FurtherCuts {
 public:
  FurtherCuts(const JetApi& api, sched::Scheduler& scheduler, PowerCut& power)
      : api_(api), scheduler_(scheduler), power_(power) {}

  /// Some lives on what a power cut left: each recovers, finds what the one before found and
  /// committed, and commits rows until the power fails at a drawn operation. Gives the call that
  /// failed although nothing had to hinder it.
  std::optional<std::string> Verify(const world::SimDisk& wreck, const Client::Place& place,
                                    const Ledger& ledger, RowLoss* loss);

  unsigned crashes() const { return crashes_; }

 private:
  /// What the next life has to find.
  struct Known {
    FoundRows rows;             ///< that earlier lives found, or were told that they are committed
    std::vector<RowMark> open;  ///< of the commit that the power cut met
    unsigned made = 0;          ///< marks in use
  };

  RowLoss Compare(FoundRows found, const Ledger& ledger) const;
  /// False if a call failed while there was power.
  bool Commit(Client& client, const world::SimEnv& env);

  const JetApi& api_;
  sched::Scheduler& scheduler_;
  PowerCut& power_;
  Known known_;
  unsigned crashes_ = 0;
};

}  // namespace backstop::harness
