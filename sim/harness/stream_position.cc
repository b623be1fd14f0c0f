// SPDX-License-Identifier: MIT
#include "sim/harness/stream_position.h"

#include <cstring>
#include <optional>

#include "sim/harness/page_sum.h"

namespace backstop::harness {
namespace {

constexpr uint32_t kHeaderSignature = 0x89abcdef;
constexpr uint32_t kNewChecksumFormat = 0x2000;

template <class T>
T Load(std::span<const std::byte> page, size_t offset) {
  T value;
  std::memcpy(&value, page.data() + offset, sizeof value);
  return value;
}

/// The low half of the checksum is the XOR of the page combined with the page number; page n lies
/// behind two header pages at stream offset n + 1.
std::optional<int32_t> DatabasePageOffset(std::span<const std::byte> page) {
  if (!IsDatabasePage(page)) return std::nullopt;
  const uint64_t sum = XorOfWords(page.subspan(8));
  const auto folded = static_cast<uint32_t>(sum) ^ static_cast<uint32_t>(sum >> 32);
  const uint32_t number = Load<uint32_t>(page, 0) ^ folded;
  return static_cast<int32_t>(number + 1);
}

/// A segment carries its own log position: 16 bits offset, 16 bits segment, 32 bits generation.
std::optional<int32_t> LogSegmentOffset(std::span<const std::byte> segment, uint32_t generation) {
  if (Load<uint32_t>(segment, 12) != generation) return std::nullopt;
  return static_cast<int32_t>(Load<uint16_t>(segment, 10));
}

template <class OffsetOf>
int32_t Position(std::span<const std::byte> bytes, OffsetOf offset_of) {
  std::optional<int32_t> first;
  for (size_t i = 0; i + kPageBytes <= bytes.size(); i += kPageBytes) {
    const std::optional<int32_t> own = offset_of(bytes.subspan(i, kPageBytes));
    if (!own) continue;
    const int32_t start = *own - static_cast<int32_t>(i / kPageBytes);
    if (first && *first != start) return kPositionTorn;
    first = start;
  }
  return first.value_or(kPositionUnknown);
}

}  // namespace

bool IsDatabasePage(std::span<const std::byte> page) {
  return (Load<uint32_t>(page, 36) & kNewChecksumFormat) != 0 &&
         Load<uint32_t>(page, 4) != kHeaderSignature;
}

int32_t DatabasePosition(std::span<const std::byte> bytes) {
  return Position(bytes, DatabasePageOffset);
}

int32_t LogPosition(std::span<const std::byte> bytes, uint32_t generation) {
  // The file header has no position; what stands at its bytes 8 to 15 are its sector sizes.
  return Position(bytes, [generation](std::span<const std::byte> segment) {
    return LogSegmentOffset(segment, generation);
  });
}

}  // namespace backstop::harness
