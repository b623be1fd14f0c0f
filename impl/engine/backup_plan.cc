// SPDX-License-Identifier: MIT
#include "impl/engine/backup_plan.h"

#include <algorithm>

#include "impl/engine/db_header.h"
#include "impl/engine/log_position.h"
#include "impl/engine/log_time.h"

namespace backstop::engine {
namespace {

/// Generations below this hold nothing that a restore of the last backups would need.
uint32_t RemovableEnd(LogStream& log, DatabaseTable& databases, const BackupPlan& plan) {
  uint32_t end = std::min(log.checkpoint_generation(), plan.copy.end);
  if (!plan.full) return end;
  if (plan.kind == BackupKind::kSnapshot) return end;
  for (AttachedDatabase* database : databases.Logged()) {
    const bool copied = std::count(plan.copied.begin(), plan.copied.end(), database) > 0;
    if (!copied) end = std::min(end, database->Info().bkinfoFullPrev.genHigh);
  }
  return end;
}

/// Whether the logs from `low` on follow what the last backup of every database holds.
bool FollowsLastBackup(DatabaseTable& databases, uint32_t low) {
  for (AttachedDatabase* database : databases.Logged()) {
    const JET_DBINFOMISC4 info = database->Info();
    if (low > std::max(info.bkinfoFullPrev.genHigh, info.bkinfoIncPrev.genHigh) + 1) return false;
  }
  return true;
}

/// The field of the header that a backup of this kind is remembered in.
JET_BKINFO& StampedField(const BackupPlan& plan, JET_DBINFOMISC4& fields) {
  if (plan.full) return plan.truncated ? fields.bkinfoFullPrev : fields.bkinfoCopyPrev;
  return plan.truncated ? fields.bkinfoIncPrev : fields.bkinfoDiffPrev;
}

Err Stamp(AttachedDatabase& database, const BackupPlan& plan) {
  JET_DBINFOMISC4 fields = database.Info();
  JET_BKINFO& field = StampedField(plan, fields);
  const auto mark = LogPosition::FromJet(plan.info.lgposMark);
  if (LogPosition::FromJet(field.lgposMark) > mark) return JET_errSuccess;
  field = plan.info;
  if (plan.full && plan.truncated) {
    fields.bkinfoIncPrev = {};
    fields.bkinfoDiffPrev = {};
  }
  return database.StampBackup(fields);
}

/// Whether an incremental backup can build on what the header remembers.
bool HasFullOfKind(const JET_BKINFO& full, bool snapshot) {
  return full.genLow != 0 && OfSnapshot(full) == snapshot;
}

}  // namespace

void BackupPlan::NoteCopied(const BackupSource& source) {
  AttachedDatabase* database = source.database();
  if (database == nullptr) {
    if (!copy.contains(source.generation())) return;
    generations_read.insert(source.generation());
    generations_sum += source.generation();
  } else if (std::count(copied.begin(), copied.end(), database) == 0) {
    copied.push_back(database);
  }
}

bool BackupPlan::LogsCopied(bool summed) const {
  if (!summed) return generations_read.size() == copy.size();
  const uint64_t ends = uint64_t{copy.low} + copy.end - 1;
  return copy.size() == 0 || generations_sum >= ends * copy.size() / 2;
}

BackupScope BackupPlan::scope() const {
  if (full) return truncated || !prepared ? BackupScope::kFull : BackupScope::kCopy;
  return truncated || !prepared ? BackupScope::kIncremental : BackupScope::kDifferential;
}

Err CheckHasFull(DatabaseTable& databases, bool snapshot) {
  for (AttachedDatabase* database : databases.All()) {
    if (!HasFullOfKind(database->Info().bkinfoFullPrev, snapshot)) return JET_errMissingFullBackup;
  }
  return JET_errSuccess;
}

Err CheckFollowsLastBackup(Storage& storage, DatabaseTable& databases) {
  const bool follows = FollowsLastBackup(databases, storage.log().lowest_generation());
  return follows ? JET_errSuccess : JET_errMissingFileToBackup;
}

LogRange UnneededLogs(Storage& storage, DatabaseTable& databases) {
  LogStream& log = storage.log();
  BackupPlan plan;
  plan.copy.end = log.current_generation();
  const uint32_t low = log.lowest_generation();
  return {low, std::max(low, RemovableEnd(log, databases, plan))};
}

Err StartSnapshotPlan(env::Env& env, Storage& storage, uint64_t until_micros, BackupPlan* plan) {
  LogStream& log = storage.log();
  plan->info.lgposMark = log.Tip();
  plan->info.logtimeMark = LogTimeNow(env);
  plan->info.logtimeMark.bFiller2 |= kOfSnapshot;
  log.HoldGenerationsFrom(log.checkpoint_generation());
  const Err err = storage.Freeze(until_micros);
  if (err < 0) log.HoldGenerationsFrom(0);
  return err;
}

void CompleteSnapshotPlan(Storage& storage, DatabaseTable& databases, BackupPlan* plan) {
  LogStream& log = storage.log();
  const uint32_t lowest = log.lowest_generation();
  plan->copy = {plan->full ? log.checkpoint_generation() : lowest, log.current_generation()};
  plan->remove.low = lowest;
  plan->remove.end = std::max(lowest, RemovableEnd(log, databases, *plan));
}

Err StartPlan(env::Env& env, Storage& storage, DatabaseTable& databases, BackupPlan* plan) {
  LogStream& log = storage.log();
  plan->info.lgposMark = log.Tip();
  plan->info.logtimeMark = LogTimeNow(env);
  if (plan->full) {
    if (!env.Grants(env::Need::kMemory)) return JET_errOutOfMemory;
    // Hold everything before asking, so that no roll removes the generation that is answered.
    log.HoldGenerationsFrom(1);
    plan->copy.low = log.checkpoint_generation();
    plan->info.genLow = plan->copy.low;
    // The other machine asks for no list.
    if (plan->kind == BackupKind::kSurrogate) plan->copy.end = log.current_generation() + 1;
    log.HoldGenerationsFrom(plan->copy.low);
  } else {
    const bool snapshot = plan->kind != BackupKind::kStreaming;
    if (const Err err = CheckHasFull(databases, snapshot); err < 0) return err;
  }
  log.AppendBackupRecord(BackupRecord::kBegin, plan->scope(), 0, 0);
  return JET_errSuccess;
}

Err PrepareLogs(Storage& storage, DatabaseTable& databases, BackupPlan* plan) {
  LogStream& log = storage.log();
  if (const Err err = log.AppendBackupRecord(BackupRecord::kPrepareLogs, plan->scope(), 0, 0);
      err < 0) {
    return err;
  }
  if (const Err err = log.ForceRoll(); err < 0) return err;
  BackupPlan next = *plan;
  next.generations_sum = 0;
  next.copy.end = log.current_generation();
  next.remove.low = log.lowest_generation();
  if (!next.full) {
    if (!FollowsLastBackup(databases, next.remove.low)) return JET_errMissingFileToBackup;
    next.copy.low = next.remove.low;
  }
  next.remove.end = std::max(next.remove.low, RemovableEnd(log, databases, next));
  next.prepared = true;
  *plan = std::move(next);
  return JET_errSuccess;
}

void LogNormalEnd(Storage& storage, DatabaseTable& databases, BackupPlan plan, bool stamp) {
  LogStream& log = storage.log();
  // Open above if log info was never taken (H-15).
  plan.info.genLow = plan.copy.low;
  plan.info.genHigh = plan.copy.end - 1;
  const bool streamed = plan.full && plan.kind == BackupKind::kStreaming;
  for (AttachedDatabase* database : streamed ? plan.copied : databases.Logged()) {
    if (!database->logged()) continue;
    const Err err = log.AppendBackupRecord(BackupRecord::kUpdate, plan.scope(), plan.info.genLow,
                                           plan.info.genHigh);
    if (err >= 0 && stamp) Stamp(*database, plan);
  }
  log.AppendBackupRecord(BackupRecord::kStop, plan.scope(), 0, 0);
}

void LogAbort(Storage& storage, const BackupPlan& plan) {
  LogStream& log = storage.log();
  log.AppendBackupRecord(BackupRecord::kAbort, plan.scope(), 0, 0);
  log.AppendBackupRecord(BackupRecord::kStop, plan.scope(), 0, 0);
}

}  // namespace backstop::engine
