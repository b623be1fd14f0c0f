// SPDX-License-Identifier: MIT
// What the pages of databases, logs and checkpoints say about backups (contract sections 8.4 and
// 8.7). Read here from the bytes alone, as a second opinion on the code that writes them.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace backstop::harness {

using PageBytes = std::span<const std::byte>;

/// A remembered backup (BKINFO).
struct BackupMark {
  uint64_t position = 0;
  uint64_t time = 0;
  uint32_t low = 0, high = 0;  ///< generations
  bool operator==(const BackupMark&) const = default;
};

/// The header page of a database, or its copy.
struct HeaderPage {
  bool attached = false;               ///< the state of a database in use or not cleanly left
  std::array<BackupMark, 4> previous;  ///< FullPrev, IncPrev, CopyPrev, DiffPrev
  BackupMark full_current;
  const BackupMark& full_previous() const { return previous[0]; }
};

/// Whether the sum of a header, trailer or checkpoint page is right.
bool HeaderSumIsRight(PageBytes page);
/// Whether the page claims to be a database header; its sum may still be wrong.
bool ClaimsToBeHeader(PageBytes page);
HeaderPage ReadHeaderPage(PageBytes page);

/// The backup that the trailer page of a stream names; nothing if the page is no trailer.
std::optional<BackupMark> ReadTrailerPage(PageBytes page);

/// The first page of a log file.
struct LogHeader {
  uint32_t generation = 0;
  uint64_t created = 0;
  uint64_t created_before = 0;  ///< when the generation before it was created
};
/// Nothing if its sum is wrong.
std::optional<LogHeader> ReadLogHeader(PageBytes page);

/// The generation that a segment of a log file, any page after the first, says it belongs to.
uint32_t SegmentGeneration(PageBytes page);

/// The generation that crash recovery begins with. Nothing if the sum of the page is wrong.
std::optional<uint32_t> ReadCheckpoint(PageBytes page);

}  // namespace backstop::harness
