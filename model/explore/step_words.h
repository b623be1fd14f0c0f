// SPDX-License-Identifier: MIT
// The words in which invariants of steps are written.
#pragma once

#include <cstring>

#include "impl/esent.h"
#include "model/explore/invariants.h"

namespace backstop::model {

inline constexpr OpSet kLogLists =
    SetOf(Op::kGetLogInfo, Op::kGetLogInfo2, Op::kGetTruncateLogInfo);
inline constexpr OpSet kLogCalls = kLogLists | SetOf(Op::kTruncateLog);
inline constexpr OpSet kOpens = SetOf(Op::kOpenFile, Op::kOpenFileSection);
inline constexpr OpSet kDataCalls = kLogCalls | kOpens | SetOf(Op::kGetAttachInfo, Op::kReadFile);
inline constexpr OpSet kEnds = SetOf(Op::kEndExternalBackup, Op::kEndExternalBackup2);
/// The streaming calls that act on a backup that runs.
inline constexpr OpSet kStreamingCalls = kDataCalls | kEnds | SetOf(Op::kCloseFile);
inline constexpr OpSet kBegins = SetOf(Op::kBeginExternalBackup);

inline bool Refused(const StepView& s) { return s.reaction.err < 0; }

inline bool HasBackup(const InstanceState& i) { return i.backup.phase != Phase::kNoBackup; }

/// A backup that streaming calls act on; the original engine takes a snapshot for one.
inline bool HasLocal(const StepView& s) {
  const Phase phase = s.old_instance().backup.phase;
  return phase == Phase::kDatabases || phase == Phase::kLogs ||
         (!s.strict && phase == Phase::kSnapshot);
}

/// JetBackupInstance runs the backup and lets no other call touch it.
inline bool IsBarred(const StepView& s) { return s.strict && s.old_instance().backup.whole; }

/// The call reaches a backup that it may act on.
inline bool ActsOnBackup(const StepView& s) { return s.Admitted() && HasLocal(s) && !IsBarred(s); }

inline bool FileIsOpen(const InstanceState& i) { return i.backup.file.kind != FileKind::kNone; }

/// Exactly one of Normal and Abort is given.
inline bool EndBitsAreGood(const Call& call) {
  if (call.op != Op::kEndExternalBackup2) return true;
  return ((call.grbit & JET_bitBackupEndNormal) != 0) !=
         ((call.grbit & JET_bitBackupEndAbort) != 0);
}

inline bool SameHeaders(const InstanceState& a, const InstanceState& b) {
  return std::memcmp(&a.headers, &b.headers, sizeof a.headers) == 0 &&
         a.full_backups == b.full_backups && a.snapshot_fulls == b.snapshot_fulls;
}

}  // namespace backstop::model
