// SPDX-License-Identifier: MIT
#include "impl/engine/log.h"

#include <algorithm>

#include "impl/engine/io.h"
#include "impl/engine/log_time.h"

namespace backstop::engine {
namespace {

/// The error that a caller of the log sees for a failed transfer.
Err LogError(Err err) {
  if (err >= 0) return JET_errSuccess;
  if (err == JET_errLogSequenceEnd) return err;
  return err == JET_errDiskFull ? JET_errLogDiskFull : JET_errLogWriteFail;
}

uint64_t SegmentStart(uint64_t stream_offset) {
  return stream_offset - stream_offset % kSegmentPayload;
}

}  // namespace

Log::Log(env::Env& env, const StorageSettings& settings)
    : env_(env),
      segments_(static_cast<uint32_t>(settings.log_file_bytes / kSegmentBytes)),
      page_bytes_(settings.page_bytes),
      logging_(settings.logging),
      circular_(settings.circular),
      files_(env, settings.log_path, settings.base_name),
      mutex_(env, "log"),
      turn_(env, "log turn"),
      archive_(env, "log archive") {}

Err Log::Start() {
  signature_ = NewSignature(env_);
  LogFile log;
  const Err reserved = files_.MakeReserves(uint64_t{segments_} * kSegmentBytes);
  if (reserved < 0) return LogError(reserved);
  if (const Err err = files_.Create(NextHeader(), &log); err < 0) return LogError(err);
  if (const Err err = files_.Publish(); err < 0) return LogError(err);
  BeginGeneration(std::move(log));
  return JET_errSuccess;
}

Err Log::Resume(LogTail tail) {
  log_ = std::move(tail.log);
  signature_ = log_.header.signature;
  tip_ = tail.offset;
  durable_ = tail.sealed;
  chain_ = tail.chain;
  buffer_ = std::move(tail.rest);
  if (durable_ < tip_) {
    if (const Err err = WriteOut(SegmentsToWrite(), durable_); err < 0) return LogError(err);
    DropWritten(tip_);
  }
  if (!tail.finished) return Tidy(tail.leftover_end);
  // The same order as in a roll, which tells a roll that was cut short from a lost file.
  LogFile next;
  if (const Err err = files_.Create(NextHeader(), &next); err < 0) return LogError(err);
  if (!tail.archived) {
    if (const Err err = files_.Archive(log_.header.generation); err < 0) return LogError(err);
  }
  if (const Err err = files_.Publish(); err < 0) return LogError(err);
  BeginGeneration(std::move(next));
  return JET_errSuccess;
}

/// What was read may not be durable, and what a torn write left must not be taken for records that
/// come later. Nothing that was read is overwritten with anything else, so this can be torn, too.
Err Log::Tidy(uint64_t leftover_end) {
  if (leftover_end == 0) return FromIo(log_.file->Sync());
  const uint64_t end = std::max(leftover_end, durable_ + 1);
  std::vector<std::byte> segments = SegmentsToWrite();
  const uint64_t first = SegmentStart(durable_) / kSegmentPayload;
  segments.resize(((end - 1) / kSegmentPayload - first + 1) * kSegmentBytes);
  return LogError(WriteOut(std::move(segments), durable_));
}

/// Creation times chain the generations, so each is later than the one before.
LogHeader Log::NextHeader() const {
  const uint64_t previous = ToMillis(log_.header.created);
  return {.generation = log_.header.generation + 1,
          .segments = segments_,
          .page_bytes = page_bytes_,
          .created = ToLogTime(std::max(env_.NowMicros() / 1000, previous + 1)),
          .previous_created = log_.header.created,
          .signature = signature_,
          .checkpoint = checkpoint_,
          .attachments = attachments_};
}

void Log::BeginGeneration(LogFile log) {
  log_ = std::move(log);
  tip_ = durable_ = 0;
  chain_ = ChainStart(log_.header);
  buffer_.clear();
}

Err Log::Append(RecordType type, ConstBytes fields, LogPosition* at) {
  env::MutexLock lock(mutex_);
  Opened opened;
  const Err err = AppendLocked(lock, type, fields, &opened);
  if (err >= 0 && at != nullptr) *at = opened.position;
  return err;
}

Err Log::AppendAttachmentChange(RecordType type, ConstBytes fields,
                                std::vector<std::byte> attachments) {
  env::MutexLock lock(mutex_);
  return AppendChangeLocked(lock, type, fields, &attachments, nullptr);
}

Err Log::BeginAttach(RecordType type, ConstBytes fields, std::vector<std::byte> attachments) {
  env::MutexLock lock(mutex_);
  Opened opened;
  const Err err = AppendChangeLocked(lock, type, fields, &attachments, &opened);
  if (err >= 0) attaching_ = {opened, std::move(attachments)};
  return err;
}

/// Swaps the list of attached databases for the one given.
Err Log::AppendChangeLocked(env::MutexLock& lock, RecordType type, ConstBytes fields,
                            std::vector<std::byte>* attachments, Opened* opened) {
  if (attachments->size() > kLogAttachmentBytesMax) return JET_errTooManyAttachedDatabases;
  const Err err = AppendLocked(lock, type, fields, opened);
  if (err >= 0) attachments_.swap(*attachments);
  return err;
}

void Log::EndAttach() {
  env::MutexLock lock(mutex_);
  attaching_.reset();
}

Err Log::AppendLocked(env::MutexLock& lock, RecordType type, ConstBytes fields, Opened* opened) {
  if (!logging_) return JET_errSuccess;
  while (rolling_) turn_.Wait(lock);
  while (failed_ >= 0 && !Fits(kRecordHeaderBytes + fields.size())) RollLocked(lock);
  if (failed_ < 0) return failed_;
  const Opened here{PositionAt(log_.header.generation, tip_), chain_};
  Buffer(SealRecord(type, fields, &chain_));
  NoteTransaction(type, fields, here);
  if (opened != nullptr) *opened = here;
  return JET_errSuccess;
}

/// Room for the record that ends the generation is always kept.
bool Log::Fits(size_t record_bytes) const {
  return tip_ + record_bytes + kRecordHeaderBytes <= StreamCapacity(segments_);
}

void Log::Buffer(ConstBytes record) {
  AppendBytes(&buffer_, record);
  tip_ += record.size();
}

void Log::NoteTransaction(RecordType type, ConstBytes fields, const Opened& opened) {
  if (type == RecordType::kBegin) open_.emplace(Load<uint32_t>(fields, 0), opened);
  if (type == RecordType::kCommit || type == RecordType::kRollback) {
    open_.erase(Load<uint32_t>(fields, 0));
  }
}

void Log::WaitWhileBusy(env::MutexLock& lock) {
  if (frozen_until_ == 0) {
    turn_.Wait(lock);
    return;
  }
  const uint64_t now = env_.NowMicros();
  if (now < frozen_until_) {
    turn_.WaitFor(lock, frozen_until_ - now);
  } else {
    frozen_until_ = 0;
    EndTurn(JET_errSuccess);
  }
}

/// The file is written by one thread at a time.
Err Log::WaitForTurn(env::MutexLock& lock) {
  while (busy_) WaitWhileBusy(lock);
  if (failed_ < 0) return failed_;
  busy_ = true;
  return JET_errSuccess;
}

void Log::EndTurn(Err err) {
  busy_ = rolling_ = false;
  if (err < 0) failed_ = LogError(err);
  turn_.NotifyAll();
}

void Log::SetAttachments(std::vector<std::byte> attachments) {
  env::MutexLock lock(mutex_);
  attachments_ = std::move(attachments);
}

Err Log::Flush(uint64_t* since_checkpoint) {
  if (since_checkpoint != nullptr) *since_checkpoint = 0;
  if (!logging_) return JET_errSuccess;
  env::MutexLock lock(mutex_);
  // Databases are written after the log: a freeze holds both up.
  while (frozen_until_ != 0) WaitWhileBusy(lock);
  const Err err = FlushLocked(lock);
  if (since_checkpoint != nullptr) *since_checkpoint = SinceCheckpointLocked();
  return err;
}

uint64_t Log::SinceCheckpoint() {
  if (!logging_) return 0;
  env::MutexLock lock(mutex_);
  return SinceCheckpointLocked();
}

uint64_t Log::SinceCheckpointLocked() const {
  if (checkpoint_.generation == 0) return 0;
  const uint64_t generations = log_.header.generation - checkpoint_.generation;
  return generations * StreamCapacity(segments_) + tip_ - StreamOffset(checkpoint_);
}

Err Log::FlushLocked(env::MutexLock& lock) {
  const uint32_t generation = log_.header.generation;
  const uint64_t target = tip_;
  // What a roll or another commit writes meanwhile counts for this one too.
  while (failed_ >= 0 && log_.header.generation == generation && durable_ < target) {
    if (busy_) {
      WaitWhileBusy(lock);
    } else {
      busy_ = true;
      WriteBuffered(lock);
    }
  }
  const bool durable = log_.header.generation != generation || durable_ >= target;
  return durable ? JET_errSuccess : failed_;
}

void Log::WriteBuffered(env::MutexLock& lock) {
  const uint64_t end = tip_;
  std::vector<std::byte> segments = SegmentsToWrite();
  const uint64_t durable = durable_;
  lock.Unlock();
  const Err err = WriteOut(std::move(segments), durable);
  lock.Lock();
  if (err >= 0) DropWritten(end);
  EndTurn(err);
}

void Log::DropWritten(uint64_t end) {
  const uint64_t written = SegmentStart(end) - SegmentStart(durable_);
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<ptrdiff_t>(written));
  durable_ = end;
}

std::vector<std::byte> Log::SegmentsToWrite() const {
  const size_t count = (buffer_.size() + kSegmentPayload - 1) / kSegmentPayload;
  std::vector<std::byte> segments(count * kSegmentBytes);
  for (size_t i = 0; i < count; ++i) {
    const size_t from = i * kSegmentPayload;
    const size_t bytes = std::min(kSegmentPayload, buffer_.size() - from);
    StoreBytes(segments, i * kSegmentBytes + kSegmentHeaderBytes,
               ConstBytes(buffer_).subspan(from, bytes));
  }
  return segments;
}

/// A rewritten segment keeps every byte of the records it held, so a torn write loses none of them.
Err Log::WriteOut(std::vector<std::byte> segments, uint64_t durable) {
  const uint16_t first = PositionAt(0, durable).sector;
  uint16_t sector = first;
  for (size_t at = 0; at < segments.size(); at += kSegmentBytes) {
    SealSegment(Bytes(segments).subspan(at, kSegmentBytes), log_.header, sector++, durable);
  }
  env::IoStatus status = WriteFully(*log_.file, uint64_t{first} * kSegmentBytes, segments);
  if (status == env::IoStatus::kOk) status = log_.file->Sync();
  return FromIo(status);
}

Log::Mark Log::OldestNeeded() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  // No redo could start behind the record that ends a generation.
  Opened oldest = before_end_;
  if (!rolling_) oldest = {PositionAt(log_.header.generation, tip_), chain_};
  for (const auto& [transaction, opened] : open_) {
    if (opened.position < oldest.position) oldest = opened;
  }
  if (attaching_ && attaching_->opened.position < oldest.position) oldest = attaching_->opened;
  return {oldest.position, oldest.chain, attaching_ ? attaching_->before : attachments_};
}

void Log::SetCheckpoint(LogPosition position) {
  env::MutexLock lock(mutex_);
  checkpoint_ = position;
}

Log::Generations Log::CurrentGenerations() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return {checkpoint_.generation, log_.header.generation, log_.header.created};
}

LogPosition Log::TipPosition() {
  env::MutexLock lock(mutex_, env::Section::kCommutes);
  return logging_ ? PositionAt(log_.header.generation, tip_) : LogPosition{};
}

uint32_t Log::current_generation() {
  env::MutexLock lock(mutex_);
  return log_.header.generation;
}

uint32_t Log::checkpoint_generation() {
  env::MutexLock lock(mutex_);
  return checkpoint_.generation;
}

Err Log::AppendBackupRecord(BackupRecord phase, BackupScope scope, uint32_t low, uint32_t high) {
  std::vector<std::byte> fields;
  AppendValue(&fields, phase);
  AppendValue(&fields, scope);
  AppendValue(&fields, low);
  AppendValue(&fields, high);
  return Append(RecordType::kBackup, fields);
}

}  // namespace backstop::engine
