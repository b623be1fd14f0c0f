// SPDX-License-Identifier: MIT
// The beginning and the end of a backup, and what it leaves in the headers.
#include "model/explore/step_words.h"

namespace backstop::model {

namespace {

/// Calls that act on all instances of an OS snapshot.
constexpr OpSet kOnMembers = SetOf(Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotAbort,
                                   Op::kSnapshotEnd, Op::kFreezeTimesOut);
constexpr OpSet kStampers = kEnds | kOnMembers | SetOf(Op::kBackup);

bool EndReleases(const StepView& s) {
  const bool surrogate = s.old_instance().backup.phase == Phase::kSurrogate;
  if (!s.Admitted() || IsBarred(s) || !(HasLocal(s) || surrogate)) return true;
  if (!EndBitsAreGood(s.call)) return !s.changed;
  return s.new_instance().backup == BackupState{};
}

bool AnEndWithoutBackupSaysSo(const StepView& s) {
  if (s.reaction.err != JET_errNoBackup) return true;
  return !s.changed && !HasLocal(s);
}

bool EndBitsComeFirst(const StepView& s) {
  if (!s.Admitted()) return true;
  if (EndBitsAreGood(s.call)) return s.reaction.err != JET_errInvalidParameter;
  return s.reaction.err == JET_errInvalidParameter && !s.changed;
}

bool IsWorthless(const StepView& s) {
  const BackupState& backup = s.old_instance().backup;
  constexpr uint32_t kNothing = JET_bitBackupEndAbort | JET_bitBackupNoDbHeaderUpdate;
  if (Refused(s) || backup.stop) return true;
  if (s.call.op == Op::kEndExternalBackup2 && (s.call.grbit & kNothing) != 0) return true;
  return !backup.prepared && (s.strict || backup.full) && backup.phase != Phase::kSurrogate;
}

bool WorthlessEndStampsNothing(const StepView& s) {
  return !IsWorthless(s) || SameHeaders(s.old_instance(), s.new_instance());
}

bool OnlyEndsStamp(const StepView& s) {
  for (unsigned slot = 0; slot < kInstances; ++slot) {
    if (!SameHeaders(s.before.instances[slot], s.after.instances[slot])) return false;
  }
  return true;
}

bool AnAbortedSnapshotStampsNothing(const StepView& s) {
  const bool aborts = s.call.op == Op::kSnapshotAbort || s.call.grbit == JET_bitAbortSnapshot;
  return !aborts || OnlyEndsStamp(s);
}

bool FailingBeginChangesNothing(const StepView& s) {
  return s.stage != Stage::kOnly || !Refused(s) || !s.changed;
}

bool OneBackupAtATime(const StepView& s) {
  return s.stage != Stage::kOnly || Refused(s) || !s.changed || !HasBackup(s.old_instance());
}

bool OthersUntouched(const StepView& s) {
  for (unsigned other = 0; other < kInstances; ++other) {
    if (other != s.slot && !(s.before.instances[other] == s.after.instances[other])) return false;
  }
  return true;
}

bool NoBackupComesFirst(const StepView& s) {
  if (!s.Admitted() || HasLocal(s) || !EndBitsAreGood(s.call)) return true;
  if (Has(kEnds, s.call.op) && s.old_instance().backup.phase == Phase::kSurrogate) return true;
  return s.reaction.err == JET_errNoBackup && !s.changed;
}

/// The original engine forgets a frozen snapshot while the ANSI list calls wait.
bool WaitsInFreeze(const StepView& s) { return !s.strict && s.reaction.waits; }

bool NoBackupNeedsNone(const StepView& s) {
  return s.reaction.err != JET_errNoBackup || !HasLocal(s) || WaitsInFreeze(s);
}

bool CircularComesBeforeTheBase(const StepView& s) {
  return !s.old_instance().circular || s.reaction.err != JET_errMissingFullBackup ||
         (s.call.grbit & JET_bitBackupIncremental) == 0;
}

bool IncrementalHasItsBase(const StepView& s) {
  const InstanceState& i = s.old_instance();
  if (Refused(s) || (s.call.grbit & JET_bitBackupIncremental) == 0) return true;
  const bool surrogate = (s.call.grbit & JET_bitBackupSurrogate) != 0;
  return (i.attached & ~(surrogate ? i.snapshot_fulls : i.full_backups)) == 0;
}

bool OnlyATruncatingFullIsABase(const StepView& s) {
  const InstanceState& i = s.old_instance();
  const int gained = s.new_instance().full_backups & ~i.full_backups;
  if (gained == 0) return true;
  const bool truncated = i.backup.truncated || (s.call.op == Op::kEndExternalBackup2 &&
                                                (s.call.grbit & JET_bitBackupTruncateDone) != 0);
  return i.backup.full && truncated && (gained & ~i.backup.copied) == 0;
}

constexpr StepInvariant kInvariants[] = {
    {"INV-12", "The bits of an end are tested before everything.", EndBitsComeFirst, kEnds},
    {"INV-10", "An end with good bits releases the backup that there is.", EndReleases, kEnds},
    {"INV-11", "An end that finds no backup changes nothing.", AnEndWithoutBackupSaysSo, kEnds},
    {"INV-14", "A stopped, aborted or unfinished backup stamps no header.",
     WorthlessEndStampsNothing, kEnds, true},
    {"INV-14", "Only the end of a backup or of a snapshot stamps headers.", OnlyEndsStamp,
     kAnyOp & ~kStampers, true, false},
    {"INV-14", "An aborted snapshot stamps no header.", AnAbortedSnapshotStampsNothing,
     SetOf(Op::kSnapshotAbort, Op::kSnapshotEnd), true, false, HoldsIn::kStrict},
    {"INV-16", "A begin that fails changes nothing.", FailingBeginChangesNothing,
     kBegins | SetOf(Op::kBackup), true},
    {"INV-17", "Of two backups of an instance one runs.", OneBackupAtATime,
     kBegins | SetOf(Op::kBackup), true},
    {"INV-17", "A call on one instance does not touch the other.", OthersUntouched,
     kAnyOp & ~kOnMembers, true, false},
    {"INV-18", "Without a backup streaming calls say so before anything else.", NoBackupComesFirst,
     kStreamingCalls},
    {"INV-19", "No call says that there is no backup while one runs.", NoBackupNeedsNone,
     kStreamingCalls},
    {"INV-32", "With circular logging an incremental begin never misses its base.",
     CircularComesBeforeTheBase, kBegins},
    {"INV-33", "An incremental backup begins only after a full one of every database.",
     IncrementalHasItsBase, kBegins, true},
    {"INV-33", "Only a full backup that truncated makes a base, of what it copied.",
     OnlyATruncatingFullIsABase, kEnds, true},
};

}  // namespace

std::span<const StepInvariant> BackupInvariants() { return kInvariants; }

}  // namespace backstop::model
