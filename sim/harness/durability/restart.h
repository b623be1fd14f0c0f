// SPDX-License-Identifier: MIT
// After a power cut: starts the engine again on what is left, as often as the power fails in its
// recovery, and compares the rows with what was acknowledged.
#pragma once

#include <optional>
#include <string>

#include "sim/harness/durability/backup_keeper.h"
#include "sim/harness/durability/ledger.h"
#include "sim/harness/durability/power_cut.h"
#include "sim/harness/durability/restore_check.h"
#include "sim/harness/jet_api.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/sim_disk.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {

struct RestartResult {
  unsigned crashes = 0;  ///< in recovery; the first power cut is not among them
  RowLoss loss;
  uint64_t rows = 0;
  unsigned restores = 0;  ///< of backups that were whole, with rows as they may be
  /// The call that failed although nothing had to hinder it: what must always work is JetInit,
  /// attaching and reading the database, adding a row, JetTerm, and restoring a backup.
  std::optional<std::string> failure;
};

/// Not thread-safe; outside of a scheduled run.
class Restart {
 public:
  Restart(const JetApi& api, sched::Scheduler& scheduler, PowerCut& power)
      : api_(api), scheduler_(scheduler), power_(power) {}

  /// `backup`: what the run has copied; it is restored, too.
  RestartResult Verify(world::SimDisk disk, const Setup& setup, const Ledger& ledger,
                       const std::optional<KeptBackup>& backup);

 private:
  /// Reads the rows, then uses the engine as before. False if there is a failure or a loss.
  bool Use(Client& client, world::SimEnv& env, const Ledger& ledger, RestartResult* result);
  static bool Fail(const Client& client, RestartResult* result);
  static bool Note(const RestoreResult& restored, const char* what, RestartResult* result);

  const JetApi& api_;
  sched::Scheduler& scheduler_;
  PowerCut& power_;
};

}  // namespace backstop::harness
