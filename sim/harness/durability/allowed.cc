// SPDX-License-Identifier: MIT
#include "sim/harness/durability/allowed.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

#include "model/lifecycle.h"

namespace backstop::harness {
namespace {

/// How the clauses of a call begin.
struct Family {
  std::string_view call;
  std::string_view clauses;
};
constexpr Family kFamilies[] = {
    {"JetInit", "INIT-"},
    {"JetTerm2", "TERM-"},
    {"JetBeginExternalBackupInstance", "BEGIN-"},
    {"JetOpenFileInstance", "OPEN-"},
    {"JetReadFileInstance", "READ-"},
    {"JetGetLogInfoInstance2", "LOGINFO-"},
    {"JetTruncateLogInstance", "TRUNC-"},
    {"JetEndExternalBackupInstance", "END-"},
    {"JetBackupInstance", "BACKUP-"},
    {"JetExternalRestore2", "EXTRESTORE-"},
    {"JetRestoreInstance", "RESTORE-"},
};

uint32_t Bit(model::Fault fault) { return 1u << static_cast<unsigned>(fault); }

/// The faults of the specification that a failed operation can be to a call.
uint32_t FaultsOf(SweepFault fault) {
  if (fault == SweepFault::kLogDiskFull) return Bit(model::Fault::kLogDiskFull);
  return fault == SweepFault::kError ? Bit(model::Fault::kIo) : 0;
}

bool HasRow(SweepFault fault, std::string_view call, JET_ERR err) {
  const auto* family = std::ranges::find(kFamilies, call, &Family::call);
  if (family == std::end(kFamilies)) return false;
  return std::ranges::any_of(model::Rows(), [&](const model::RowInfo& row) {
    return row.err == err && (row.faults & FaultsOf(fault)) != 0 &&
           std::string_view(row.clause).starts_with(family->clauses);
  });
}

bool IsOneOf(JET_ERR err, std::initializer_list<JET_ERR> codes) {
  return std::ranges::find(codes, err) != codes.end();
}

/// The codes that the API names after what the disk did.
bool IsDocumented(SweepFault fault, JET_ERR err) {
  switch (fault) {
    case SweepFault::kError:
      return IsOneOf(err, {JET_errDiskIO, JET_errLogWriteFail});
    case SweepFault::kLogDiskFull:
      return IsOneOf(err, {JET_errLogDiskFull, JET_errDiskFull});
    case SweepFault::kDatabaseDiskFull:
      return err == JET_errDiskFull;
    default:
      return false;  // what was not transferred is transferred after it
  }
}

}  // namespace

bool IsAllowed(SweepFault fault, const std::string& call, JET_ERR err) {
  return HasRow(fault, call, err) || IsDocumented(fault, err);
}

bool TellsDamage(JET_ERR err) {
  return IsOneOf(
      err, {JET_errReadVerifyFailure, JET_errLogReadVerifyFailure, JET_errDatabaseCorrupted,
            JET_errLogFileCorrupt, JET_errLogFileSizeMismatch, JET_errBadLogSignature,
            JET_errInvalidLogSequence, JET_errRequiredLogFilesMissing, JET_errMissingLogFile,
            JET_errAttachedDatabaseMismatch, JET_errFileIOBeyondEOF, JET_errDatabaseDirtyShutdown,
            JET_errDbTimeBeyondMaxRequired, JET_errLogCorruptDuringHardRestore, JET_errBadPatchPage,
            JET_errDatabasePatchFileMismatch, JET_errReadLostFlushVerifyFailure});
}

bool EndsInstance(JET_ERR err) {
  return IsOneOf(err, {JET_errLogWriteFail, JET_errLogDiskFull, JET_errInstanceUnavailable,
                       JET_errInstanceUnavailableDueToFatalLogDiskFull});
}

}  // namespace backstop::harness
