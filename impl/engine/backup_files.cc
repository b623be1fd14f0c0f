// SPDX-License-Identifier: MIT
// The file that a backup hands out: open, read, close.
#include <algorithm>
#include <span>
#include <utility>

#include "impl/engine/backup.h"
#include "impl/engine/backup_admit.h"
#include "impl/engine/log_name.h"
#include "impl/engine/path.h"

namespace backstop::engine {
namespace {

constexpr uintptr_t kBufferAlignment = 4096;
/// A page of this number or a lower one is no data page: nobody can ask for pages from there.
constexpr uint64_t kLastHeaderPage = 1;

/// The beginning of a section: the whole file, or a data page.
bool IsSectionStart(uint64_t offset, uint32_t page_bytes) {
  return offset == 0 || (offset % page_bytes == 0 && offset / page_bytes > kLastHeaderPage);
}

}  // namespace

bool Backup::IsLast(JET_HANDLE handle) const {
  return dialect_.handle_is_slot ? static_cast<uint32_t>(handle) == 0 : handle == handle_;
}

bool Backup::IsOpen(JET_HANDLE handle) const {
  const Slot slot = slot_.Get();
  return (slot == Slot::kOpen || slot == Slot::kReading) && IsLast(handle);
}

void Backup::FreeSlot(std::unique_ptr<BackupSource>* source) {
  *source = std::move(source_);
  slot_.Set(Slot::kFree);
  changed_.NotifyAll();
}

Err Backup::OpenSection(const char* name, uint64_t offset, JET_HANDLE* handle, uint64_t* bytes,
                        Caller caller) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  const auto pending = [this] { return preparing_ || slot_.Get() == Slot::kOpening; };
  if (const Err err = Admit(lock, caller, pending); err < 0) return err;
  if (name == nullptr || *name == '\0') return JET_errInvalidParameter;
  if (handle == nullptr && !dialect_.missing_handle_noticed_last) return JET_errInvalidParameter;
  if (!IsSectionStart(offset, settings_.page_bytes)) return JET_errInvalidParameter;
  if (slot_.Get() != Slot::kFree) return JET_errOutOfMemory;
  if (!env_.Grants(env::Need::kFullPath)) return JET_errInvalidPath;
  if (!env_.Grants(env::Need::kMemory)) return JET_errOutOfMemory;
  left_database_ = false;
  const bool logs = phase_.Get() != Phase::kDatabases;
  const std::string path = NormalPath(name);
  FileToCopy file;
  if (const Err err = logs ? FindLog(path, &file) : FindDatabase(path, &file); err < 0) {
    if (logs) Finish(lock, Ending::kAborted);
    return err;
  }
  slot_.Set(Slot::kOpening);
  TakeReference();
  lock.Unlock();

  std::unique_ptr<BackupSource> source;
  const Err err = OpenSource(path, file, &source);

  lock.Lock();
  DropReference();
  slot_.Set(Slot::kFree);
  if (err < 0) return FailBackup(lock, caller, err);
  if (life_.Get() != Life::kActive) {
    lock.Unlock();
    return JET_errNoBackup;
  }
  if (handle == nullptr) {
    lock.Unlock();
    return JET_errInvalidParameter;
  }
  *bytes = source->size();
  ++handle_;
  *handle = dialect_.handle_is_slot ? 0 : handle_;
  source_ = std::move(source);
  offset_.Set(offset);
  slot_.Set(Slot::kOpen);
  return JET_errSuccess;
}

Err Backup::FindDatabase(const std::string& path, FileToCopy* file) {
  file->database = databases_.Find(path);
  if (file->database == nullptr) return JET_errDatabaseNotFound;
  return env_.Grants(env::Need::kMoreMemory) ? JET_errSuccess : JET_errOutOfMemory;
}

Err Backup::FindLog(const std::string& path, FileToCopy* file) {
  if (databases_.Find(path) != nullptr) return JET_errInvalidBackupSequence;
  const std::string_view name = FileName(path);
  if (!HasLogExtension(name)) {
    return dialect_.opens_other_files ? JET_errSuccess : JET_errMissingFileToBackup;
  }
  const auto generation = ArchivedGeneration(name, settings_.base_name);
  if (!generation) return JET_errInvalidParameter;
  file->generation = *generation;
  return JET_errSuccess;
}

Err Backup::OpenSource(const std::string& path, const FileToCopy& file,
                       std::unique_ptr<BackupSource>* source) {
  if (file.database == nullptr) {
    LogStream& log = storage_->log();
    const Err err = file.generation != 0 ? OpenLogSource(env_, log, path, file.generation, source)
                                         : OpenOtherSource(env_, path, source);
    return err >= 0 && !env_.Grants(env::Need::kMoreMemory) ? JET_errOutOfMemory : err;
  }
  *source = OpenDatabaseSource(*file.database, plan_.info);
  return JET_errSuccess;
}

Err Backup::CheckRead(JET_HANDLE handle, const std::byte* buffer, uint32_t bytes) const {
  const bool open = IsOpen(handle);
  if (!open && !ReadsEmpty(handle)) return JET_errInvalidParameter;
  if ((open && buffer == nullptr) || reinterpret_cast<uintptr_t>(buffer) % kBufferAlignment != 0 ||
      bytes % settings_.page_bytes != 0) {
    return JET_errInvalidParameter;
  }
  if (!open)
    return bytes < kLogReadPages * settings_.page_bytes ? JET_errInvalidParameter : JET_errSuccess;
  const bool first = offset_.Get() == 0;
  if (first && bytes / settings_.page_bytes < source_->first_read_pages()) {
    return JET_errInvalidParameter;
  }
  return bytes == 0 && source_->database() != nullptr ? JET_errInvalidParameter : JET_errSuccess;
}

bool Backup::IsInFlight(JET_HANDLE handle) const {
  const Slot slot = slot_.Get();
  if (slot == Slot::kReading) return IsLast(handle);
  return slot == Slot::kOpening && dialect_.handle_is_slot && IsLast(handle);
}

bool Backup::ReadsEmpty(JET_HANDLE handle) const {
  return dialect_.closed_file_reads_empty && handle == 0 && !left_database_ &&
         slot_.Get() == Slot::kFree;
}

Err Backup::ReadFile(JET_HANDLE handle, std::byte* buffer, uint32_t bytes, uint32_t* read,
                     Caller caller) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  const auto pending = [&] { return IsInFlight(handle); };
  if (const Err err = Admit(lock, caller, pending); err < 0) return err;
  if (const Err err = CheckRead(handle, buffer, bytes); err < 0) return err;
  if (source_ == nullptr) {
    *read = 0;
    return JET_errSuccess;
  }
  const uint64_t offset = offset_.Get();
  const auto count = static_cast<uint32_t>(std::min<uint64_t>(bytes, source_->size() - offset));
  *read = count;
  if (count == 0) return JET_errSuccess;
  if (source_->database() != nullptr && !env_.Grants(env::Need::kMemory)) {
    return FailDatabase(lock, caller, JET_errOutOfMemory);
  }
  slot_.Set(Slot::kReading);
  TakeReference();
  lock.Unlock();

  const Err err = source_->Read(offset, std::span(buffer, count));

  lock.Lock();
  DropReference();
  slot_.Set(Slot::kOpen);
  if (err < 0) {
    const bool log = source_->database() == nullptr;
    return log ? FailBackup(lock, caller, err) : FailDatabase(lock, caller, err);
  }
  offset_.Set(offset + count);
  return JET_errSuccess;
}

Err Backup::FailDatabase(env::MutexLock& lock, Caller caller, Err err) {
  if (const Err overtaken = Admitted(caller); overtaken < 0) return overtaken;
  std::erase(plan_.copied, source_->database());
  std::unique_ptr<BackupSource> source;
  FreeSlot(&source);
  lock.Unlock();
  return err;
}

Err Backup::CloseFile(JET_HANDLE handle, Caller caller) {
  env::MutexLock lock(mutex_);
  ExpireFreeze(lock);
  for (;;) {
    if (const Err err = BackupRuns(caller); err < 0) return err;
    const bool in_flight = IsInFlight(handle);
    if (!in_flight && !IsOpen(handle)) return JET_errInvalidParameter;
    if (!in_flight) break;
    changed_.Wait(lock);
  }
  std::unique_ptr<BackupSource> source;
  const bool whole = offset_.Get() == source_->size();
  FreeSlot(&source);
  if (whole) plan_.NoteCopied(*source);
  lock.Unlock();
  return JET_errSuccess;
}

}  // namespace backstop::engine
