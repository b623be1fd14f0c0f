// SPDX-License-Identifier: MIT
// What the sweep runs: named lists of stages, each of which an application would try again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backstop::harness {

/// A piece of work. After a failure it can be begun anew, in the same process or the next one.
enum class Stage : uint8_t {
  kStart,              ///< JetInit to an open table
  kWriteRows,          ///< transactions of two levels: insert, replace, delete
  kFullBackup,         ///< streamed, with commits between the reads
  kIncrementalBackup,  ///< streamed
  kWholeBackup,        ///< JetBackupInstance
  kTerminate,
  kCrash,         ///< the process ends with rows that are only in the log; nothing fails here
  kRestore,       ///< JetExternalRestore2 to another place, then the rows there are read
  kRestoreWhole,  ///< JetRestoreInstance to another place, then the rows there are read
};
const char* NameOf(Stage stage);

struct SweepScenario {
  const char* name;
  const char* about;
  std::vector<Stage> before;  ///< made without faults
  std::vector<Stage> stages;
};

/// The built-in ones; the first is the complete backup and restore.
const std::vector<SweepScenario>& SweepScenarios();
const SweepScenario* FindSweepScenario(std::string_view name);

}  // namespace backstop::harness
