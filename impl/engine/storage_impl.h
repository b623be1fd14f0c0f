// SPDX-License-Identifier: MIT
// The storage of one instance: log, checkpoint, attached databases and transactions put together.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "impl/engine/checkpoint.h"
#include "impl/engine/database.h"
#include "impl/engine/log.h"
#include "impl/engine/storage.h"
#include "impl/engine/transaction.h"
#include "impl/engine/versions.h"
#include "impl/env/sync.h"

namespace backstop::engine {

/// Locks, in the order in which they are taken: "attach" (one attach, create or detach at a time),
/// "checkpoint" (whose turn it is to flush), "databases" (the list).
class StorageImpl final : public Storage {
 public:
  StorageImpl(env::Env& env, const StorageSettings& settings);

  /// Finds or makes the log stream and recovers.
  Err OpenStream();
  /// The same for a restore, which then ends the stream's use.
  Err RestoreStream(const RestoreRun& run);

  Err Close(bool clean) override;
  LogStream& log() override { return log_; }
  Err Freeze(uint64_t until_micros) override;
  void Thaw() override { log_.Thaw(); }

  Err CreateDatabase(const std::string& path, JET_GRBIT grbit) override;
  Err AttachDatabase(const std::string& path, JET_GRBIT grbit) override;
  Err CheckPath(const std::string& path, JET_GRBIT grbit) override;
  Err DetachDatabase(const std::string& path) override;
  AttachedDatabase* Find(const std::string& path) override { return FindDatabase(path); }
  std::vector<AttachedDatabase*> Attached() override;

  std::unique_ptr<Transaction> NewTransaction() override;
  Err Begin(Transaction& transaction) override;
  Err Commit(Transaction& transaction, JET_GRBIT grbit) override;
  Err Rollback(Transaction& transaction, JET_GRBIT grbit) override;
  unsigned Level(const Transaction& transaction) const override { return transaction.level(); }

 private:
  // storage_open.cc
  Err FindCurrent(LogFile* current, bool* archived);
  Err MissingCurrent(uint32_t lowest, uint32_t newest);
  Err JudgeByDatabases(uint32_t lowest, uint32_t newest);
  Err CheckBefore(LogReader* reader, LogPosition position);
  Err CheckStream(const LogHeader& header) const;
  Err StartStream();
  Err Recover(LogFile current, bool archived);
  Err PlaceReader(LogReader* reader, uint32_t current, const Checkpoint* checkpoint,
                  std::vector<std::byte>* attachments);

  // storage_databases.cc
  Database* FindDatabase(const std::string& path);
  Database* FindDatabase(uint32_t id);
  std::unique_ptr<Database> NewDatabase(const std::string& path, const JET_SIGNATURE& signature);
  std::vector<std::byte> AttachmentsWith(const Database* added, const Database* removed);
  /// Logs that a database comes, unless the type is kNone, then lets `make` make its file ready.
  Err Attach(RecordType type, std::unique_ptr<Database> database,
             const std::function<Err(Database&)>& make);
  Err LogAttach(RecordType type, const Database& database);
  Err LogDetach(const Database& database);
  void Add(std::unique_ptr<Database> database);
  Err ShutDown(Database* database);

  // storage_impl.cc
  Err RollbackLevel(Transaction& transaction);
  void Tidy(const std::vector<DeletedRow>& rows);
  Err CheckpointIfDeep(uint64_t since_checkpoint);
  Err MoveCheckpoint();
  Err FlushDatabases();
  void TakeCheckpointTurn();
  void EndCheckpointTurn();

  env::Env& env_;
  const StorageSettings settings_;
  Log log_;
  CheckpointFile checkpoint_file_;
  Versions versions_;

  env::Mutex attach_mutex_;
  uint32_t last_database_ = 0;  ///< id given out last; under attach_mutex_

  env::Mutex checkpoint_mutex_;
  env::Condition checkpoint_turn_;
  bool checkpointing_ = false;

  env::Mutex databases_mutex_;
  std::vector<std::unique_ptr<Database>> databases_;  ///< in order of attachment
};

}  // namespace backstop::engine
