// SPDX-License-Identifier: MIT
#include "impl/engine/log_reader.h"

#include <algorithm>

#include "impl/engine/io.h"
#include "impl/engine/log_tail.h"
#include "impl/engine/log_time.h"

namespace backstop::engine {
namespace {

constexpr size_t kReadAheadMax = 16;

}  // namespace

Err LogReader::Seek(LogPosition position, uint32_t chain) {
  if (const Err err = OpenGeneration(position.generation); err < 0) return err;
  if (position.sector == 0 || position.byte < kSegmentHeaderBytes) return JET_errCheckpointCorrupt;
  offset_ = StreamOffset(position);
  if (offset_ > StreamCapacity(header().segments)) return JET_errCheckpointCorrupt;
  chain_ = offset_ == 0 ? ChainStart(header()) : chain;
  data_start_ = offset_ - offset_ % kSegmentPayload;
  data_.clear();
  sealed_ = UINT64_MAX;
  return offset_ == data_start_ ? JET_errSuccess : ReadMore();
}

Err LogReader::OpenGeneration(uint32_t generation) {
  generation_ = generation;
  if (InCurrent()) return JET_errSuccess;
  const Err err = files_.Open(files_.Archived(generation), env::OpenMode::kReadOnly, &log_);
  if (err == JET_errFileNotFound) return JET_errMissingLogFile;
  if (err < 0) return err;
  if (!SameSignature(log_.header.signature, current_.header.signature)) {
    return JET_errBadLogSignature;
  }
  return log_.header.generation == generation ? JET_errSuccess : JET_errInvalidLogSequence;
}

Err LogReader::NextGeneration() {
  const uint64_t created = ToMillis(header().created);
  const Err err = OpenGeneration(generation_ + 1);
  if (err == JET_errMissingLogFile) return JET_errInvalidLogSequence;
  if (err < 0) return err;
  if (ToMillis(header().previous_created) != created) return JET_errInvalidLogSequence;
  offset_ = data_start_ = 0;
  data_.clear();
  chain_ = ChainStart(header());
  return JET_errSuccess;
}

/// Gathers more segments; reads grow, since the usual scan after a clean end needs only one.
Err LogReader::ReadMore() {
  const uint64_t first = 1 + (data_start_ + data_.size()) / kSegmentPayload;
  const uint64_t count = std::min<uint64_t>(read_ahead_, header().segments - first);
  std::vector<std::byte> segments(count * kSegmentBytes);
  const env::IoStatus status = ReadFully(file(), first * kSegmentBytes, segments);
  if (status != env::IoStatus::kOk) return FromIo(status);
  for (size_t at = 0; at < segments.size(); at += kSegmentBytes) {
    const ConstBytes segment = ConstBytes(segments).subspan(at, kSegmentBytes);
    const auto sector = static_cast<uint16_t>(first + at / kSegmentBytes);
    const bool sealed = !InCurrent() || SegmentIsSealed(segment, generation_, sector);
    if (!sealed) sealed_ = std::min(sealed_, (sector - uint64_t{1}) * kSegmentPayload);
    AppendBytes(&data_, segment.subspan(kSegmentHeaderBytes, kSegmentPayload));
  }
  read_ahead_ = std::min(2 * read_ahead_, kReadAheadMax);
  return JET_errSuccess;
}

Err LogReader::Ensure(size_t bytes) {
  while (Ahead().size() < bytes) {
    if (const Err err = ReadMore(); err < 0) return err;
  }
  return JET_errSuccess;
}

Err LogReader::Next(Record* record, bool* end) {
  *end = false;
  if (finished_) {
    finished_ = false;
    if (const Err err = NextGeneration(); err < 0) return err;
  }
  uint16_t size = 0;
  if (Remaining() >= kRecordHeaderBytes) {
    if (const Err err = Ensure(kRecordHeaderBytes); err < 0) return err;
    size = Load<RecordHeader>(Ahead(), 0).size;
  }
  if (size <= Remaining()) {
    if (const Err err = Ensure(size); err < 0) return err;
  }
  if (!RecordFollows(Ahead(), chain_)) {
    *end = true;
    return InCurrent() && !archived_ ? JET_errSuccess : JET_errLogFileCorrupt;
  }
  const auto header = Load<RecordHeader>(Ahead(), 0);
  *record = {header.type, PositionAt(generation_, offset_),
             Ahead().subspan(kRecordHeaderBytes, size - kRecordHeaderBytes)};
  offset_ += size;
  chain_ = header.chain;
  finished_ = header.type == RecordType::kEndOfGeneration;
  *end = finished_ && InCurrent();
  return JET_errSuccess;
}

Err LogReader::CheckEnd() {
  leftover_end_ = 0;
  if (finished_) return JET_errSuccess;
  const uint64_t first = 1 + offset_ / kSegmentPayload;
  std::vector<std::byte> segments((header().segments - first) * kSegmentBytes);
  const env::IoStatus status = ReadFully(file(), first * kSegmentBytes, segments);
  if (status != env::IoStatus::kOk) return FromIo(status);
  const LogEnd end = ExamineEnd(segments, header(), offset_, chain_);
  leftover_end_ = end.leftover_end;
  return end.damaged ? JET_errLogFileCorrupt : JET_errSuccess;
}

LogTail LogReader::TakeTail() {
  const uint64_t sealed = archived_ ? offset_ : std::min(sealed_, offset_);
  const uint64_t segment = sealed - sealed % kSegmentPayload;
  const auto first = data_.begin() + static_cast<ptrdiff_t>(segment - data_start_);
  const auto last = data_.begin() + static_cast<ptrdiff_t>(offset_ - data_start_);
  return {.log = std::move(current_),
          .offset = offset_,
          .chain = chain_,
          .finished = finished_,
          .archived = archived_,
          .sealed = sealed,
          .rest = std::vector<std::byte>(first, last),
          .leftover_end = leftover_end_};
}

}  // namespace backstop::engine
