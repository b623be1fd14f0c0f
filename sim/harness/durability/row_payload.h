// SPDX-License-Identifier: MIT
// The bytes of the rows that runs work with: each row tells who inserted it, and damage shows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace backstop::harness {

/// Names a row: the thread that inserted it and a number of its own.
using RowMark = uint32_t;

/// What was found in a table, by mark.
using FoundRows = std::map<RowMark, unsigned>;

constexpr RowMark MarkOf(unsigned thread, unsigned number) { return thread << 16 | number; }

/// The rows that every prepared database holds.
inline constexpr unsigned kPreparedThread = 0xff;
inline constexpr unsigned kPreparedRows = 200;

using RowPayload = std::array<std::byte, 64>;
RowPayload PayloadOf(RowMark mark);

using PreparedPayload = std::array<std::byte, 200>;
PreparedPayload PreparedPayloadOf(unsigned row);
std::vector<RowMark> PreparedMarks();

/// The mark of a row as it was read; nothing if its bytes are not those of any row.
std::optional<RowMark> MarkIn(std::span<const std::byte> row);

}  // namespace backstop::harness
