// SPDX-License-Identifier: MIT
// Creating, attaching and detaching databases.
#include <algorithm>

#include "impl/engine/io.h"
#include "impl/engine/storage_impl.h"

namespace backstop::engine {

Database* StorageImpl::FindDatabase(const std::string& path) {
  env::MutexLock lock(databases_mutex_);
  for (const auto& database : databases_) {
    if (database->path() == path) return database.get();
  }
  return nullptr;
}

Database* StorageImpl::FindDatabase(uint32_t id) {
  env::MutexLock lock(databases_mutex_);
  for (const auto& database : databases_) {
    if (database->id() == id) return database.get();
  }
  return nullptr;
}

std::vector<AttachedDatabase*> StorageImpl::Attached() {
  env::MutexLock lock(databases_mutex_);
  std::vector<AttachedDatabase*> list;
  for (const auto& database : databases_) list.push_back(database.get());
  return list;
}

std::unique_ptr<Database> StorageImpl::NewDatabase(const std::string& path,
                                                   const JET_SIGNATURE& signature) {
  return std::make_unique<Database>(
      env_, log_, versions_, Attachment{++last_database_, signature, path}, settings_.page_bytes);
}

void StorageImpl::Add(std::unique_ptr<Database> database) {
  env::MutexLock lock(databases_mutex_);
  databases_.push_back(std::move(database));
}

std::vector<std::byte> StorageImpl::AttachmentsWith(const Database* added,
                                                    const Database* removed) {
  std::vector<Attachment> list;
  env::MutexLock lock(databases_mutex_);
  for (const auto& database : databases_) {
    if (database.get() != removed && database->logged()) list.push_back(database->identity());
  }
  if (added != nullptr) list.push_back(added->identity());
  return EncodeAttachments(list);
}

/// The record is durable before the file says that it belongs to this stream.
Err StorageImpl::LogAttach(RecordType type, const Database& database) {
  const Err err = log_.BeginAttach(type, EncodeAttachments({database.identity()}),
                                   AttachmentsWith(&database, nullptr));
  return err < 0 ? err : log_.Flush();
}

Err StorageImpl::LogDetach(const Database& database) {
  std::vector<std::byte> fields;
  AppendValue(&fields, database.id());
  const Err err =
      log_.AppendAttachmentChange(RecordType::kDetach, fields, AttachmentsWith(nullptr, &database));
  return err < 0 ? err : log_.Flush();
}

Err StorageImpl::Attach(RecordType type, std::unique_ptr<Database> database,
                        const std::function<Err(Database&)>& make) {
  const bool logged = type != RecordType::kNone;
  Err err = logged ? LogAttach(type, *database) : JET_errSuccess;
  if (err >= 0) {
    err = make(*database);
    if (err < 0 && logged) LogDetach(*database);
  }
  if (logged) log_.EndAttach();
  if (err >= 0) Add(std::move(database));
  return err;
}

Err StorageImpl::CreateDatabase(const std::string& path, JET_GRBIT grbit) {
  env::MutexLock attach(attach_mutex_);
  if (FindDatabase(path) != nullptr) return JET_errDatabaseDuplicate;
  if (env_.Exists(path)) {
    if ((grbit & JET_bitDbOverwriteExisting) == 0) return JET_errDatabaseDuplicate;
    env::IoStatus removed = env_.Remove(path);
    if (removed == env::IoStatus::kOk) removed = env_.SyncDirectory(DirectoryOf(path));
    if (removed != env::IoStatus::kOk) return FromIo(removed);
  }
  auto database = NewDatabase(path, NewSignature(env_));
  const bool logged = settings_.logging && (grbit & JET_bitDbRecoveryOff) == 0;
  const bool shadowed = (grbit & JET_bitDbShadowingOff) == 0;
  const auto make = [&](Database& made) { return made.Create(logged, shadowed, false); };
  return Attach(logged ? RecordType::kCreate : RecordType::kNone, std::move(database), make);
}

Err StorageImpl::AttachDatabase(const std::string& path, JET_GRBIT grbit) {
  env::MutexLock attach(attach_mutex_);
  if (FindDatabase(path) != nullptr) return JET_wrnDatabaseAttached;
  auto database = NewDatabase(path, {});
  const bool read_only = (grbit & JET_bitDbReadOnly) != 0;
  if (const Err err = database->Open(read_only); err < 0) return err;
  if (const Err err = database->CheckAttachable(); err < 0) return err;
  if (const Err err = database->CheckCatalog(); err < 0) return err;
  const bool logged = settings_.logging && database->logged();
  return Attach(logged ? RecordType::kAttach : RecordType::kNone, std::move(database),
                [](Database& attached) { return attached.Attach(); });
}

Err StorageImpl::CheckPath(const std::string& path, JET_GRBIT grbit) {
  const bool read_only = (grbit & JET_bitDbReadOnly) != 0;
  std::unique_ptr<env::File> file;
  const auto mode = read_only ? env::OpenMode::kReadOnly : env::OpenMode::kReadWrite;
  const env::IoStatus status = env_.Open(path, mode, &file);
  if (status == env::IoStatus::kInvalidPath) return JET_errDatabaseInvalidPath;
  if (status != env::IoStatus::kAccessDenied || read_only) return JET_errSuccess;
  // Whoever may not even read it is told so when it is attached.
  const bool readable = env_.Open(path, env::OpenMode::kReadOnly, &file) == env::IoStatus::kOk;
  return readable ? JET_errDatabaseFileReadOnly : JET_errSuccess;
}

Err StorageImpl::DetachDatabase(const std::string& path) {
  env::MutexLock attach(attach_mutex_);
  Database* database = FindDatabase(path);
  if (database == nullptr) return JET_errDatabaseNotFound;
  TakeCheckpointTurn();
  const Err err = ShutDown(database);
  // Redo needs nothing of the log for this database any more. Whether that could be noted does not
  // matter: the next checkpoint tries again.
  if (err >= 0) MoveCheckpoint();
  EndCheckpointTurn();
  return err;
}

/// A crash between the header and the record finds a database that needs nothing.
Err StorageImpl::ShutDown(Database* database) {
  if (const Err err = database->ShutDown(); err < 0) return err;
  if (settings_.logging && database->logged()) {
    if (const Err err = LogDetach(*database); err < 0) return err;
  }
  env::MutexLock lock(databases_mutex_);
  std::erase_if(databases_, [database](const auto& item) { return item.get() == database; });
  return JET_errSuccess;
}

}  // namespace backstop::engine
