// SPDX-License-Identifier: MIT
// An OS snapshot as the instance sees it: a backup of which nobody streams anything.
#include <utility>

#include "impl/engine/backup.h"

namespace backstop::engine {

void Backup::ExpireFreeze(env::MutexLock& lock) {
  if (frozen_until_ == 0 || env_.NowMicros() < frozen_until_) return;
  if (InSnapshot()) Finish(lock, Ending::kForgotten);
}

void Backup::WaitForThaw(env::MutexLock& lock) {
  while (frozen_until_ != 0) {
    const uint64_t now = env_.NowMicros();
    if (now < frozen_until_) {
      changed_.WaitFor(lock, frozen_until_ - now);
    } else {
      ExpireFreeze(lock);
    }
  }
}

Err Backup::RefuseBusy(env::MutexLock& lock, Err err) {
  if (err == JET_errBackupInProgress && dialect_.freeze_blocks) WaitForThaw(lock);
  return err;
}

/// The list was asked for before the freeze ended. If that ended the snapshot, too: the byte
/// variant asks twice, and the second time there is no backup any more.
Err Backup::GetLogInfoAfterThaw(env::MutexLock& lock, bool wide, LogRange* range, bool* over) {
  const LogRange frozen = plan_.copy;
  WaitForThaw(lock);
  *over = !InSnapshot();
  if (!*over) return JET_errSuccess;
  *range = frozen;
  return wide ? JET_errSuccess : JET_errNoBackup;
}

bool Backup::IsOccupied() {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  return barred_ || life_.Get() != Life::kNone;
}

Err Backup::ClaimForSnapshot() {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  for (;;) {
    if (barred_ || life_.Get() == Life::kActive) return JET_errOSSnapshotNotAllowed;
    if (life_.Get() == Life::kNone && !attaching_) break;
    changed_.Wait(lock);
  }
  life_.Set(Life::kBeginning);
  return JET_errSuccess;
}

Err Backup::CheckSnapshotHasBase() { return CheckHasFull(databases_, true); }

Err Backup::CheckSnapshotHasOldLogs() {
  return settings_.circular ? JET_errInvalidBackup : JET_errSuccess;
}

Err Backup::CheckSnapshotFollows() { return CheckFollowsLastBackup(*storage_, databases_); }

Err Backup::CheckLogRuns() { return gate_.log_stopped() ? JET_errLogWriteFail : JET_errSuccess; }

Err Backup::BeginSnapshot(JET_GRBIT grbit, uint64_t until_micros) {
  BackupPlan plan;
  plan.kind = BackupKind::kSnapshot;
  plan.full = (grbit & JET_bitIncrementalSnapshot) == 0;
  plan.truncated = (grbit & JET_bitCopySnapshot) == 0;
  if (const Err err = StartSnapshotPlan(env_, *storage_, until_micros, &plan); err < 0) return err;
  CompleteSnapshotPlan(*storage_, databases_, &plan);
  env::MutexLock lock(mutex_);
  plan_ = std::move(plan);
  frozen_until_ = until_micros;
  phase_.Set(Phase::kSnapshot);
  life_.Set(Life::kActive);
  changed_.NotifyAll();
  return JET_errSuccess;
}

void Backup::CancelSnapshot() {
  env::MutexLock lock(mutex_);
  if (life_.Get() != Life::kBeginning) return;
  life_.Set(Life::kNone);
  changed_.NotifyAll();
}

void Backup::ThawSnapshot() {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  if (std::exchange(frozen_until_, 0) == 0) return;
  storage_->Thaw();
  changed_.NotifyAll();
}

Err Backup::TruncateLogOfSnapshot() {
  env::MutexLock lock(mutex_);
  if (!InSnapshot() || settings_.circular) return JET_errSuccess;
  return RemoveLogs(lock);
}

void Backup::FinishSnapshot(SnapshotEnd end) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  if (!InSnapshot()) return;
  Finish(lock, end == SnapshotEnd::kStamped ? Ending::kNormal : Ending::kForgotten);
}

}  // namespace backstop::engine
