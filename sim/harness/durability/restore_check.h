// SPDX-License-Identifier: MIT
// Restores a backup to another place, as often as the power fails in it, and compares the rows with
// what they may be.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "sim/harness/durability/backup_keeper.h"
#include "sim/harness/durability/ledger.h"
#include "sim/harness/durability/power_cut.h"
#include "sim/harness/jet_api.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/sim_disk.h"

namespace backstop::harness {

struct RestoreResult {
  unsigned crashes = 0;  ///< in the restore and what followed it
  RowLoss loss;
  uint64_t rows = 0;
  /// The call that failed although the backup was whole.
  std::optional<std::string> failure;
};

/// Not thread-safe; outside of a scheduled run.
class RestoreCheck {
 public:
  RestoreCheck(const JetApi& api, sched::Scheduler& scheduler, PowerCut& power)
      : api_(api), scheduler_(scheduler), power_(power) {}

  /// JetExternalRestore2 through the map, then JetInit, attaching and reading.
  RestoreResult Verify(const KeptBackup& backup, const Ledger& ledger);
  /// JetRestoreInstance from a directory of `disk` that JetBackupInstance wrote when the table held
  /// `rows`, and the same after it.
  RestoreResult VerifyDirectory(world::SimDisk disk, const std::string& directory,
                                const FoundRows& rows);

 private:
  struct Job {
    std::function<void(world::SimDisk&)> prepare;
    std::function<bool(Client&)> restore;
    std::function<RowLoss(const FoundRows&)> compare;
  };
  RestoreResult Run(world::SimDisk disk, const Job& job);

  const JetApi& api_;
  sched::Scheduler& scheduler_;
  PowerCut& power_;
};

}  // namespace backstop::harness
