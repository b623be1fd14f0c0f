// SPDX-License-Identifier: MIT
// What is left after a power cut, on a disk with more trouble: full, or with a bit that has turned.
#pragma once

#include <optional>
#include <string>

#include "sim/harness/durability/client.h"
#include "sim/harness/durability/fail_at.h"
#include "sim/harness/durability/ledger.h"
#include "sim/harness/durability/power_cut.h"
#include "sim/harness/jet_api.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/sim_disk.h"

namespace backstop::harness {

/// Not thread-safe; outside of a scheduled run.
class DiskTrouble {
 public:
  DiskTrouble(const JetApi& api, sched::Scheduler& scheduler, PowerCut& power)
      : api_(api), scheduler_(scheduler), power_(power) {}

  /// Draws one kind. A volume without space: the calls say so, and another process that has space
  /// again finds every committed row. Bit rot: a call says that something is damaged, or all rows
  /// are right. Gives the call that did otherwise.
  std::optional<std::string> Verify(const world::SimDisk& wreck, const Client::Place& place,
                                    const Ledger& ledger, RowLoss* loss);

 private:
  std::optional<std::string> RunOutOfSpace(const world::SimDisk& wreck, const Client::Place& place,
                                           SweepFault volume, const Ledger& ledger, RowLoss* loss);
  std::optional<std::string> Rot(const world::SimDisk& wreck, const Client::Place& place,
                                 const Ledger& ledger, RowLoss* loss);
  /// Turns one bit of one file; gives its path.
  std::string TurnBit(world::SimDisk& disk, const std::string& directory);

  const JetApi& api_;
  sched::Scheduler& scheduler_;
  PowerCut& power_;
};

}  // namespace backstop::harness
