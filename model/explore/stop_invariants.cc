// SPDX-License-Identifier: MIT
// JetStopBackupInstance and what it stops.
#include "model/explore/step_words.h"

namespace backstop::model {

namespace {

constexpr OpSet kStops = SetOf(Op::kStopBackup);

bool StoppedDataCallsAreRefused(const StepView& s) {
  if (!s.Admitted() || !HasLocal(s) || !s.old_instance().backup.stop) return true;
  const Err expected = IsBarred(s) ? JET_errBackupInProgress : JET_errBackupAbortByServer;
  return s.reaction.err == expected && !s.changed;
}

bool AbortByServerNeedsAStop(const StepView& s) {
  return s.reaction.err != JET_errBackupAbortByServer || s.old_instance().backup.stop;
}

bool AFailingStopChangesNothing(const StepView& s) { return !Refused(s) || !s.changed; }

bool OnlyAStopStops(const StepView& s) {
  return s.old_instance().backup.stop || !s.new_instance().backup.stop;
}

bool AStopIsIdempotent(const StepView& s) { return !s.old_instance().backup.stop || !s.changed; }

bool ABeginIsNotStopped(const StepView& s) { return Refused(s) || !s.new_instance().backup.stop; }

bool StopSucceeds(const StepView& s) {
  return s.old_instance().life == Life::kAbsent || s.reaction.err == JET_errSuccess;
}

bool CloseWorksAfterStop(const StepView& s) {
  if (!ActsOnBackup(s)) return true;
  const FileState& file = s.old_instance().backup.file;
  const bool valid = file.kind != FileKind::kNone && file.handle == s.call.file;
  return !valid || s.reaction.err == JET_errSuccess;
}

bool EndWorksAfterStop(const StepView& s) {
  if (!ActsOnBackup(s) || !s.old_instance().backup.stop || !EndBitsAreGood(s.call)) return true;
  return !HasBackup(s.new_instance());
}

bool StopChangesOnlyTheStop(const StepView& s) {
  if (Refused(s)) return true;
  Snapshot expected = s.before;
  BackupState& backup = expected.instances[s.slot].backup;
  const bool hit =
      backup.phase != Phase::kNoBackup && !(s.strict && backup.phase == Phase::kSnapshot);
  backup.stop = backup.stop || hit;
  return s.after == expected;
}

bool StopSparesSnapshots(const StepView& s) {
  return s.old_instance().backup.phase != Phase::kSnapshot || !s.changed;
}

constexpr StepInvariant kInvariants[] = {
    {"INV-01",
     "In a stopped backup every data call is refused for the stop, or because JetBackupInstance "
     "runs it, and changes nothing.",
     StoppedDataCallsAreRefused, kDataCalls},
    {"INV-02", "Nothing is refused for a stop without one.", AbortByServerNeedsAStop},
    {"INV-03", "A failing stop changes nothing.", AFailingStopChangesNothing, kStops, true},
    {"INV-03", "Nothing but a stop stops a backup.", OnlyAStopStops, kAnyOp & ~kStops, true},
    {"INV-04", "A second stop changes nothing.", AStopIsIdempotent, kStops, true},
    {"INV-05", "A backup begins without a stop.", ABeginIsNotStopped, kBegins | SetOf(Op::kBackup),
     true},
    {"INV-06", "A stop succeeds on every live instance.", StopSucceeds, kStops},
    {"INV-08", "Closing the open file succeeds, stopped or not.", CloseWorksAfterStop,
     SetOf(Op::kCloseFile)},
    {"INV-08", "An end with good bits releases a stopped backup.", EndWorksAfterStop, kEnds},
    {"INV-51", "A stop does not touch a snapshot.", StopSparesSnapshots, kStops, true, true,
     HoldsIn::kStrict},
    {"INV-09", "A stop changes nothing but the stop, and without a backup nothing.",
     StopChangesOnlyTheStop, kStops, true},
};

}  // namespace

std::span<const StepInvariant> StopInvariants() { return kInvariants; }

}  // namespace backstop::model
