// SPDX-License-Identifier: MIT
#include "impl/engine/log_tail.h"

#include <algorithm>

#include "impl/engine/log_record.h"

namespace backstop::engine {
namespace {

constexpr size_t kSectorBytes = 512;

bool IsZero(ConstBytes bytes) {
  return std::ranges::all_of(bytes, [](std::byte b) { return b == std::byte{0}; });
}

/// Record data that is spread over segments.
class RecordData {
 public:
  /// `first` is the stream offset at which the first segment starts.
  RecordData(ConstBytes segments, uint64_t first) : segments_(segments), first_(first) {}

  uint64_t end() const { return first_ + segments_.size() / kSegmentBytes * kSegmentPayload; }

  std::vector<std::byte> Read(uint64_t offset, size_t bytes) const {
    std::vector<std::byte> data;
    while (data.size() < bytes) {
      const uint64_t at = offset + data.size();
      AppendBytes(&data, Rest(at, bytes - data.size(), kSegmentBytes));
    }
    return data;
  }
  /// Whether a sector has nothing of the bytes from `offset` on that it should have.
  bool AnySectorIsMissing(uint64_t offset, size_t bytes) const {
    for (size_t done = 0; done < bytes;) {
      const ConstBytes part = Rest(offset + done, bytes - done, kSectorBytes);
      if (IsZero(part)) return true;
      done += part.size();
    }
    return false;
  }
  /// After the last byte that is not zero, from `offset` on; 0 if there is none.
  uint64_t LastUsed(uint64_t offset) const {
    for (uint64_t start = end(); start > offset;) {
      const uint64_t stop = start;
      start = std::max(offset, stop - kSegmentPayload);
      const ConstBytes part = Rest(start, stop - start, kSegmentBytes);
      const auto last =
          std::find_if(part.rbegin(), part.rend(), [](std::byte b) { return b != std::byte{0}; });
      if (last != part.rend()) return stop - static_cast<uint64_t>(last - part.rbegin());
    }
    return 0;
  }

 private:
  /// The bytes from a stream offset on, up to the end of their unit of the file.
  ConstBytes Rest(uint64_t offset, size_t bytes, size_t unit) const {
    const uint64_t relative = offset - first_;
    const size_t at = relative / kSegmentPayload * kSegmentBytes + kSegmentHeaderBytes +
                      relative % kSegmentPayload;
    return segments_.subspan(at, std::min(bytes, unit - at % unit));
  }

  ConstBytes segments_;
  uint64_t first_;
};

bool WasTorn(const RecordData& data, uint64_t end, uint32_t chain) {
  if (data.end() - end < kRecordHeaderBytes) return false;
  const std::vector<std::byte> bytes = data.Read(end, kRecordHeaderBytes);
  if (IsZero(bytes) || data.AnySectorIsMissing(end, kRecordHeaderBytes)) return true;
  const auto header = Load<RecordHeader>(bytes, 0);
  if (!HeaderFollows(header, chain) || header.size > data.end() - end) return false;
  return data.AnySectorIsMissing(end, header.size);
}

}  // namespace

LogEnd ExamineEnd(ConstBytes segments, const LogHeader& header, uint64_t end, uint32_t chain) {
  const RecordData data(segments, end - end % kSegmentPayload);
  LogEnd result;
  result.damaged = !WasTorn(data, end, chain);
  auto sector = PositionAt(0, end).sector;
  for (size_t at = 0; at < segments.size(); at += kSegmentBytes, ++sector) {
    const ConstBytes segment = segments.subspan(at, kSegmentBytes);
    if (IsZero(segment.first(kSegmentHeaderBytes))) continue;
    const bool sealed = SegmentIsSealed(segment, header.generation, sector);
    if (sealed && DurableBefore(segment) > end) result.damaged = true;
  }
  result.leftover_end = data.LastUsed(end);
  return result;
}

}  // namespace backstop::engine
