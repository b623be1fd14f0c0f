// SPDX-License-Identifier: MIT
// The records of the log and their bytes. A record is its size (2 bytes), type (1), a zero, a
// checksum chained to the record before it (4), and fields. The chain ends the stream exactly where
// writing ended: neither a torn sector nor what an earlier life left behind it continues it.
#pragma once

#include <cstdint>

#include "impl/engine/bytes.h"
#include "impl/engine/err.h"
#include "impl/engine/log_position.h"
#include "impl/engine/page.h"

namespace backstop::engine {

enum class RecordType : uint8_t {
  kNone = 0,
  kEndOfGeneration = 1,
  kBegin = 2,     ///< u32 transaction
  kCommit = 3,    ///< u32 transaction
  kRollback = 4,  ///< u32 transaction
  kPage = 5,      ///< PageChange
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
  uint8_t unused = 0;
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
/// Whether `bytes` starts with the record that follows `chain`.
bool RecordFollows(ConstBytes bytes, uint32_t chain);

enum class PageOp : uint8_t {
  kFormat,   ///< an empty page: `object`, `flags`; `link` is the page before it
  kInsert,   ///< `row` at `slot`
  kDelete,   ///< the row at `slot`; `key` is its key
  kSetNext,  ///< `link` is the page after it
};

/// One change of one page: redone exactly when the page is older than `after`.
struct PageChange {
  uint32_t database = 0;
  uint32_t page = 0;
  uint32_t transaction = 0;
  uint32_t object = 0;
  uint64_t before = 0;  ///< dbtime of the page
  uint64_t after = 0;
  uint64_t key = 0;
  uint32_t flags = 0;
  uint32_t link = 0;
  uint16_t slot = 0;
  PageOp op = PageOp::kFormat;
  ConstBytes row;
};

std::vector<std::byte> EncodePageChange(const PageChange& change);
/// `change->row` points into `fields`.
Err DecodePageChange(ConstBytes fields, PageChange* change);
/// Does it, and brings the page's dbtime to `after`.
void ApplyPageChange(const PageChange& change, PageView page);

}  // namespace backstop::engine
