// SPDX-License-Identifier: MIT
// A file that a backup hands out, as a stream of bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/env/env.h"
#include "impl/esent.h"

namespace backstop::engine {

/// How many pages the first read of a log must ask for at least (D-12).
inline constexpr unsigned kLogReadPages = 2;

/// Used by one thread at a time.
class BackupSource {
 public:
  virtual ~BackupSource() = default;
  /// Bytes in the stream, fixed when it was opened.
  virtual uint64_t size() const = 0;
  /// The first read must ask for at least this many pages (D-12).
  virtual unsigned first_read_pages() const = 0;
  /// Fills `to` from `offset`, both whole pages; the range lies inside the stream. After an error
  /// the bytes in `to` mean nothing.
  virtual Err Read(uint64_t offset, std::span<std::byte> to) = 0;
  /// The database it copies, or null.
  virtual AttachedDatabase* database() const { return nullptr; }
  /// The generation it copies, or 0.
  virtual uint32_t generation() const { return 0; }
};

/// Two header pages as they were at the opening, the data pages that were there then, and a trailer
/// that is made when the last of them has been copied. `full_cur` goes into header and trailer.
std::unique_ptr<BackupSource> OpenDatabaseSource(AttachedDatabase& database,
                                                 const JET_BKINFO& full_cur);

/// The archived log of `generation` at `path`, checked while it is read. JET_errMissingFileToBackup
/// or an I/O error.
Err OpenLogSource(env::Env& env, LogStream& log, const std::string& path, uint32_t generation,
                  std::unique_ptr<BackupSource>* source);

/// Any other file at `path`, of which only the size can be had: JET_errInvalidParameter for a read.
/// Errors as above.
Err OpenOtherSource(env::Env& env, const std::string& path, std::unique_ptr<BackupSource>* source);

}  // namespace backstop::engine
