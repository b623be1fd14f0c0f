// SPDX-License-Identifier: MIT
#include "sim/harness/durability/row_payload.h"

#include <algorithm>
#include <cstring>

namespace backstop::harness {
namespace {

/// The mark, over and over: so no part of a row can be that of another.
template <class Payload>
Payload Filled(RowMark mark) {
  Payload payload;
  for (size_t at = 0; at < payload.size(); at += sizeof mark) {
    std::memcpy(&payload[at], &mark, sizeof mark);
  }
  return payload;
}

}  // namespace

RowPayload PayloadOf(RowMark mark) { return Filled<RowPayload>(mark); }

PreparedPayload PreparedPayloadOf(unsigned row) {
  return Filled<PreparedPayload>(MarkOf(kPreparedThread, row));
}

std::vector<RowMark> PreparedMarks() {
  std::vector<RowMark> marks;
  for (unsigned row = 0; row < kPreparedRows; ++row) marks.push_back(MarkOf(kPreparedThread, row));
  return marks;
}

std::optional<RowMark> MarkIn(std::span<const std::byte> row) {
  RowMark mark = 0;
  if (row.size() < sizeof mark) return std::nullopt;
  std::memcpy(&mark, row.data(), sizeof mark);
  const bool prepared = mark >> 16 == kPreparedThread;
  if (row.size() != (prepared ? sizeof(PreparedPayload) : sizeof(RowPayload))) return std::nullopt;
  const bool whole = std::equal(row.begin() + sizeof mark, row.end(), row.begin());
  return whole ? std::optional(mark) : std::nullopt;
}

}  // namespace backstop::harness
