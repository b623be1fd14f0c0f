// SPDX-License-Identifier: MIT
// The logs of a restore: those of the backup, and newer ones of the same stream in the directory
// where the restored databases will be used.
#pragma once

#include <cstdint>

#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/engine/log_files.h"
#include "impl/engine/log_position.h"

namespace backstop::engine {

struct RestoreLogs {
  uint32_t low = 0;          ///< first generation given
  uint32_t high = 0;         ///< last generation given
  uint32_t last = 0;         ///< last archived generation of the stream
  bool has_current = false;  ///< the directory has the file that is being written, too
  LogHeader first;           ///< of generation `low`
  LogHeader last_given;      ///< of generation `high`
};

/// Checks the headers of the generations given, the lowest first; `files` takes them from the
/// backup. JET_errFileNotFound, JET_errLogFileCorrupt, JET_errLogFileSizeMismatch,
/// JET_errFileIOBeyondEOF, JET_errGivenLogFileHasBadSignature,
/// JET_errGivenLogFileIsNotContiguous.
Err CheckGivenLogs(const Dialect& dialect, const LogFiles& files, RestoreLogs* logs);

/// Checks the headers of what the directory of `files` holds:
/// JET_errExistingLogFileHasBadSignature, JET_errExistingLogFileIsNotContiguous, damage as above.
Err CheckExistingLogs(const LogFiles& files, RestoreLogs* logs);

/// Opens the last file of the stream, where redo ends.
Err OpenLastLog(const LogFiles& files, const RestoreLogs& logs, LogFile* last, bool* archived);

/// Reads all records, so that damage is noticed before anything is changed. `*backup_ends`: whether
/// a backup that was begun at `begun` came to its log info or to its end within them.
/// JET_errLogCorruptDuringHardRestore in a generation given, JET_errLogCorruptDuringHardRecovery in
/// one that was there.
Err ScanLogs(const LogFiles& files, const RestoreLogs& logs, LogPosition begun, bool* backup_ends);

}  // namespace backstop::engine
