// SPDX-License-Identifier: MIT
// A copy of a database as a streaming backup wrote it: header, copy of the header, data pages,
// trailer page.
#pragma once

#include <cstdint>
#include <string>

#include "impl/engine/db_header.h"
#include "impl/engine/err.h"
#include "impl/env/env.h"

namespace backstop::engine {

struct RestoreCopy {
  std::string path;
  DatabaseHeader header;
  Trailer trailer;
  bool has_trailer = false;  ///< false only when an earlier restore has taken it off

  /// Generations that redo has to read at least.
  uint32_t first_needed() const { return header.full_cur.genLow; }
  uint32_t last_needed() const {
    return trailer.backup.genHigh != 0 ? trailer.backup.genHigh : header.generation_max_required;
  }
};

/// Reads the header. JET_errFileNotFound, JET_errDatabaseCorrupted (also for a file of two pages or
/// less), JET_errPageSizeMismatch, JET_errRestoreOfNonBackupDatabase, I/O errors.
Err OpenCopy(env::Env& env, const std::string& path, uint32_t page_bytes, RestoreCopy* copy);

/// Reads the trailer and compares it with the header and the logs. JET_errBadPatchPage,
/// JET_errDatabasePatchFileMismatch.
Err CheckTrailer(env::Env& env, const JET_SIGNATURE& log_signature, RestoreCopy* copy);

/// Makes the copy a database that redo may open: its header says that it needs the generations up
/// to `high`, and the trailer is gone. Can be done again after a crash.
Err PrepareCopy(env::Env& env, const RestoreCopy& copy, uint32_t high);

}  // namespace backstop::engine
