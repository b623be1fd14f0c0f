// SPDX-License-Identifier: MIT
#include "sim/harness/stream_position.h"

#include <cstring>
#include <optional>

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

uint32_t XorOfWords(std::span<const std::byte> page) {
  uint64_t sum = 0;
  for (size_t offset = 8; offset < page.size(); offset += 8) sum ^= Load<uint64_t>(page, offset);
  return static_cast<uint32_t>(sum) ^ static_cast<uint32_t>(sum >> 32);
}

/// The low half of the checksum is the XOR of the page combined with the page number; page n lies
/// behind two header pages at stream offset n + 1.
std::optional<int32_t> DatabasePageOffset(std::span<const std::byte> page) {
  if ((Load<uint32_t>(page, 36) & kNewChecksumFormat) == 0) return std::nullopt;
  if (Load<uint32_t>(page, 4) == kHeaderSignature) return std::nullopt;
  const uint32_t number = Load<uint32_t>(page, 0) ^ XorOfWords(page);
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
