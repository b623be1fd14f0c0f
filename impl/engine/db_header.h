// SPDX-License-Identifier: MIT
// The header page of a database file, its copy, and the trailer page of a backup stream (contract
// sections 8.1 and 8.4).
#pragma once

#include <cstdint>

#include "impl/engine/bytes.h"
#include "impl/engine/err.h"
#include "impl/engine/log_position.h"

namespace backstop::engine {

inline constexpr uint32_t kDatabaseDirty = 2;
inline constexpr uint32_t kDatabaseClean = 3;

/// The fields in use. What a page holds beyond them is zero: third-party readers sum only its first
/// 668 bytes.
struct DatabaseHeader {
  uint32_t page_bytes = 0;
  uint64_t dbtime = 0;
  JET_SIGNATURE signature = {};
  JET_SIGNATURE log_signature = {};
  uint32_t state = kDatabaseDirty;
  bool logged = true;
  bool shadowed = true;
  LogPosition consistent, attached, detached;
  JET_LOGTIME consistent_time = {}, attach_time = {}, detach_time = {};
  uint32_t last_object = 0;
  uint32_t generation_min_required = 0;
  uint32_t generation_max_required = 0;
  uint32_t generation_max_committed = 0;
  JET_LOGTIME max_required_created = {};
  JET_BKINFO full_prev = {}, inc_prev = {}, full_cur = {}, copy_prev = {}, diff_prev = {};
};

/// The bit of a backup's time that says so.
inline constexpr uint8_t kOfSnapshot = 1;

/// Whether a remembered backup was made by a snapshot (or a surrogate), not by streaming.
constexpr bool OfSnapshot(const JET_BKINFO& backup) {
  return (backup.logtimeMark.bFiller2 & kOfSnapshot) != 0;
}

/// Fills a page of `header.page_bytes` bytes, checksum included.
void EncodeDatabaseHeader(const DatabaseHeader& header, Bytes page);
/// `page` is the first 4096 bytes at least. JET_errDatabaseCorrupted,
/// JET_errInvalidDatabaseVersion, JET_errFileInvalidType.
Err DecodeDatabaseHeader(ConstBytes page, DatabaseHeader* header);

JET_DBINFOMISC4 ToInfo(const DatabaseHeader& header);

/// Fills the trailer page: `current` is the generation that was current after the last data page.
void EncodeTrailer(const DatabaseHeader& header, const JET_BKINFO& backup, uint32_t current,
                   Bytes page);

/// What a trailer page says.
struct Trailer {
  JET_BKINFO backup = {};  ///< genHigh: the generation that was current after the last data page
  JET_SIGNATURE signature = {};
  JET_SIGNATURE log_signature = {};
};
/// False if the page is none.
bool DecodeTrailer(ConstBytes page, Trailer* trailer);

}  // namespace backstop::engine
