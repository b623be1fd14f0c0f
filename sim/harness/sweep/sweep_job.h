// SPDX-License-Identifier: MIT
// One walk through a scenario in which one file operation fails: after each failure the stage is
// tried again, and in the end everything that was acknowledged must be there.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/harness/durability/client.h"
#include "sim/harness/durability/fail_at.h"
#include "sim/harness/sweep/scenario.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::harness {

struct SweepFailure {
  Stage stage = Stage::kStart;
  std::string call;
  JET_ERR err = JET_errSuccess;
};

/// Used once, by one thread.
class SweepJob {
 public:
  /// `prepared` is a disk of PreparedWorlds. `api` and `scheduler` must outlive the job.
  SweepJob(const JetApi& api, sched::Scheduler& scheduler, world::SimDisk prepared,
           SweepFault fault, uint64_t at);
  ~SweepJob();

  /// False if the walk came upon a violation.
  bool Run(const SweepScenario& scenario);

  /// Of the calls that failed, in order.
  const std::vector<SweepFailure>& failures() const { return failures_; }
  /// What must not be: a code that is not allowed, rows that are gone or were never committed, a
  /// further try that fails.
  const std::string& violation() const { return violation_; }
  const FailAt& faults() const { return faults_; }

 private:
  struct World;

  bool Make(Stage stage);
  bool Attempt(Stage stage);
  bool WriteRows();
  bool WriteTransaction();
  bool ChangeRows(RowChanges* changes);
  bool BackUp(JET_GRBIT grbit);
  bool BackUpWhole();
  bool Restore();
  bool RestoreWhole();
  bool ReadRestored(Client& client);

  /// Judges the failure of a stage; false if it must not be.
  bool MayFail(Stage stage, const FailedCall& failed, unsigned attempt);
  void TidyUp(const FailedCall& failed, unsigned attempt);
  /// The process ends, and another one finds the disk as it was left.
  void EndProcess();
  /// Whether a client that was started sees what was committed.
  bool SeesCommittedRows();
  bool Violate(std::string what);
  bool Fail(const Client& client);
  void RemoveFiles(const std::string& directory);

  const JetApi& api_;
  sched::Scheduler& scheduler_;
  FailAt faults_;
  bool faulty_ = false;  ///< the stages that are made now meet faults
  std::unique_ptr<World> world_;
  Client client_;
  FailedCall failed_;
  std::vector<SweepFailure> failures_;
  std::string violation_;

  unsigned written_ = 0;  ///< transactions of the present stage
  unsigned rows_ = 0;     ///< marks given out
  std::set<RowMark> committed_;
  std::optional<RowChanges> doubt_;  ///< of a commit that failed
  bool new_process_ = false;         ///< its rows were not looked at yet
  BackupCopy copy_;
  std::set<RowMark> copied_;  ///< rows that the copy restores to
  std::set<RowMark> whole_;   ///< the same of what JetBackupInstance wrote
};

}  // namespace backstop::harness
