// SPDX-License-Identifier: MIT
// The logs of a backup: which to copy, which to delete, and their deletion.
#include "impl/engine/backup.h"
#include "impl/engine/backup_admit.h"
#include "impl/engine/multi_string.h"

namespace backstop::engine {

Err Backup::GetAttachInfo(std::string* list) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  if (const Err err = Admitted(Caller::kClient); err < 0) return err;
  if (!plan_.full) return JET_errInvalidBackupSequence;
  if (!env_.Grants(env::Need::kMemory))
    return FailBackup(lock, Caller::kClient, JET_errOutOfMemory);
  std::vector<std::string> names;
  for (const AttachedDatabase* database : databases_.Logged()) names.push_back(database->path());
  *list = MultiString(names);
  return JET_errSuccess;
}

Err Backup::GetLogInfo(LogList which, std::string* list, LogRange* range, bool wide,
                       Caller caller) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  const auto pending = [this] { return preparing_ || slot_.Get() == Slot::kOpening; };
  if (const Err err = Admit(lock, caller, pending); err < 0) return err;
  if (slot_.Get() != Slot::kFree) return JET_errInvalidBackupSequence;
  bool over = false;
  if (frozen_until_ != 0) {
    if (const Err err = GetLogInfoAfterThaw(lock, wide, range, &over); err < 0) return err;
  }
  if (!over && !plan_.prepared) {
    if (const Err err = Prepare(lock, caller); err < 0) return err;
  }
  if (!InSnapshot() && !over) {
    if (const Err err = CheckListable(); err < 0) return FailBackup(lock, caller, err);
  }
  if (!over) *range = which == LogList::kToCopy ? plan_.copy : plan_.remove;
  lock.Unlock();
  *list = NamesOf(*range);
  return JET_errSuccess;
}

Err Backup::CheckListable() const {
  const bool completes = dialect_.failed_log_info_changes_nothing;
  if (!completes && !env_.Grants(env::Need::kFullPath)) return JET_errInvalidPath;
  return env_.Grants(env::Need::kMemory) ? JET_errSuccess : JET_errOutOfMemory;
}

Err Backup::Prepare(env::MutexLock& lock, Caller caller) {
  const bool client = caller == Caller::kClient;
  if (const Err err = client ? gate_.CheckWritable() : JET_errSuccess; err < 0) {
    const bool fails = err == JET_errLogWriteFail && !dialect_.failed_log_info_changes_nothing;
    if (fails) Finish(lock, Ending::kAborted);
    return err;
  }
  preparing_ = true;
  TakeReference();
  BackupPlan plan = plan_;
  lock.Unlock();

  const Err err = PrepareLogs(*storage_, databases_, &plan);

  lock.Lock();
  preparing_ = false;
  DropReference();
  if (err < 0) return FailLogInfo(lock, caller, err);
  if (life_.Get() != Life::kActive) return JET_errNoBackup;
  plan_ = std::move(plan);
  phase_.Set(Phase::kLogs);
  return JET_errSuccess;
}

Err Backup::FailLogInfo(env::MutexLock& lock, Caller caller, Err err) {
  if (!dialect_.failed_log_info_changes_nothing) return FailBackup(lock, caller, err);
  const Err overtaken = Admitted(caller);
  return overtaken < 0 ? overtaken : err;
}

std::string Backup::NamesOf(const LogRange& range) {
  std::vector<std::string> names;
  for (uint32_t generation = range.low; generation < range.end; ++generation) {
    names.push_back(storage_->log().ArchivedPath(generation));
  }
  return MultiString(names);
}

Err Backup::TruncateLog(Caller caller) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  const auto pending = [this] { return preparing_ || slot_.Get() == Slot::kOpening; };
  if (const Err err = Admit(lock, caller, pending); err < 0) return err;
  if (slot_.Get() != Slot::kFree) return JET_errInvalidBackupSequence;
  // A freeze has fixed what is to be copied (C-13).
  if (InSnapshot()) return JET_errLogFileNotCopied;
  if (!plan_.prepared) return JET_errInvalidBackupSequence;
  if (!plan_.LogsCopied(dialect_.copied_logs_are_summed)) return JET_errLogFileNotCopied;
  plan_.truncated = true;
  return RemoveLogs(lock);
}

Err Backup::RemoveLogs(env::MutexLock& lock) {
  const LogRange remove = plan_.remove;
  const BackupScope scope = plan_.scope();
  const bool log_stopped = gate_.log_stopped();
  TakeReference();
  lock.Unlock();

  LogStream& log = storage_->log();
  if (!log_stopped) log.AppendBackupRecord(BackupRecord::kTruncate, scope, remove.low, remove.end);
  const Err err = log.Truncate(remove.low, remove.end);

  lock.Lock();
  DropReference();
  return err;
}

Err Backup::TruncateUnneededLogs() {
  const LogRange remove = UnneededLogs(*storage_, databases_);
  return storage_->log().Truncate(remove.low, remove.end);
}

}  // namespace backstop::engine
