// SPDX-License-Identifier: MIT
// The ends of generations: rolling to the next, and the life of archived files.
#include <algorithm>

#include "impl/engine/checksum.h"
#include "impl/engine/log.h"

namespace backstop::engine {
namespace {

constexpr uint32_t kGenerationMax = 0x7fffffff;

}  // namespace

Err Log::ForceRoll() {
  if (!logging_) return JET_errLoggingDisabled;
  env::MutexLock lock(mutex_);
  return RollLocked(lock);
}

Err Log::Freeze(uint64_t until_micros) {
  if (!logging_) return JET_errSuccess;
  env::MutexLock lock(mutex_);
  if (const Err err = RollLocked(lock); err < 0) return err;
  if (const Err err = WaitForTurn(lock); err < 0) return err;
  frozen_until_ = until_micros;
  return JET_errSuccess;
}

void Log::Thaw() {
  env::MutexLock lock(mutex_);
  if (frozen_until_ == 0) return;
  frozen_until_ = 0;
  EndTurn(JET_errSuccess);
}

/// Returns when the generation that is current now no longer is. While a thread is at it nobody can
/// append: there is no place to append to.
Err Log::RollLocked(env::MutexLock& lock) {
  const uint32_t ending = log_.header.generation;
  if (const Err err = WaitForTurn(lock); err < 0) return err;
  if (log_.header.generation != ending) {
    EndTurn(JET_errSuccess);
    return JET_errSuccess;
  }
  rolling_ = true;
  before_end_ = {PositionAt(ending, tip_), chain_};
  Buffer(SealRecord(RecordType::kEndOfGeneration, {}, &chain_));
  const LogHeader next = NextHeader();
  std::vector<std::byte> segments = SegmentsToWrite();
  const uint64_t durable = durable_;
  const uint32_t unneeded = circular_ ? UnneededBelow() : 0;
  lock.Unlock();
  LogFile log;
  Err err =
      ending == kGenerationMax ? JET_errLogSequenceEnd : WriteOut(std::move(segments), durable);
  if (err >= 0) err = SwitchFiles(next, &log);
  if (err >= 0 && unneeded != 0) Truncate(0, unneeded);  // the next roll tries again
  lock.Lock();
  if (err >= 0) BeginGeneration(std::move(log));
  EndTurn(err);
  return err < 0 ? failed_ : JET_errSuccess;
}

/// At every moment either the file named "current" or an archived one with the end record exists,
/// durably: that is what makes a roll atomic.
Err Log::SwitchFiles(const LogHeader& next, LogFile* log) {
  if (const Err err = files_.Create(next, log); err < 0) return err;
  log_.file.reset();
  if (const Err err = files_.Archive(log_.header.generation); err < 0) return err;
  return files_.Publish();
}

uint32_t Log::UnneededBelow() const {
  return hold_ == 0 ? checkpoint_.generation : std::min(hold_, checkpoint_.generation);
}

void Log::HoldGenerationsFrom(uint32_t generation) {
  env::MutexLock lock(mutex_);
  hold_ = generation;
}

uint32_t Log::lowest_generation() {
  const uint32_t current = current_generation();
  env::MutexLock lock(archive_);
  return LowestLocked(current);
}

uint32_t Log::LowestLocked(uint32_t current) {
  if (!lowest_.has_value()) {
    std::vector<uint32_t> generations;
    if (files_.List(&generations) < 0) return current;
    lowest_ = generations.empty() ? current : std::min(generations.front(), current);
  }
  return *lowest_;
}

Err Log::Truncate(uint32_t low, uint32_t end) {
  const uint32_t current = current_generation();
  env::MutexLock lock(archive_);
  const uint32_t lowest = LowestLocked(current);
  const uint32_t first = std::max(low, lowest), last = std::min(end, current);
  for (uint32_t generation = first; generation < last; ++generation) {
    const Err err = files_.Remove(generation);
    if (err < 0 && err != JET_errFileNotFound) return err;
    if (lowest_ == generation) lowest_ = generation + 1;
  }
  return first < last ? files_.SyncDirectory() : JET_errSuccess;
}

Err Log::VerifyArchived(uint32_t generation, uint64_t offset, std::span<const std::byte> bytes) {
  for (size_t at = 0; at + kSegmentBytes <= bytes.size(); at += kSegmentBytes) {
    const ConstBytes segment = bytes.subspan(at, kSegmentBytes);
    const auto sector = static_cast<uint16_t>((offset + at) / kSegmentBytes);
    LogHeader header;
    const bool good =
        sector == 0 ? DecodeLogHeader(segment, &header) >= 0 && header.generation == generation
                    : SegmentIsSealed(segment, generation, sector);
    if (!good) return JET_errLogReadVerifyFailure;
  }
  return JET_errSuccess;
}

}  // namespace backstop::engine
