// SPDX-License-Identifier: MIT
// The streaming backup of one instance: who may call what when, decided under one lock.
//
// A call is decided in one step under the lock, takes a reference if it then has to move data
// outside of it, and takes effect when it comes back. An end first takes the backup away from new
// calls, then waits for the references, then releases. Stop only sets a flag and so never waits
// for input or output. Contract section 6 lists what may not happen: H-01 to H-16.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "impl/engine/api_gate.h"
#include "impl/engine/backup_plan.h"
#include "impl/engine/backup_source.h"
#include "impl/engine/database_table.h"
#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/env/sync.h"
#include "impl/esent.h"

namespace backstop::engine {

/// What the instance fixed at its initialisation.
struct BackupSettings {
  std::string base_name;
  uint32_t page_bytes = 4096;
  bool logging = true;
  bool circular = false;
};

enum class LogList : uint8_t { kToCopy, kToDelete };

/// Who makes the calls of a backup: a client, or JetBackup for itself (engine/whole_backup.h).
/// While JetBackup runs one, clients cannot touch it, unless C-25 holds; and JetBackup goes on
/// after a stop of the service or the log, which was admitted before.
enum class Caller : uint8_t { kClient, kWholeBackup };

/// Thread-safe. Errors are those of esent/backup.h without the entry errors.
class Backup {
 public:
  /// `handle_base`: file handles are above it, and never come twice. `gate` tells whether the
  /// service was stopped while a call was on its way from the gate to its decision, and whether the
  /// log was emitted for good: new backups and the first log info then get JET_errLogWriteFail,
  /// ends log and stamp nothing (C-01 to C-04).
  /// `dialect` must outlive it.
  Backup(env::Env& env, const Dialect& dialect, ApiGate& gate, DatabaseTable& databases,
         JET_HANDLE handle_base);

  /// Makes backups possible. Everything but Stop needs it. `storage` outlives every other call.
  void Open(Storage& storage, BackupSettings settings);

  Err Begin(JET_GRBIT grbit, Caller caller = Caller::kClient);
  void Stop();
  /// To JetBackup the end of a stopped backup is a success (contract JetBackup, row 12).
  Err End(JET_GRBIT grbit, Caller caller = Caller::kClient);
  /// Ends like an aborted backup whatever runs, because the instance terminates.
  void TearDown();
  /// JET_errBackupInProgress or JET_errSurrogateBackupInProgress while one runs.
  Err CheckNoneRuns();
  /// From now on no backup can be begun (D-34).
  void Bar();
  /// Whether a log is open for copying.
  bool HasLogOpen();

  /// `*list`: the multi-string.
  Err GetAttachInfo(std::string* list);
  /// `*list`: the multi-string; `*range`: the generations in it.
  /// `wide`: the caller wants UTF-16, which makes a difference where the freeze of a snapshot is
  /// waited for (C-14).
  Err GetLogInfo(LogList which, std::string* list, LogRange* range, bool wide = false,
                 Caller caller = Caller::kClient);
  Err OpenFile(const char* name, JET_HANDLE* handle, uint64_t* bytes) {
    return OpenSection(name, 0, handle, bytes);
  }
  /// The same with the offset in the database from which the caller wants pages. It must name a
  /// page, and the stream is whole nevertheless. Without a place for the handle the call is as
  /// wrong as without a name.
  Err OpenSection(const char* name, uint64_t offset, JET_HANDLE* handle, uint64_t* bytes,
                  Caller caller = Caller::kClient);
  Err ReadFile(JET_HANDLE handle, std::byte* buffer, uint32_t bytes, uint32_t* read,
               Caller caller = Caller::kClient);
  Err CloseFile(JET_HANDLE handle, Caller caller = Caller::kClient);
  Err TruncateLog(Caller caller = Caller::kClient);
  /// Deletes the logs that no restore of the last full backups needs.
  Err TruncateUnneededLogs();

  // -- attaching and detaching of databases exclude backups --
  /// As CheckNoneRuns; JET_errClientRequestToStopJetService unless `after_stop_service`. A success
  /// must be followed by EndAttachment; until then others wait.
  Err BeginAttachment(bool after_stop_service);
  void EndAttachment();

  // -- OS snapshots, in this order; for their sessions (engine/os_snapshot.h) --
  /// Whether the instance is in a backup or must not begin one.
  bool IsOccupied();
  /// Keeps backups and attachments out until CancelSnapshot or FinishSnapshot.
  /// JET_errOSSnapshotNotAllowed if it IsOccupied.
  Err ClaimForSnapshot();
  /// Whether an incremental snapshot is possible: JET_errMissingFullBackup; JET_errInvalidBackup;
  /// JET_errMissingFileToBackup. After a claim.
  Err CheckSnapshotHasBase();
  Err CheckSnapshotHasOldLogs();
  Err CheckSnapshotFollows();
  /// JET_errLogWriteFail after the final log emission.
  Err CheckLogRuns();
  /// Freezes the storage. The snapshot now counts as a backup that is in progress; if nobody ends
  /// it the freeze ends by itself at `until_micros` and the snapshot is nothing. Errors of the log.
  Err BeginSnapshot(JET_GRBIT grbit, uint64_t until_micros);
  void CancelSnapshot();
  /// Ends the freeze; the snapshot stays in progress.
  void ThawSnapshot();
  /// Deletes the logs that a restore of the snapshot does not need, unless logging is circular.
  Err TruncateLogOfSnapshot();
  enum class SnapshotEnd : uint8_t { kStamped, kUnstamped };
  /// Ends the freeze and the snapshot, if it is still in progress.
  void FinishSnapshot(SnapshotEnd end);

  const BackupSettings& settings() const { return settings_; }

 private:
  /// Life of a backup. Only kActive is visible to data calls: a backup is begun before they see
  /// it, and they do not see it any more while it ends.
  enum class Life : uint8_t { kNone, kBeginning, kActive, kEnding };
  enum class Phase : uint8_t { kDatabases, kLogs, kSnapshot };
  /// The one file. While it is being opened or read, its outcome is awaited.
  enum class Slot : uint8_t { kFree, kOpening, kOpen, kReading };
  struct FileToCopy {
    AttachedDatabase* database = nullptr;
    uint32_t generation = 0;  ///< of a log
  };
  enum class Ending : uint8_t {
    kNormal,
    kNormalUnstamped,
    kAborted,
    kForgotten,  ///< of a snapshot: nothing is logged
  };

  // The functions below are called with the lock held.

  /// The gate's test once more, at the moment of the decision: a call that passed the gate before a
  /// stop of the service and decides after it would fit into no order of the calls.
  Err ServiceRuns() const;
  /// Whether what is in progress is a snapshot. Streaming calls see one only where H-17 lets them.
  bool InSnapshot() const {
    return life_.Get() == Life::kActive && phase_.Get() == Phase::kSnapshot;
  }
  /// Lets go of a snapshot whose freeze has lasted too long. Comes first in every call.
  void ExpireFreeze(env::MutexLock& lock);
  /// Waits for the end of the freeze, if the instance is in one.
  void WaitForThaw(env::MutexLock& lock);
  /// What is refused for the sake of a snapshot is refused when the freeze is over, where C-18
  /// holds.
  Err RefuseBusy(env::MutexLock& lock, Err err);
  /// Waits for the end of a freeze before logs are listed. `*over`: the snapshot ended as well, and
  /// the result is decided.
  Err GetLogInfoAfterThaw(env::MutexLock& lock, bool wide, LogRange* range, bool* over);
  /// ServiceRuns, then JET_errNoBackup: the tests of End.
  Err AnyBackupRuns(Caller caller) const;
  /// The same, but another machine's backup is none: the tests of CloseFile.
  Err BackupRuns(Caller caller) const;
  /// What refuses a backup or an attachment beside the backup that is active.
  Err Busy() const;
  /// BackupRuns, then JET_errBackupAbortByServer: the tests of every data call.
  Err Admitted(Caller caller) const;
  /// The tests of Begin, those under the lock included.
  Err CheckBegin(JET_GRBIT grbit, Caller caller) const;
  /// How End ends the backup that is active, and what it returns.
  Ending EndingOf(JET_GRBIT grbit, Caller caller, Err* err) const;
  /// Waits while `pending()`: a call in flight whose outcome decides what this one returns.
  template <class Pending>
  Err Admit(env::MutexLock& lock, Caller caller, Pending pending);
  /// A failure takes effect when it is known. Then it may find the backup ended or stopped by
  /// others: this says so instead.
  Err FailBackup(env::MutexLock& lock, Caller caller, Err err);
  Err FailDatabase(env::MutexLock& lock, Caller caller, Err err);
  Err FailLogInfo(env::MutexLock& lock, Caller caller, Err err);
  /// Takes log info for the first time; takes the lock away meanwhile.
  Err Prepare(env::MutexLock& lock, Caller caller);
  /// Whether names of logs can be made: JET_errInvalidPath, JET_errOutOfMemory.
  Err CheckListable() const;
  /// Releases the backup; takes the lock away meanwhile.
  void Finish(env::MutexLock& lock, Ending ending);
  void LogEnding(Ending ending);
  Err CheckRead(JET_HANDLE handle, const std::byte* buffer, uint32_t bytes) const;
  /// Whether the file of a handle is being read, or opened if the handle is known before.
  bool IsInFlight(JET_HANDLE handle) const;
  /// Whether a handle without a file reads as an empty log. After an end with a database open it
  /// does not: there the original fails, and an error is better.
  bool ReadsEmpty(JET_HANDLE handle) const;
  void FreeSlot(std::unique_ptr<BackupSource>* source);
  void TakeReference() { ++references_; }
  void DropReference();
  /// Deletes the logs of the plan, without the lock meanwhile.
  Err RemoveLogs(env::MutexLock& lock);

  /// Whether a handle is the last one given out.
  bool IsLast(JET_HANDLE handle) const;
  bool IsOpen(JET_HANDLE handle) const;
  /// Which file a name means; the errors of each phase.
  Err FindDatabase(const std::string& path, FileToCopy* file);
  Err FindLog(const std::string& path, FileToCopy* file);
  Err OpenSource(const std::string& path, const FileToCopy& file,
                 std::unique_ptr<BackupSource>* source);
  std::string NamesOf(const LogRange& range);

  env::Env& env_;
  const Dialect& dialect_;
  ApiGate& gate_;
  DatabaseTable& databases_;
  Storage* storage_ = nullptr;
  BackupSettings settings_;

  env::Mutex mutex_;
  env::Condition changed_;
  // The protocol. Touched only under the lock; as cells, so that a lock forgotten shows.
  env::Cell<Life> life_;
  env::Cell<bool> stop_;
  env::Cell<Phase> phase_;
  env::Cell<Slot> slot_;
  env::Cell<uint64_t> offset_;
  // Likewise under the lock.
  bool preparing_ = false;   ///< somebody takes log info for the first time
  unsigned references_ = 0;  ///< data calls that are outside the lock
  bool attaching_ = false;   ///< an attach or detach is in flight
  bool barred_ = false;
  bool whole_ = false;          ///< JetBackup runs the backup
  bool surrogate_ = false;      ///< the backup is made on another machine
  bool left_database_ = false;  ///< the last backup ended with a database open
  uint64_t frozen_until_ = 0;   ///< 0: the instance is not frozen
  JET_HANDLE handle_;           ///< the last one given out; that of the open file
  std::unique_ptr<BackupSource> source_;
  BackupPlan plan_;  ///< also read outside the lock by the only call that may change it then
};

}  // namespace backstop::engine
