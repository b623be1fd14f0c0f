// SPDX-License-Identifier: MIT
#include "impl/engine/log_format.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

#include "impl/engine/checksum.h"

namespace backstop::engine {
namespace {

constexpr uint32_t kMajor = 8;
constexpr uint32_t kMinor = 4000;
constexpr uint32_t kFileTypeLog = 3;

enum HeaderOffset : size_t {
  kGeneration = 4,
  kSectorBytes = 8,
  kHeaderSectors = 10,
  kFileSectors = 12,
  kPageBytes = 14,
  kCreated = 16,
  kPreviousCreated = 24,
  kVersionMajor = 32,
  kVersionMinor = 36,
  kSignature = 44,
  kCheckpoint = 640,
  kFileType = 667,
  kAttachments = 671,
};

enum SegmentOffset : size_t { kSegmentPosition = 8, kSegmentTime = 16, kSegmentDurable = 24 };

}  // namespace

void EncodeLogHeader(const LogHeader& header, Bytes page) {
  std::fill(page.begin(), page.end(), std::byte{0});
  Store(page, kGeneration, header.generation);
  Store(page, kSectorBytes, static_cast<uint16_t>(kSegmentBytes));
  Store(page, kHeaderSectors, uint16_t{1});
  Store(page, kFileSectors, static_cast<uint16_t>(header.segments));
  Store(page, kPageBytes, static_cast<uint16_t>(header.page_bytes));
  Store(page, kCreated, header.created);
  Store(page, kPreviousCreated, header.previous_created);
  Store(page, kVersionMajor, kMajor);
  Store(page, kVersionMinor, kMinor);
  Store(page, kSignature, header.signature);
  Store(page, kCheckpoint, header.checkpoint.ToJet());
  Store(page, kFileType, kFileTypeLog);
  Store(page, kAttachments, static_cast<uint32_t>(header.attachments.size()));
  StoreBytes(page, kAttachments + sizeof(uint32_t), header.attachments);
  SealHeader(page);
}

Err DecodeLogHeader(ConstBytes page, LogHeader* header) {
  if (!HeaderIsSealed(page)) return JET_errLogFileCorrupt;
  if (Load<uint32_t>(page, kVersionMajor) != kMajor) return JET_errBadLogVersion;
  if (Load<uint32_t>(page, kFileType) != kFileTypeLog) return JET_errBadLogVersion;
  const uint32_t attachment_bytes = Load<uint32_t>(page, kAttachments);
  if (attachment_bytes > kLogAttachmentBytesMax) return JET_errLogFileCorrupt;
  header->generation = Load<uint32_t>(page, kGeneration);
  header->segments = Load<uint16_t>(page, kFileSectors);
  header->page_bytes = Load<uint16_t>(page, kPageBytes);
  header->created = Load<JET_LOGTIME>(page, kCreated);
  header->previous_created = Load<JET_LOGTIME>(page, kPreviousCreated);
  header->signature = Load<JET_SIGNATURE>(page, kSignature);
  header->checkpoint = LogPosition::FromJet(Load<JET_LGPOS>(page, kCheckpoint));
  const ConstBytes list = page.subspan(kAttachments + sizeof(uint32_t), attachment_bytes);
  header->attachments.assign(list.begin(), list.end());
  return JET_errSuccess;
}

uint32_t ChainStart(const LogHeader& header) {
  std::vector<std::byte> identity;
  AppendValue(&identity, header.generation);
  AppendValue(&identity, header.created);
  AppendValue(&identity, header.signature);
  return static_cast<uint32_t>(XXH3_64bits(identity.data(), identity.size()));
}

LogPosition PositionAt(uint32_t generation, uint64_t stream_offset) {
  return {generation, static_cast<uint16_t>(1 + stream_offset / kSegmentPayload),
          static_cast<uint16_t>(kSegmentHeaderBytes + stream_offset % kSegmentPayload)};
}

uint64_t StreamOffset(const LogPosition& position) {
  return uint64_t{position.sector - 1u} * kSegmentPayload + position.byte - kSegmentHeaderBytes;
}

uint64_t DurableBefore(ConstBytes segment) { return Load<uint64_t>(segment, kSegmentDurable); }

void SealSegment(Bytes segment, const LogHeader& header, uint16_t sector, uint64_t durable) {
  std::fill_n(segment.begin(), kSegmentHeaderBytes, std::byte{0});
  const LogPosition start{header.generation, sector, 0};
  Store(segment, kSegmentPosition, start.ToJet());
  Store(segment, kSegmentTime, header.created);
  Store(segment, kSegmentDurable, durable);
  Store(segment, 0, EccChecksum(segment, sector));
}

bool SegmentIsSealed(ConstBytes segment, uint32_t generation, uint16_t sector) {
  const auto position = LogPosition::FromJet(Load<JET_LGPOS>(segment, kSegmentPosition));
  if (position == LogPosition{generation, sector, 0}) {
    return Load<uint64_t>(segment, 0) == EccChecksum(segment, sector);
  }
  return std::all_of(segment.begin(), segment.end(), [](std::byte b) { return b == std::byte{0}; });
}

}  // namespace backstop::engine
