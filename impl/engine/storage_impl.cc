// SPDX-License-Identifier: MIT
// Transactions, the checkpoint and the end of an instance's storage.
#include "impl/engine/storage_impl.h"

namespace backstop::engine {

StorageImpl::StorageImpl(env::Env& env, const StorageSettings& settings)
    : env_(env),
      settings_(settings),
      log_(env, settings),
      checkpoint_file_(env, settings.system_path + settings.base_name + ".chk"),
      versions_(env),
      attach_mutex_(env, "attach"),
      checkpoint_mutex_(env, "checkpoint"),
      checkpoint_turn_(env, "checkpoint turn"),
      databases_mutex_(env, "databases") {}

std::unique_ptr<Transaction> StorageImpl::NewTransaction() {
  return std::make_unique<Transaction>();
}

Err StorageImpl::Begin(Transaction& transaction) {
  if (transaction.level() == 0) versions_.Begin(&transaction);
  transaction.level_starts.push_back(transaction.changes.size());
  return JET_errSuccess;
}

Err StorageImpl::Commit(Transaction& transaction, JET_GRBIT grbit) {
  if (transaction.level() == 0) return JET_errNotInTransaction;
  uint64_t since_checkpoint = 0;
  if (transaction.level() == 1 && transaction.begin_logged) {
    std::vector<std::byte> fields;
    AppendValue(&fields, transaction.id);
    Err err = log_.Append(RecordType::kCommit, fields);
    const bool lazy = (grbit & JET_bitCommitLazyFlush) != 0;
    if (err >= 0 && !lazy) err = log_.Flush(&since_checkpoint);
    if (err < 0) return err;
    if (lazy) since_checkpoint = log_.SinceCheckpoint();
  }
  transaction.level_starts.pop_back();
  if (transaction.level() > 0) return JET_errSuccess;
  Tidy(versions_.Commit(transaction));
  transaction.Reset();
  // The commit stands whatever becomes of the checkpoint; the next one tries again.
  CheckpointIfDeep(since_checkpoint);
  return JET_errSuccess;
}

/// Room is made when it is needed, too: nothing is lost if it cannot be made now.
void StorageImpl::Tidy(const std::vector<DeletedRow>& rows) {
  for (const DeletedRow& row : rows) {
    Database* database = FindDatabase(row.database);
    if (database != nullptr && database->Tidy(row.tree, row.key) < 0) return;
  }
}

Err StorageImpl::Rollback(Transaction& transaction, JET_GRBIT grbit) {
  if (transaction.level() == 0) return JET_errNotInTransaction;
  Err err = RollbackLevel(transaction);
  while ((grbit & JET_bitRollbackAll) != 0 && transaction.level() > 0) {
    if (const Err next = RollbackLevel(transaction); err >= 0) err = next;
  }
  return err;
}

/// Ends the level even if the log cannot be written any more: what could not be taken back stays
/// invisible until recovery takes it back.
Err StorageImpl::RollbackLevel(Transaction& transaction) {
  Err err = JET_errSuccess;
  const size_t start = transaction.level_starts.back();
  for (auto& rows = transaction.changes; rows.size() > start; rows.pop_back()) {
    Database* database = FindDatabase(rows.back().database);
    if (database == nullptr || err < 0) continue;
    err = database->TakeBack(transaction.id, rows.back());
  }
  transaction.level_starts.pop_back();
  if (transaction.level() > 0) return err;
  if (transaction.begin_logged && err >= 0) {
    std::vector<std::byte> fields;
    AppendValue(&fields, transaction.id);
    err = log_.Append(RecordType::kRollback, fields);
  }
  Tidy(versions_.Rollback(transaction));
  transaction.Reset();
  return err;
}

Err StorageImpl::CheckpointIfDeep(uint64_t since_checkpoint) {
  if (since_checkpoint <= settings_.checkpoint_depth_bytes) return JET_errSuccess;
  {
    env::MutexLock lock(checkpoint_mutex_);
    if (checkpointing_) return JET_errSuccess;  // somebody is at it
    checkpointing_ = true;
  }
  const Err err = MoveCheckpoint();
  EndCheckpointTurn();
  return err;
}

/// The mark is taken before the pages: what changes after it is found by redo from there. The
/// thread whose turn it is calls it.
Err StorageImpl::MoveCheckpoint() {
  if (!settings_.logging) return JET_errSuccess;
  Log::Mark mark = log_.OldestNeeded();
  if (const Err err = FlushDatabases(); err < 0) return err;
  if (const Err err = log_.Flush(); err < 0) return err;
  const Err err = checkpoint_file_.Write({.position = mark.position,
                                          .chain = mark.chain,
                                          .signature = log_.signature(),
                                          .attachments = std::move(mark.attachments)});
  if (err >= 0) log_.SetCheckpoint(mark.position);
  return err;
}

Err StorageImpl::FlushDatabases() {
  std::vector<Database*> list;
  {
    env::MutexLock lock(databases_mutex_);
    for (const auto& database : databases_) list.push_back(database.get());
  }
  for (Database* database : list) {
    if (const Err err = database->Flush(); err < 0) return err;
  }
  return JET_errSuccess;
}

/// Pages are written by whoever has the checkpoint turn, after the log: when nobody is in the
/// middle of that, a log that stands still holds them up as well.
Err StorageImpl::Freeze(uint64_t until_micros) {
  TakeCheckpointTurn();
  const Err err = log_.Freeze(until_micros);
  EndCheckpointTurn();
  return err;
}

void StorageImpl::TakeCheckpointTurn() {
  env::MutexLock lock(checkpoint_mutex_);
  while (checkpointing_) checkpoint_turn_.Wait(lock);
  checkpointing_ = true;
}

void StorageImpl::EndCheckpointTurn() {
  env::MutexLock lock(checkpoint_mutex_);
  checkpointing_ = false;
  checkpoint_turn_.NotifyAll();
}

Err StorageImpl::Close(bool clean) {
  if (!clean) return JET_errSuccess;
  env::MutexLock attach(attach_mutex_);
  TakeCheckpointTurn();
  Err err = JET_errSuccess;
  while (err >= 0 && !databases_.empty()) err = ShutDown(databases_.front().get());
  if (err >= 0) err = MoveCheckpoint();
  EndCheckpointTurn();
  return err;
}

}  // namespace backstop::engine
