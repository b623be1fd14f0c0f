// SPDX-License-Identifier: MIT
// Makes the calls of a program on an engine and records them as a history.
#pragma once

#include <cstdint>

#include "sim/harness/bindings.h"
#include "sim/harness/content/content_watch.h"
#include "sim/harness/dispatch.h"
#include "sim/harness/durability/backup_keeper.h"
#include "sim/harness/durability/ledger.h"
#include "sim/harness/history.h"
#include "sim/harness/jet_api.h"
#include "sim/harness/program.h"
#include "sim/harness/run_faults.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::harness {

/// One executor serves one run after another. Threads of a run may call RunThread concurrently in
/// the sense of the scheduler, which lets one of them run at a time.
class Executor {
 public:
  Executor(const JetApi& api, sched::Scheduler& scheduler, RunFaults& faults);

  /// Starts a run of `program` on `disk`; both must outlive it.
  void BeginRun(const Program& program, const world::SimDisk& disk);

  /// Brings the instance to the program's starting situation, outside of a scheduled run. The calls
  /// of a backup that it makes are part of the history. False if one of them failed.
  bool RunSetup();
  /// The calls of one thread; to be run as a task.
  void RunThread(unsigned thread);
  /// After all threads: calls that show what state was left behind, then termination.
  void RunEpilogue();

  const History& history() const { return history_; }
  /// The first law about delivered or stored bytes that was broken.
  const std::optional<Breach>& breach() const { return content_.breach(); }
  /// What the clients know about their rows; kept in runs with heavy faults only.
  const Ledger& ledger() const { return ledger_; }
  /// What the calls have copied; in runs with heavy faults only.
  const BackupKeeper& backups() const { return backups_; }
  /// Ticks once at each invocation and each return.
  uint64_t time() const { return time_; }
  /// Whether every instance that was made has been freed by the end of the epilogue.
  bool all_freed() const { return all_freed_; }

 private:
  model::Err Perform(uint8_t thread, uint16_t index, unsigned session, const ProgramCall& call);
  model::Err Epilogue(const ProgramCall& call, unsigned session = 0);
  void BeginCall(uint8_t thread, const ProgramCall& call, const model::Call& resolved);
  void EndCall(uint8_t thread, const ProgramCall& call, const model::Outcome& outcome,
               model::HistoryCall* record);
  JET_ERR MoveCheckpointOften();
  JET_ERR StartInstance();
  JET_ERR ReplaceInstance();
  JET_ERR MakeSession(unsigned thread);
  void SetInitialState();
  /// Tells the log of accesses that a call has returned.
  void TellReturn(model::Op op);

  const JetApi& api_;
  sched::Scheduler& scheduler_;
  RunFaults& faults_;
  const Program* program_ = nullptr;
  Bindings bindings_;
  ContentWatch content_;
  Dispatch dispatch_;
  History history_;
  Ledger ledger_;
  BackupKeeper backups_;
  uint64_t time_ = 0;
  bool all_freed_ = false;
  sched::ObjectId results_ = sched::kNoObject;  ///< what calls return for later calls to use
  uint16_t epilogue_index_ = 0;
  uint16_t setup_index_ = 0;
};

}  // namespace backstop::harness
