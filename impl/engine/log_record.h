// SPDX-License-Identifier: MIT
// The records of the log and their bytes. A record is its size (2 bytes), type (1), a check
// of these (1), a checksum chained to the record before it (4), and fields. The chain ends the
// stream exactly where writing ended: neither a torn sector nor what an earlier life left behind it
// continues it. The byte after the type is a checksum of the header alone, so that a record that
// was never written whole and one that was damaged later can be told apart (log_tail.h).
#pragma once

#include <cstdint>

#include "impl/engine/bytes.h"
#include "impl/engine/err.h"
#include "impl/engine/log_position.h"
#include "impl/engine/page.h"
#include "impl/engine/transaction.h"

namespace backstop::engine {

enum class RecordType : uint8_t {
  kNone = 0,
  kEndOfGeneration = 1,
  kBegin = 2,     ///< u32 transaction
  kCommit = 3,    ///< u32 transaction
  kRollback = 4,  ///< u32 transaction
  kPages = 5,     ///< page changes that are redone together
  kExtend = 6,    ///< u32 database, u32 pages: the database has so many pages from now on
  kCreate = 7,    ///< an attachment: the database came into being and is attached
  kAttach = 8,    ///< an attachment
  kDetach = 9,    ///< u32 database
  kBackup = 10,   ///< u8 phase, u8 scope, u32 low, u32 high
};

inline constexpr size_t kRecordHeaderBytes = 8;

struct RecordHeader {
  uint16_t size = 0;  ///< of the whole record
  RecordType type = RecordType::kNone;
  uint8_t check = 0;
  uint32_t chain = 0;
};
static_assert(sizeof(RecordHeader) == kRecordHeaderBytes);

struct Record {
  RecordType type = RecordType::kNone;
  LogPosition position;
  ConstBytes fields;
};

/// The record with header and checksum; `*chain` is that of the record before, then of this one.
std::vector<std::byte> SealRecord(RecordType type, ConstBytes fields, uint32_t* chain);
/// Whether size and type are as they were written, `chain` being that of the record before.
bool HeaderFollows(const RecordHeader& header, uint32_t chain);
/// Whether `bytes` starts with the record that follows `chain`.
bool RecordFollows(ConstBytes bytes, uint32_t chain);

enum class PageOp : uint8_t {
  kFormat,    ///< a page that holds `data`, a list of rows; see AppendPageRow
  kInsert,    ///< the row `data` at `slot`
  kRemove,    ///< the row at `slot` is no longer in the page; `data` is the row
  kReplace,   ///< the row `data` is now at `slot`; it is not deleted
  kDelete,    ///< the row at `slot` is deleted but stays; `data` is the row
  kPurge,     ///< rows, whose slots `data` lists from the highest down, are no longer in the page
  kTruncate,  ///< rows from `slot` on are no longer in the page, and `next` follows it
  kSetPrevious,  ///< `previous` comes before the page
};

/// One change of one page: redone exactly when the page is older than `after`.
struct PageChange {
  uint32_t database = 0;
  uint32_t page = 0;
  uint32_t transaction = 0;
  TreeId tree;
  uint64_t before = 0;  ///< dbtime of the page
  uint64_t after = 0;
  uint32_t flags = 0;  ///< of a formatted page
  uint32_t previous = 0;
  uint32_t next = 0;
  uint16_t slot = 0;
  PageOp op = PageOp::kFormat;
  /// What the transaction did to a row, if the change is more than one of structure.
  RowEdit edit = RowEdit::kNone;
  bool undo = false;  ///< it takes back what the transaction did last
  ConstBytes data;
  ConstBytes old;  ///< the record that the transaction replaced or deleted
};

/// Changes that belong together, in the order in which they are made.
void AppendPageChange(std::vector<std::byte>* fields, const PageChange& change);
/// `data` and `old` point into `fields`. JET_errLogFileCorrupt.
Err DecodePageChanges(ConstBytes fields, std::vector<PageChange>* changes);
/// Whether the page can take the change: what a damaged page could not.
bool CanApply(const PageChange& change, const PageView& page);
/// Does it, and brings the page's dbtime to `after`.
void ApplyPageChange(const PageChange& change, PageView page);

/// Adds the row at `slot` to a list of rows.
void AppendPageRow(std::vector<std::byte>* rows, const PageView& page, unsigned slot);
void AppendPageRow(std::vector<std::byte>* rows, ConstBytes row, bool deleted);

}  // namespace backstop::engine
