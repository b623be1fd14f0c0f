// SPDX-License-Identifier: MIT
#include "sim/harness/content/pages.h"

#include <cstring>

#include "sim/harness/page_sum.h"

namespace backstop::harness {
namespace {

constexpr uint32_t kSignature = 0x89abcdef;
constexpr uint32_t kClean = 3;
constexpr size_t kTrailerBody = 40;

template <class T>
T Load(PageBytes page, size_t offset) {
  T value;
  std::memcpy(&value, page.data() + offset, sizeof value);
  return value;
}

BackupMark MarkAt(PageBytes page, size_t offset) {
  return {.position = Load<uint64_t>(page, offset),
          .time = Load<uint64_t>(page, offset + 8),
          .low = Load<uint32_t>(page, offset + 16),
          .high = Load<uint32_t>(page, offset + 20)};
}

}  // namespace

bool HeaderSumIsRight(PageBytes page) {
  // The sum itself is among the words, so that everything comes to the start value.
  const uint64_t sum = XorOfWords(page);
  return (static_cast<uint32_t>(sum) ^ static_cast<uint32_t>(sum >> 32)) == kSignature;
}

bool ClaimsToBeHeader(PageBytes page) { return Load<uint32_t>(page, 4) == kSignature; }

HeaderPage ReadHeaderPage(PageBytes page) {
  return {.attached = Load<uint32_t>(page, 52) != kClean,
          .previous = {MarkAt(page, 136), MarkAt(page, 160), MarkAt(page, 420), MarkAt(page, 444)},
          .full_current = MarkAt(page, 184)};
}

std::optional<BackupMark> ReadTrailerPage(PageBytes page) {
  if (ClaimsToBeHeader(page) || !HeaderSumIsRight(page)) return std::nullopt;
  return MarkAt(page, kTrailerBody);
}

std::optional<LogHeader> ReadLogHeader(PageBytes page) {
  if (!HeaderSumIsRight(page)) return std::nullopt;
  return LogHeader{.generation = Load<uint32_t>(page, 4),
                   .created = Load<uint64_t>(page, 16),
                   .created_before = Load<uint64_t>(page, 24)};
}

uint32_t SegmentGeneration(PageBytes page) { return Load<uint32_t>(page, 8 + 4); }

std::optional<uint32_t> ReadCheckpoint(PageBytes page) {
  if (!HeaderSumIsRight(page)) return std::nullopt;
  return Load<uint32_t>(page, 12 + 4);
}

}  // namespace backstop::harness
