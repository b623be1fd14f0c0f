// SPDX-License-Identifier: MIT
// Opening a log stream: fresh, cleanly ended or crashed.
#include <algorithm>

#include "impl/engine/logged_databases.h"
#include "impl/engine/recovery.h"
#include "impl/engine/storage_impl.h"

namespace backstop::engine {

Err Storage::Open(env::Env& env, const StorageSettings& settings,
                  std::unique_ptr<Storage>* storage) {
  auto opened = std::make_unique<StorageImpl>(env, settings);
  if (const Err err = opened->OpenStream(); err < 0) return err;
  *storage = std::move(opened);
  return JET_errSuccess;
}

Err StorageImpl::OpenStream() {
  if (!settings_.logging) return JET_errSuccess;
  LogFile current;
  bool archived = false;
  const Err err = FindCurrent(&current, &archived);
  if (err == JET_errFileNotFound) return StartStream();
  return err < 0 ? err : Recover(std::move(current), archived);
}

/// The newest generation: the file named "current", or, when a roll was cut short, the highest
/// archived one.
Err StorageImpl::FindCurrent(LogFile* current, bool* archived) {
  const LogFiles& files = log_.files();
  const Err err = files.Open(files.Current(), env::OpenMode::kReadWrite, current);
  if (err != JET_errFileNotFound) return err;
  std::vector<uint32_t> generations;
  if (const Err listed = files.List(&generations); listed < 0) return listed;
  if (generations.empty()) return JET_errFileNotFound;
  // A roll makes the next file before it gives the present one its number.
  if (!files.HasTemporary()) return MissingCurrent(generations.front(), generations.back());
  *archived = true;
  return files.Open(files.Archived(generations.back()), env::OpenMode::kReadOnly, current);
}

/// The file was there and is gone, and with it commits that redo would have found. After a clean
/// end the checkpoint was in it. Copies of logs in a directory without a stream tell nothing.
Err StorageImpl::MissingCurrent(uint32_t lowest, uint32_t newest) {
  Checkpoint checkpoint;
  if (checkpoint_file_.Read(&checkpoint) >= 0) {
    const bool dirty = checkpoint.position.generation <= newest;
    return dirty ? JET_errRequiredLogFilesMissing : JET_errMissingLogFile;
  }
  return log_.files().HasReserves() ? JudgeByDatabases(lowest, newest) : JET_errMissingLogFile;
}

/// What redo of the generations that are left would meet: a database that needs more of them, or
/// one that was closed later than they reach.
Err StorageImpl::JudgeByDatabases(uint32_t lowest, uint32_t newest) {
  const LogRange logs{settings_.log_path, settings_.base_name, lowest, newest};
  std::vector<std::string> made, paths;
  Err err = DatabasesInLogs(env_, logs, Mention::kMade, &made);
  if (err >= 0) err = DatabasesInLogs(env_, logs, Mention::kAny, &paths);
  if (err < 0) return err;
  for (const std::string& path : paths) {
    DatabaseHeader header;
    if (ReadDatabaseHeader(env_, path, &header) < 0) continue;
    if (header.state != kDatabaseClean) return JET_errRequiredLogFilesMissing;
    const bool was_made = std::ranges::find(made, path) != made.end();
    return was_made ? JET_errAttachedDatabaseMismatch : JET_errDbTimeBeyondMaxRequired;
  }
  return JET_errMissingLogFile;
}

Err StorageImpl::StartStream() {
  if (const Err err = log_.Start(); err < 0) return err;
  return MoveCheckpoint();
}

Err StorageImpl::CheckStream(const LogHeader& header) const {
  if (header.page_bytes != settings_.page_bytes) return JET_errPageSizeMismatch;
  const bool same_size = header.segments == settings_.log_file_bytes / kSegmentBytes;
  return same_size ? JET_errSuccess : JET_errLogFileSizeMismatch;
}

Err StorageImpl::Recover(LogFile current, bool archived) {
  Checkpoint read;
  if (const Err err = CheckStream(current.header); err < 0) return err;
  // The checkpoint of another stream says nothing about this one.
  const bool ours =
      checkpoint_file_.Read(&read) >= 0 && SameSignature(read.signature, current.header.signature);
  const Checkpoint* checkpoint = ours ? &read : nullptr;
  const uint32_t generation = current.header.generation;
  LogReader reader(log_.files(), std::move(current), archived);
  std::vector<std::byte> attachments;
  Err err = PlaceReader(&reader, generation, checkpoint, &attachments);
  if (err < 0) return err;
  const LogPosition start = reader.position();
  Recovery recovery(env_, log_, versions_, settings_.page_bytes);
  if (settings_.ignore_missing_databases) recovery.IgnoreMissing();
  if (err = recovery.Redo(reader, attachments); err < 0) return err;
  const bool needed = checkpoint == nullptr || recovery.needed();
  if (needed || settings_.reads_whole_log) {
    if (err = reader.CheckEnd(); err < 0) return err;
  }
  if (err = log_.Resume(reader.TakeTail()); err < 0) return err;
  log_.SetCheckpoint(start);
  if (!needed) return JET_errSuccess;
  if (err = recovery.Undo(); err < 0) return err;
  if (err = recovery.Finish(); err < 0) return err;
  return MoveCheckpoint();
}

/// Redo needs none of the current generation before the checkpoint.
Err StorageImpl::CheckBefore(LogReader* reader, LogPosition position) {
  Err err = reader->Seek(PositionAt(position.generation, 0), 0);
  for (bool end = false; err >= 0 && reader->position() < position;) {
    Record ignored;
    if (end) return JET_errLogFileCorrupt;
    err = reader->Next(&ignored, &end);
  }
  return err;
}

/// Without a checkpoint everything there is gets redone.
Err StorageImpl::PlaceReader(LogReader* reader, uint32_t current, const Checkpoint* checkpoint,
                             std::vector<std::byte>* attachments) {
  if (checkpoint != nullptr) {
    *attachments = checkpoint->attachments;
    if (settings_.reads_whole_log && checkpoint->position.generation == current) {
      if (const Err err = CheckBefore(reader, checkpoint->position); err < 0) return err;
    }
    return reader->Seek(checkpoint->position, checkpoint->chain);
  }
  std::vector<uint32_t> generations;
  if (const Err err = log_.files().List(&generations); err < 0) return err;
  const uint32_t lowest = generations.empty() ? current : std::min(generations.front(), current);
  if (const Err err = reader->Seek(PositionAt(lowest, 0), 0); err < 0) return err;
  *attachments = reader->header().attachments;
  return JET_errSuccess;
}

}  // namespace backstop::engine
