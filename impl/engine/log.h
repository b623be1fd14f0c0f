// SPDX-License-Identifier: MIT
// The writing end of a log stream: records go into a buffer, commits wait until they are durable,
// a full generation is archived and the next one begun.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "impl/engine/log_files.h"
#include "impl/engine/log_reader.h"
#include "impl/engine/log_record.h"
#include "impl/engine/storage.h"
#include "impl/env/sync.h"

namespace backstop::engine {

/// Thread-safe, except that Start or Resume comes first. "log" guards what is buffered; "archive"
/// the set of archived files. I/O is done by one thread at a time, outside "log".
class Log final : public LogStream {
 public:
  Log(env::Env& env, const StorageSettings& settings);

  const LogFiles& files() const { return files_; }
  /// For a restore, before anything else: see LogFiles.
  void TakeFromBackup(const std::string& directory, uint32_t low, uint32_t high) {
    files_.TakeFromBackup(directory, low, high);
  }

  /// Begins a stream with generation 1.
  Err Start();
  /// Goes on where a reader found the end.
  Err Resume(LogTail tail);

  /// Appends one record and returns where it starts. Begin, Commit and Rollback records also keep
  /// the set of open transactions.
  Err Append(RecordType type, ConstBytes fields, LogPosition* at = nullptr);
  /// Appends a record after which `attachments` is the list of attached databases.
  Err AppendAttachmentChange(RecordType type, ConstBytes fields,
                             std::vector<std::byte> attachments);
  /// The same before a database is made or marked as attached. Until EndAttach the checkpoint stays
  /// before the record, because the file may not be whole yet.
  Err BeginAttach(RecordType type, ConstBytes fields, std::vector<std::byte> attachments);
  void EndAttach();
  /// For recovery, whose databases were attached by an earlier life.
  void SetAttachments(std::vector<std::byte> attachments);
  /// Returns when everything appended before the call is durable. `*since_checkpoint`: how many
  /// bytes of log redo would have to read.
  Err Flush(uint64_t* since_checkpoint = nullptr);
  /// The same number without waiting for anything.
  uint64_t SinceCheckpoint();

  /// A place from which redo finds everything that is not yet in the databases, if pages are
  /// flushed; and the state of the stream there.
  struct Mark {
    LogPosition position;
    uint32_t chain = 0;
    std::vector<std::byte> attachments;
  };
  /// The earlier of the tip and the beginning of the oldest open transaction.
  Mark OldestNeeded();
  void SetCheckpoint(LogPosition position);

  /// Ends the generation, then keeps the file for itself until Thaw or for so long: whoever wants
  /// to write waits.
  Err Freeze(uint64_t until_micros);
  void Thaw();
  const JET_SIGNATURE& signature() const { return signature_; }

  /// What a database header says about the log.
  struct Generations {
    uint32_t checkpoint = 0;
    uint32_t current = 0;
    JET_LOGTIME current_created = {};
  };
  Generations CurrentGenerations();

  LogPosition TipPosition();

  // LogStream
  JET_LGPOS Tip() override { return TipPosition().ToJet(); }
  uint32_t current_generation() override;
  uint32_t lowest_generation() override;
  uint32_t checkpoint_generation() override;
  std::string ArchivedPath(uint32_t generation) override { return files_.Archived(generation); }
  std::string CurrentPath() override { return files_.Current(); }
  Err AppendBackupRecord(BackupRecord phase, BackupScope scope, uint32_t low,
                         uint32_t high) override;
  Err ForceRoll() override;
  Err Truncate(uint32_t low, uint32_t end) override;
  void HoldGenerationsFrom(uint32_t generation) override;
  Err VerifyArchived(uint32_t generation, uint64_t offset,
                     std::span<const std::byte> bytes) override;

 private:
  struct Opened {
    LogPosition position;
    uint32_t chain = 0;
  };

  LogHeader NextHeader() const;
  Err AppendChangeLocked(env::MutexLock& lock, RecordType type, ConstBytes fields,
                         std::vector<std::byte>* attachments, Opened* opened);
  Err AppendLocked(env::MutexLock& lock, RecordType type, ConstBytes fields, Opened* opened);
  bool Fits(size_t record_bytes) const;
  void Buffer(ConstBytes record);
  void NoteTransaction(RecordType type, ConstBytes fields, const Opened& opened);
  /// Waits for who does I/O; ends a freeze whose time is over.
  void WaitWhileBusy(env::MutexLock& lock);
  Err WaitForTurn(env::MutexLock& lock);
  void EndTurn(Err err);
  Err FlushLocked(env::MutexLock& lock);
  uint64_t SinceCheckpointLocked() const;
  void WriteBuffered(env::MutexLock& lock);
  void DropWritten(uint64_t end);
  std::vector<std::byte> SegmentsToWrite() const;
  Err Tidy(uint64_t leftover_end);
  Err WriteOut(std::vector<std::byte> segments, uint64_t durable);
  Err RollLocked(env::MutexLock& lock);
  Err SwitchFiles(const LogHeader& next, LogFile* log);
  void BeginGeneration(LogFile log);
  uint32_t UnneededBelow() const;
  uint32_t LowestLocked(uint32_t current);

  env::Env& env_;
  const uint32_t segments_;
  const uint32_t page_bytes_;
  const bool logging_;
  const bool circular_;
  LogFiles files_;

  env::Mutex mutex_;
  env::Condition turn_;
  bool busy_ = false;  ///< some thread does I/O on the current file
  bool rolling_ = false;
  uint64_t frozen_until_ = 0;    ///< 0: not frozen; else busy_ is the freeze's
  Err failed_ = JET_errSuccess;  ///< once writing failed, nothing can be logged any more
  LogFile log_;
  JET_SIGNATURE signature_ = {};
  uint64_t tip_ = 0;      ///< stream offset after the last record
  uint64_t durable_ = 0;  ///< stream offset up to which the file holds it
  uint32_t chain_ = 0;
  std::vector<std::byte> buffer_;  ///< record data from the segment of durable_ on
  std::vector<std::byte> attachments_;
  struct Attaching {
    Opened opened;
    std::vector<std::byte> before;  ///< the attached databases without the new one
  };
  std::optional<Attaching> attaching_;
  Opened before_end_;  ///< while rolling: the place before the last record of the old generation
  std::map<uint32_t, Opened> open_;  ///< by transaction
  LogPosition checkpoint_;
  uint32_t hold_ = 0;

  env::Mutex archive_;
  std::optional<uint32_t> lowest_;  ///< unknown until somebody asks; under archive_
};

}  // namespace backstop::engine
