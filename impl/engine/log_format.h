// SPDX-License-Identifier: MIT
// A log file: a header page, then segments of one sector each (contract section 8.7).
#pragma once

#include <cstdint>

#include "impl/engine/bytes.h"
#include "impl/engine/err.h"
#include "impl/engine/log_position.h"

namespace backstop::engine {

inline constexpr size_t kSegmentBytes = 4096;
inline constexpr size_t kSegmentHeaderBytes = 40;
inline constexpr size_t kSegmentPayload = kSegmentBytes - kSegmentHeaderBytes;
inline constexpr size_t kLogAttachmentBytesMax = 2048 - sizeof(uint32_t);

struct LogHeader {
  uint32_t generation = 0;
  uint32_t segments = 0;  ///< file size in segments, the header page included
  uint32_t page_bytes = 0;
  JET_LOGTIME created = {};
  JET_LOGTIME previous_created = {};
  JET_SIGNATURE signature = {};
  LogPosition checkpoint;              ///< when the file was created
  std::vector<std::byte> attachments;  ///< when the file was created; see attachments.h
};

void EncodeLogHeader(const LogHeader& header, Bytes page);
/// JET_errLogFileCorrupt for damage, JET_errBadLogVersion for an unknown format.
Err DecodeLogHeader(ConstBytes page, LogHeader* header);
/// Binds records to their file: what the chain of record checksums starts from.
uint32_t ChainStart(const LogHeader& header);

/// Places in a generation, counted in bytes of record data: 0 is the start of segment 1.
LogPosition PositionAt(uint32_t generation, uint64_t stream_offset);
uint64_t StreamOffset(const LogPosition& position);
inline uint64_t StreamCapacity(uint32_t segments) {
  return uint64_t{segments - 1} * kSegmentPayload;
}

/// Writes header and checksum of a segment whose record data is in place. `durable`: up to this
/// place the generation was durable before the segment was written.
void SealSegment(Bytes segment, const LogHeader& header, uint16_t sector, uint64_t durable);
/// What a sealed segment says about that.
uint64_t DurableBefore(ConstBytes segment);
/// A segment that was never written is all zeros and valid.
bool SegmentIsSealed(ConstBytes segment, uint32_t generation, uint16_t sector);

}  // namespace backstop::engine
