// SPDX-License-Identifier: MIT
// The log info of a backup and the truncation.
#include <bit>

#include "model/explore/step_words.h"

namespace backstop::model {

namespace {

bool OpenFileBarsLogCalls(const StepView& s) {
  if (!ActsOnBackup(s) || s.old_instance().backup.stop || !FileIsOpen(s.old_instance())) {
    return true;
  }
  return s.reaction.err == JET_errInvalidBackupSequence && !s.changed;
}

bool LogInfoIsIdempotent(const StepView& s) {
  const BackupState& backup = s.old_instance().backup;
  if (Refused(s) || s.reaction.waits || !backup.prepared) return true;
  if (s.call.op == Op::kGetTruncateLogInfo) return !s.changed;
  if (backup.copy_end == 0) return true;
  return !s.changed && s.reaction.low == backup.copy_low && s.reaction.high + 1 == backup.copy_end;
}

bool OnlyLogInfoPrepares(const StepView& s) {
  return s.old_instance().backup.prepared || !s.new_instance().backup.prepared;
}

bool PreparedStays(const StepView& s) {
  const bool same = HasBackup(s.old_instance()) && HasBackup(s.new_instance());
  return !same || !s.old_instance().backup.prepared || s.new_instance().backup.prepared;
}

bool TruncationNeedsTheLogs(const StepView& s) {
  const BackupState& backup = s.old_instance().backup;
  if (Refused(s) || backup.early_log) return true;
  const uint32_t listed = backup.copy_end - backup.copy_low;
  return listed > 0 && std::popcount(backup.logs_read) == static_cast<int>(listed);
}

bool OnlyLogCallsDelete(const StepView& s) {
  return s.new_instance().deleted_below <= s.old_instance().deleted_below;
}

bool ARefusedTruncationDeletesNothing(const StepView& s) {
  if (s.reaction.err != JET_errLogFileNotCopied && s.reaction.err != JET_errInvalidBackupSequence) {
    return true;
  }
  return !s.changed;
}

constexpr OpSet kTruncations = SetOf(Op::kTruncateLog);

constexpr StepInvariant kInvariants[] = {
    {"INV-23", "With a file open the log calls are refused and change nothing.",
     OpenFileBarsLogCalls, kLogCalls},
    {"INV-27", "A later log info shows what the first one showed and changes nothing.",
     LogInfoIsIdempotent, kLogLists},
    {"INV-28", "Only a log info, or JetBackupInstance, rolls the log for a backup.",
     OnlyLogInfoPrepares, kAnyOp & ~(kLogLists | SetOf(Op::kBackup)), true},
    {"INV-28", "The log rolls once for a backup.", PreparedStays, kAnyOp, true},
    {"INV-29", "Logs are truncated only if every listed one is copied.", TruncationNeedsTheLogs,
     kTruncations, false, true, HoldsIn::kStrict},
    {"INV-29", "A truncation that finds logs not copied deletes nothing.",
     ARefusedTruncationDeletesNothing, kTruncations, true},
    {"INV-15", "Nothing but a truncation, and the log info that tells of it, deletes logs.",
     OnlyLogCallsDelete, kAnyOp & ~kLogCalls, true},
};

}  // namespace

std::span<const StepInvariant> LogInvariants() { return kInvariants; }

}  // namespace backstop::model
