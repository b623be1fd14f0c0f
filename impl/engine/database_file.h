// SPDX-License-Identifier: MIT
// The file of a database: header, copy of the header, data pages. Every data page in it is
// formatted and carries its checksum, from the moment it exists.
#pragma once

#include <memory>
#include <string>

#include "impl/engine/bytes.h"
#include "impl/engine/db_header.h"
#include "impl/engine/err.h"
#include "impl/engine/range_lock.h"
#include "impl/env/env.h"

namespace backstop::engine {

/// Pages of a new database: as many as third-party readers need.
inline constexpr uint32_t kInitialPages = 24;
inline constexpr uint32_t kFreePagesPage = 3;  ///< lists pages that were used once
inline constexpr uint32_t kCatalogPage = 4;
inline constexpr uint32_t kShadowCatalogPage = 24;
inline constexpr uint32_t kDatabaseObject = 1;
inline constexpr uint32_t kCatalogObject = 2;
inline constexpr uint32_t kShadowCatalogObject = 3;

/// Reads the header of a database file that may be in use or of any page size.
/// JET_errFileNotFound, or what DecodeDatabaseHeader says when both copies are bad.
Err ReadDatabaseHeader(env::Env& env, const std::string& path, DatabaseHeader* header);

/// Page calls may come from several threads; header and size calls from one at a time.
class DatabaseFile {
 public:
  DatabaseFile(env::Env& env, std::string path, uint32_t page_bytes);

  const std::string& path() const { return path_; }
  uint32_t page_bytes() const { return page_bytes_; }

  /// Makes the file with its first pages, durably. JET_errDatabaseDuplicate if it exists, unless
  /// `overwrite`.
  Err Create(const DatabaseHeader& header, bool overwrite);
  /// Opens the file and reads its header. JET_errFileNotFound, JET_errPageSizeMismatch, or what
  /// DecodeDatabaseHeader says when both copies are bad.
  Err Open(DatabaseHeader* header, bool read_only = false);
  /// Writes header and copy one after the other, so that one is whole whatever happens.
  Err WriteHeader(const DatabaseHeader& header);

  /// Whole data pages that the file has room for.
  uint32_t CountPages();
  /// Reads data pages from `first` on and verifies them; tries again when it fails.
  /// JET_errReadVerifyFailure, JET_errDiskIO.
  Err ReadPages(uint32_t first, Bytes pages);
  /// Seals the page and writes it.
  Err WritePage(uint32_t number, Bytes page);
  /// Takes the last page of the file off, durably.
  Err CutLastPage();
  /// Makes [first, end) empty pages, durably.
  Err FormatPages(uint32_t first, uint32_t end);
  Err Sync() { return FromIo(file_->Sync()); }

 private:
  uint64_t Offset(uint32_t page) const { return (uint64_t{page} + 1) * page_bytes_; }
  Err TryRead(uint32_t first, Bytes pages);
  Err ReadPage(uint32_t number, Bytes page);

  env::Env& env_;
  std::string path_;
  uint32_t page_bytes_;
  std::unique_ptr<env::File> file_;
  RangeLock ranges_;
};

}  // namespace backstop::engine
