// SPDX-License-Identifier: MIT
#include "sim/harness/observed/model_files.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "impl/esent.h"

namespace backstop::observed {
namespace {

constexpr std::array<std::string_view, 6> kChanges = {"rm",    "rmall",   "cp",
                                                      "cpdir", "corrupt", "trunc"};
/// What logs, checkpoints and databases are found to be when they are read.
constexpr std::array kFindings = {JET_errLogFileCorrupt,
                                  JET_errInvalidLogSequence,
                                  JET_errMissingLogFile,
                                  JET_errBadLogSignature,
                                  JET_errBadDbSignature,
                                  JET_errLogFileSizeMismatch,
                                  JET_errRequiredLogFilesMissing,
                                  JET_errSoftRecoveryOnBackupDatabase,
                                  JET_errDatabaseDirtyShutdown,
                                  JET_errDbTimeBeyondMaxRequired,
                                  JET_errReadVerifyFailure,
                                  JET_errDatabaseCorrupted,
                                  JET_errAttachedDatabaseMismatch,
                                  JET_errFileIOBeyondEOF,
                                  JET_errReadLostFlushVerifyFailure};

}  // namespace

void FileWatch::Follow(const Step& step) {
  const bool done = !step.out.contains("gle") && OutNumber(step, "ok", 1) != 0;
  changed_ = changed_ || (done && std::ranges::find(kChanges, step.call) != kChanges.end());
}

bool FileWatch::Noticed(const Step& step) const {
  return changed_ && std::ranges::find(kFindings, step.err) != kFindings.end();
}

}  // namespace backstop::observed
