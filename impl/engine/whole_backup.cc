// SPDX-License-Identifier: MIT
#include "impl/engine/whole_backup.h"

#include <cstdlib>
#include <memory>
#include <span>
#include <utility>

#include "impl/engine/io.h"
#include "impl/engine/path.h"

namespace backstop::engine {
namespace {

constexpr Caller kMe = Caller::kWholeBackup;
constexpr uint32_t kBufferBytes = 256 * 1024;
constexpr size_t kAlignment = 4096;

struct Free {
  void operator()(std::byte* bytes) const { std::free(bytes); }
};

}  // namespace

std::string PatchFile(const std::string& path) {
  const size_t dot = path.rfind('.');
  const size_t slash = path.rfind('/');
  const bool extended = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  return (extended ? path.substr(0, dot) : path) + kPatchExtension;
}

WholeBackup::WholeBackup(env::Env& env, Instance& instance, const char* path, JET_GRBIT grbit,
                         Status status)
    : env_(env),
      instance_(instance),
      backup_(instance.backup()),
      long_call_(instance.gate()),
      has_path_(path != nullptr && *path != '\0'),
      directory_(NormalDirectory(has_path_ ? path : "")),
      target_(directory_),
      grbit_(grbit),
      status_(std::move(status)) {
  if (atomic()) target_ += kAtomicTemp;
}

Err WholeBackup::Run() {
  if ((grbit_ & ~instance_.dialect().whole_backup_bits) != 0) return JET_errInvalidGrbit;
  if (const Err err = backup_.Begin(grbit_ & JET_bitBackupIncremental, kMe); err < 0) return err;
  const bool copies = has_path_ || instance_.dialect().no_path_is_current_directory;
  const Err err = copies ? Copy() : backup_.TruncateUnneededLogs();
  if (copies && err >= 0) return backup_.End(JET_bitBackupEndNormal, kMe);
  backup_.End(JET_bitBackupEndAbort, kMe);
  return err;
}

Err WholeBackup::Copy() {
  if (const Err err = CheckDirectory(); err < 0) return err;
  Tell(JET_sntBegin);
  if (const Err err = CopyEverything(); err < 0) return err;
  if (const Err err = atomic() ? Promote() : JET_errSuccess; err < 0) return err;
  if (const Err err = backup_.TruncateLog(kMe); err < 0) return err;
  Tell(JET_sntComplete);
  return JET_errSuccess;
}

/// Copying logs alone tells nothing.
void WholeBackup::Tell(JET_SNT what) {
  if (!incremental()) status_(what, done_, total_);
}

/// Contract JetBackup, row 9 (C-24).
Err WholeBackup::CheckDirectory() {
  if (atomic() && incremental()) return JET_errInvalidPath;
  if (incremental() && !has_path_) return JET_errFileAccessDenied;
  std::vector<std::string> names;
  const env::IoStatus listed = env_.List(directory_, &names);
  if (listed == env::IoStatus::kIoError) return JET_errDiskIO;
  const bool missing = listed != env::IoStatus::kOk;
  if (missing) return atomic() ? JET_errMakeBackupDirectoryFail : JET_errInvalidPath;
  if (atomic()) return ClearDirectory(target_);
  const bool holds_atomic = env_.Exists(directory_ + kAtomicNew);
  const bool occupied = holds_atomic || (!incremental() && !names.empty());
  return occupied ? JET_errBackupDirectoryNotEmpty : JET_errSuccess;
}

/// Makes the directory, or removes what an earlier attempt left in it.
Err WholeBackup::ClearDirectory(const std::string& directory) {
  env_.MakeDirectory(directory);
  std::vector<std::string> names;
  if (env_.List(directory, &names) != env::IoStatus::kOk) return JET_errMakeBackupDirectoryFail;
  for (const std::string& name : names) {
    if (env_.Remove(directory + name) != env::IoStatus::kOk) return JET_errDeleteBackupFileFail;
  }
  return JET_errSuccess;
}

Err WholeBackup::CopyEverything() {
  const std::vector<std::string> databases = instance_.databases().LoggedPaths();
  if (const Err err = long_call_.CheckGoesOn(); err < 0) return err;
  total_ = static_cast<uint32_t>(databases.size());
  for (const std::string& path : databases) {
    if (incremental()) break;
    if (const Err err = CopyFile(path); err < 0) return err;
    const std::string copy = target_ + std::string(FileName(path));
    if (const Err err = MakeEmpty(PatchFile(copy)); err < 0) return err;
  }
  return CopyLogs();
}

Err WholeBackup::CopyLogs() {
  std::string list;
  LogRange range;
  const Err err = backup_.GetLogInfo(LogList::kToCopy, &list, &range, false, kMe);
  if (err < 0) return err;
  total_ = done_ + range.size();
  for (size_t at = 0; list[at] != '\0';) {
    const std::string name(list.c_str() + at);
    if (const Err copied = CopyFile(name); copied < 0) return copied;
    at += name.size() + 1;
  }
  return FromIo(env_.SyncDirectory(target_));
}

Err WholeBackup::CopyFile(const std::string& name) {
  JET_HANDLE handle = 0;
  uint64_t bytes = 0;
  if (const Err err = backup_.OpenSection(name.c_str(), 0, &handle, &bytes, kMe); err < 0) {
    return err;
  }
  std::unique_ptr<env::File> file;
  const std::string target = target_ + std::string(FileName(name));
  const env::IoStatus opened = env_.Open(target, env::OpenMode::kCreateOrTruncate, &file);
  if (opened != env::IoStatus::kOk) return FromIo(opened);
  if (const Err err = CopyOpenFile(handle, *file); err < 0) return err;
  if (const env::IoStatus synced = file->Sync(); synced != env::IoStatus::kOk) {
    return FromIo(synced);
  }
  ++done_;
  Tell(JET_sntProgress);
  return backup_.CloseFile(handle, kMe);
}

Err WholeBackup::CopyOpenFile(JET_HANDLE handle, env::File& to) {
  const std::unique_ptr<std::byte, Free> buffer(
      static_cast<std::byte*>(std::aligned_alloc(kAlignment, kBufferBytes)));
  if (buffer == nullptr) return JET_errOutOfMemory;
  uint64_t offset = 0;
  for (uint32_t read = 1; read > 0; offset += read) {
    if (const Err err = long_call_.CheckGoesOn(); err < 0) return err;
    const Err err = backup_.ReadFile(handle, buffer.get(), kBufferBytes, &read, kMe);
    if (err < 0) return err;
    const env::IoStatus written = WriteFully(to, offset, std::span(buffer.get(), read));
    if (written != env::IoStatus::kOk) return FromIo(written);
  }
  return JET_errSuccess;
}

Err WholeBackup::MakeEmpty(const std::string& path) {
  std::unique_ptr<env::File> file;
  return FromIo(env_.Open(path, env::OpenMode::kCreateOrTruncate, &file));
}

/// At every moment one whole backup is in "old" or in "new": that in "new" counts unless "temp"
/// still holds files.
Err WholeBackup::Promote() {
  const std::string current = directory_ + kAtomicNew;
  const std::string old = directory_ + kAtomicOld;
  const bool replaces = env_.Exists(current);
  env_.MakeDirectory(current);
  if (replaces) {
    if (const Err err = ClearDirectory(old); err < 0) return err;
    if (const Err err = MoveAll(current, old); err < 0) return err;
  }
  if (const Err err = MoveAll(target_, current); err < 0) return err;
  return replaces ? ClearDirectory(old) : JET_errSuccess;
}

Err WholeBackup::MoveAll(const std::string& from, const std::string& to) {
  std::vector<std::string> names;
  if (const env::IoStatus listed = env_.List(from, &names); listed != env::IoStatus::kOk) {
    return FromIo(listed);
  }
  for (const std::string& name : names) {
    const env::IoStatus moved = env_.Rename(from + name, to + name);
    if (moved != env::IoStatus::kOk) return FromIo(moved);
  }
  return FromIo(env_.SyncDirectory(to));
}

}  // namespace backstop::engine
