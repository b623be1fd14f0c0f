// SPDX-License-Identifier: MIT
#include "sim/harness/sweep/scenario.h"

#include <algorithm>

namespace backstop::harness {

const char* NameOf(Stage stage) {
  constexpr const char* kNames[] = {
      "start",     "write rows", "full backup", "incremental backup", "whole backup",
      "terminate", "crash",      "restore",     "restore whole"};
  return kNames[static_cast<size_t>(stage)];
}

const std::vector<SweepScenario>& SweepScenarios() {
  using enum Stage;
  static const std::vector<SweepScenario> scenarios = {
      {"complete",
       "everything: rows, full and incremental backup, both kinds of restore",
       {},
       {kStart, kWriteRows, kFullBackup, kWriteRows, kIncrementalBackup, kWriteRows, kWholeBackup,
        kTerminate, kRestore, kRestoreWhole, kStart, kTerminate}},
      {"init", "initialise and terminate", {}, {kStart, kTerminate}},
      {"rows", "transactions of several levels", {kStart}, {kWriteRows, kTerminate}},
      {"backup",
       "a streamed full and an incremental backup",
       {kStart, kWriteRows},
       {kFullBackup, kWriteRows, kIncrementalBackup, kTerminate}},
      {"whole", "JetBackupInstance", {kStart, kWriteRows}, {kWholeBackup, kTerminate}},
      {"recovery",
       "initialise after a crash",
       {kStart, kWriteRows, kWriteRows, kCrash},
       {kStart, kTerminate}},
      {"restore",
       "JetExternalRestore2 of a full and an incremental backup",
       {kStart, kFullBackup, kWriteRows, kIncrementalBackup, kTerminate},
       {kRestore}},
      {"restore-whole",
       "JetRestoreInstance",
       {kStart, kWriteRows, kWholeBackup, kTerminate},
       {kRestoreWhole}},
  };
  return scenarios;
}

const SweepScenario* FindSweepScenario(std::string_view name) {
  const auto& scenarios = SweepScenarios();
  const auto found = std::ranges::find(scenarios, name, &SweepScenario::name);
  return found == scenarios.end() ? nullptr : &*found;
}

}  // namespace backstop::harness
