// SPDX-License-Identifier: MIT
// Reads the records of a log stream in order, over the ends of generations, up to where writing
// stopped.
#pragma once

#include <cstdint>
#include <vector>

#include "impl/engine/log_files.h"
#include "impl/engine/log_record.h"

namespace backstop::engine {

/// Where a stream ends: what a writer needs to go on.
struct LogTail {
  LogFile log;            ///< the last generation, open for writing
  uint64_t offset = 0;    ///< in record data, see PositionAt
  uint32_t chain = 0;     ///< checksum of the last record
  bool finished = false;  ///< the last record ends the generation: the next is to be made
  bool archived = false;  ///< the last generation has its number already
  /// From the segment in which this is the file has to be written again: a torn write has left
  /// records whole and the checksum of their segment old. `offset` if there is none.
  uint64_t sealed = 0;
  std::vector<std::byte> rest;  ///< record data from the segment of `sealed` to `offset`
  uint64_t leftover_end = 0;    ///< up to here the file holds what a torn write left; 0: nothing
};

/// Used by one thread.
class LogReader {
 public:
  LogReader(const LogFiles& files, LogFile current, bool current_is_archived)
      : files_(files), current_(std::move(current)), archived_(current_is_archived) {}

  /// Places the reader before the record at `position`, whose predecessor has the checksum `chain`;
  /// at the start of a generation the chain follows from the file. JET_errMissingLogFile,
  /// JET_errInvalidLogSequence, JET_errBadLogSignature and errors of LogFiles::Open.
  Err Seek(LogPosition position, uint32_t chain);
  /// Reads the next record; `*end` at the end of the stream. `record->fields` is valid until the
  /// next call. An archived generation that breaks off is JET_errLogFileCorrupt.
  Err Next(Record* record, bool* end);
  /// After the end was reached: whether the stream was written no further. JET_errLogFileCorrupt if
  /// records that were durable once are damaged.
  Err CheckEnd();
  /// After the end was reached.
  LogTail TakeTail();

  LogPosition position() const { return PositionAt(generation_, offset_); }
  const LogHeader& header() const { return InCurrent() ? current_.header : log_.header; }

 private:
  bool InCurrent() const { return generation_ == current_.header.generation; }
  env::File& file() { return InCurrent() ? *current_.file : *log_.file; }
  Err OpenGeneration(uint32_t generation);
  Err NextGeneration();
  Err Ensure(size_t bytes);
  Err ReadMore();
  uint64_t Remaining() const { return StreamCapacity(header().segments) - offset_; }
  ConstBytes Ahead() const { return ConstBytes(data_).subspan(offset_ - data_start_); }

  const LogFiles& files_;
  LogFile current_;
  bool archived_;
  LogFile log_;  ///< the archived generation being read
  uint32_t generation_ = 0;
  uint64_t offset_ = 0;          ///< of the next record
  uint64_t data_start_ = 0;      ///< stream offset of data_[0]: the start of a segment
  size_t read_ahead_ = 1;        ///< segments to read next
  std::vector<std::byte> data_;  ///< record data without segment headers
  uint32_t chain_ = 0;
  bool finished_ = false;
  uint64_t leftover_end_ = 0;
  uint64_t sealed_ = UINT64_MAX;  ///< of the current generation: where an unsealed segment starts
};

}  // namespace backstop::engine
