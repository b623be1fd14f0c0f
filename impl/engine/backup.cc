// SPDX-License-Identifier: MIT
// Begin, stop and end; the rest is in backup_files.cc and backup_logs.cc.
#include "impl/engine/backup.h"

#include <utility>

namespace backstop::engine {

Backup::Backup(env::Env& env, const Dialect& dialect, ApiGate& gate, DatabaseTable& databases,
               JET_HANDLE handle_base)
    : env_(env),
      dialect_(dialect),
      gate_(gate),
      databases_(databases),
      mutex_(env, "backup"),
      changed_(env, "backup changed"),
      life_(env, "life", Life::kNone),
      stop_(env, "stop", false),
      phase_(env, "phase", Phase::kDatabases),
      slot_(env, "slot", Slot::kFree),
      offset_(env, "offset", 0),
      handle_(handle_base) {}

void Backup::Open(Storage& storage, BackupSettings settings) {
  storage_ = &storage;
  settings_ = std::move(settings);
}

Err Backup::ServiceRuns() const {
  return gate_.service_stopped() ? JET_errClientRequestToStopJetService : JET_errSuccess;
}

Err Backup::AnyBackupRuns(Caller caller) const {
  const bool client = caller == Caller::kClient;
  if (const Err err = client ? ServiceRuns() : JET_errSuccess; err < 0) return err;
  if (life_.Get() != Life::kActive) return JET_errNoBackup;
  if (whole_ && client && !dialect_.whole_backup_is_shared) return JET_errBackupInProgress;
  return dialect_.snapshot_is_backup || !InSnapshot() ? JET_errSuccess : JET_errNoBackup;
}

Err Backup::BackupRuns(Caller caller) const {
  const Err err = AnyBackupRuns(caller);
  return err >= 0 && surrogate_ ? JET_errNoBackup : err;
}

Err Backup::Busy() const {
  if (life_.Get() != Life::kActive) return JET_errSuccess;
  return surrogate_ ? JET_errSurrogateBackupInProgress : JET_errBackupInProgress;
}

Err Backup::Admitted(Caller caller) const {
  if (const Err err = BackupRuns(caller); err < 0) return err;
  if (stop_.Get()) return JET_errBackupAbortByServer;
  return JET_errSuccess;
}

void Backup::DropReference() {
  --references_;
  changed_.NotifyAll();
}

Err Backup::CheckBegin(JET_GRBIT grbit, Caller caller) const {
  const bool internal = (grbit & JET_bitInternalCopy) != 0;
  const bool needs_old_logs = (grbit & (JET_bitBackupIncremental | JET_bitBackupSurrogate)) != 0;
  const Err writable = gate_.CheckWritable();
  if (writable == JET_errClientRequestToStopJetService) return writable;
  if (barred_) return JET_errBackupNotAllowedYet;
  const bool whole = caller == Caller::kWholeBackup;
  if (whole && !env_.Grants(env::Need::kFullPath)) return JET_errInvalidPath;
  if (!settings_.logging) return JET_errLoggingDisabled;
  if (writable < 0) return writable;
  if ((grbit & ~dialect_.begin_bits) != 0) return JET_errInvalidGrbit;
  if (needs_old_logs && settings_.circular) return JET_errInvalidBackup;
  if (needs_old_logs && internal) return JET_errInvalidGrbit;
  return whole || env_.Grants(env::Need::kLogSpace) ? Busy() : JET_errLogDiskFull;
}

Err Backup::Begin(JET_GRBIT grbit, Caller caller) {
  BackupPlan plan;
  plan.full = (grbit & JET_bitBackupIncremental) == 0;
  if ((grbit & JET_bitBackupSurrogate) != 0) plan.kind = BackupKind::kSurrogate;
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  for (;;) {
    if (const Err err = CheckBegin(grbit, caller); err < 0) return RefuseBusy(lock, err);
    if (life_.Get() == Life::kNone && !attaching_) break;
    // Who begins next is decided when the one before has come to its end, or to nothing.
    changed_.Wait(lock);
  }
  life_.Set(Life::kBeginning);
  lock.Unlock();

  Err err = StartPlan(env_, *storage_, databases_, &plan);

  lock.Lock();
  // What would have refused the backup may have come while the lock was away.
  if (const Err overtaken = CheckBegin(grbit, caller); err >= 0 && overtaken < 0) {
    lock.Unlock();
    storage_->log().HoldGenerationsFrom(0);
    lock.Lock();
    err = overtaken;
  }
  if (err >= 0) {
    phase_.Set(plan.full ? Phase::kDatabases : Phase::kLogs);
    surrogate_ = plan.kind == BackupKind::kSurrogate;
    whole_ = caller == Caller::kWholeBackup;
    plan_ = std::move(plan);
  }
  life_.Set(err < 0 ? Life::kNone : Life::kActive);
  changed_.NotifyAll();
  return err;
}

void Backup::Stop() {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  if (life_.Get() != Life::kActive) return;
  if (dialect_.snapshot_is_backup || phase_.Get() != Phase::kSnapshot) stop_.Set(true);
}

Err Backup::End(JET_GRBIT grbit, Caller caller) {
  const bool normal = (grbit & JET_bitBackupEndNormal) != 0;
  const bool abort = (grbit & JET_bitBackupEndAbort) != 0;
  if (normal == abort) return JET_errInvalidParameter;

  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  if (const Err refused = AnyBackupRuns(caller); refused < 0) return refused;
  Err err = JET_errSuccess;
  const Ending ending = EndingOf(grbit, caller, &err);
  if (ending != Ending::kAborted && (grbit & JET_bitBackupTruncateDone) != 0) {
    plan_.truncated = true;
  }
  Finish(lock, ending);
  return err;
}

Backup::Ending Backup::EndingOf(JET_GRBIT grbit, Caller caller, Err* err) const {
  if (InSnapshot()) return Ending::kAborted;
  if (surrogate_ != ((grbit & dialect_.end_kind_bits) != 0)) return Ending::kAborted;
  if ((grbit & JET_bitBackupEndAbort) != 0) return Ending::kAborted;
  if (stop_.Get()) {
    if (caller == Caller::kClient) *err = dialect_.end_of_stopped;
    return Ending::kAborted;
  }
  const bool needs_log_info =
      !surrogate_ && (plan_.full || !dialect_.incremental_needs_no_log_info);
  if (needs_log_info && !plan_.prepared) {
    *err = dialect_.end_before_log_info;
    return Ending::kAborted;
  }
  const bool stamp = (grbit & JET_bitBackupNoDbHeaderUpdate) == 0;
  return stamp ? Ending::kNormal : Ending::kNormalUnstamped;
}

void Backup::TearDown() {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  if (life_.Get() == Life::kActive) Finish(lock, Ending::kAborted);
}

Err Backup::CheckNoneRuns() {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  return Busy();
}

void Backup::Bar() {
  env::MutexLock lock(mutex_);
  barred_ = true;
}

bool Backup::HasLogOpen() {
  env::MutexLock lock(mutex_);
  return source_ != nullptr && source_->generation() != 0;
}

void Backup::Finish(env::MutexLock& lock, Ending ending) {
  life_.Set(Life::kEnding);
  const bool frozen = std::exchange(frozen_until_, 0) != 0;
  while (references_ > 0) changed_.Wait(lock);
  std::unique_ptr<BackupSource> source;
  FreeSlot(&source);
  left_database_ = source != nullptr && source->database() != nullptr;
  const bool log_stopped = gate_.log_stopped();
  lock.Unlock();

  source.reset();
  if (frozen) storage_->Thaw();
  if (!log_stopped) LogEnding(ending);
  storage_->log().HoldGenerationsFrom(0);

  lock.Lock();
  stop_.Set(false);
  surrogate_ = whole_ = false;
  plan_ = {};
  life_.Set(Life::kNone);
  changed_.NotifyAll();
}

void Backup::LogEnding(Ending ending) {
  if (ending == Ending::kForgotten) return;
  if (ending == Ending::kAborted) {
    LogAbort(*storage_, plan_);
  } else {
    LogNormalEnd(*storage_, databases_, plan_, ending == Ending::kNormal);
  }
}

Err Backup::FailBackup(env::MutexLock& lock, Caller caller, Err err) {
  if (const Err overtaken = Admitted(caller); overtaken < 0) return overtaken;
  Finish(lock, Ending::kAborted);
  return err;
}

Err Backup::BeginAttachment(bool after_stop_service) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  for (;;) {
    const Err err = after_stop_service ? JET_errSuccess : ServiceRuns();
    if (err < 0) return err;
    if (const Err busy = Busy(); busy < 0) return RefuseBusy(lock, busy);
    if (life_.Get() == Life::kNone && !attaching_) break;
    changed_.Wait(lock);
  }
  attaching_ = true;
  return JET_errSuccess;
}

void Backup::EndAttachment() {
  env::MutexLock lock(mutex_);
  attaching_ = false;
  changed_.NotifyAll();
}

}  // namespace backstop::engine
