// SPDX-License-Identifier: MIT
#include "impl/esent.h"
#include "model/addressing.h"
#include "model/explore/invariants.h"

namespace backstop::model {

namespace {

bool IsDataCall(Op op) {
  return op == Op::kGetAttachInfo || op == Op::kOpenFile || op == Op::kReadFile ||
         op == Op::kGetLogInfo || op == Op::kGetTruncateLogInfo || op == Op::kTruncateLog;
}

bool IsEnd(Op op) { return op == Op::kEndExternalBackup || op == Op::kEndExternalBackup2; }

bool HasBackup(const InstanceState& i) { return i.backup.phase != Phase::kNoBackup; }

bool AdmittedStreaming(const StepView& s) { return s.Admitted() && IsStreaming(s.call); }

bool Refused(const StepView& s) { return s.reaction.err < 0; }

bool OthersUntouched(const StepView& s) {
  if (!s.Changed()) return true;
  for (unsigned other = 0; other < kInstances; ++other) {
    if (other != s.slot && !(s.before.instances[other] == s.after.instances[other])) return false;
  }
  return true;
}

bool GateRefusalChangesNothing(const StepView& s) {
  return s.reaction.row != kNoRow || !s.Changed();
}

bool StopSucceeds(const StepView& s) {
  return s.call.op != Op::kStopBackup || s.old_instance().life == Life::kAbsent ||
         s.reaction.err == JET_errSuccess;
}

bool StopChangesOnlyTheStop(const StepView& s) {
  if (s.call.op != Op::kStopBackup || Refused(s)) return true;
  Snapshot expected = s.before;
  BackupState& backup = expected.instances[s.slot].backup;
  backup.stop = backup.phase != Phase::kNoBackup;
  return s.after == expected;
}

bool OnlyAStopStops(const StepView& s) {
  if (s.call.op == Op::kStopBackup) return true;
  return s.old_instance().backup.stop || !s.new_instance().backup.stop;
}

bool StoppedDataCallsAreRefused(const StepView& s) {
  if (!AdmittedStreaming(s) || !IsDataCall(s.call.op) || !s.old_instance().backup.stop) return true;
  return s.reaction.err == JET_errBackupAbortByServer && !s.Changed();
}

bool AbortByServerNeedsAStop(const StepView& s) {
  return s.reaction.err != JET_errBackupAbortByServer || s.old_instance().backup.stop;
}

bool CloseWorksAfterStop(const StepView& s) {
  if (s.call.op != Op::kCloseFile || !AdmittedStreaming(s)) return true;
  const FileState& file = s.old_instance().backup.file;
  const bool valid = file.kind != FileKind::kNone && file.handle == s.call.file;
  return !valid || s.reaction.err == JET_errSuccess;
}

bool EndReleases(const StepView& s) {
  if (!AdmittedStreaming(s) || !IsEnd(s.call.op)) return true;
  if (s.reaction.err == JET_errNoBackup) return !HasBackup(s.old_instance()) && !s.Changed();
  if (s.reaction.err == JET_errInvalidParameter) return !s.Changed();
  return HasBackup(s.old_instance()) && !HasBackup(s.new_instance());
}

bool EndBitsComeFirst(const StepView& s) {
  if (!AdmittedStreaming(s) || s.call.op != Op::kEndExternalBackup2) return true;
  const bool one = ((s.call.grbit & 1) != 0) != ((s.call.grbit & 2) != 0);
  return one != (s.reaction.err == JET_errInvalidParameter);
}

bool WorthlessEndStampsNothing(const StepView& s) {
  if (!IsEnd(s.call.op)) return true;
  const BackupState& backup = s.old_instance().backup;
  const bool worthless = backup.stop || !backup.prepared || Refused(s);
  return !worthless || s.old_instance().full_backups == s.new_instance().full_backups;
}

bool FailingBeginChangesNothing(const StepView& s) {
  return s.call.op != Op::kBeginExternalBackup || !Refused(s) || !s.Changed();
}

bool OneBackupAtATime(const StepView& s) {
  return s.call.op != Op::kBeginExternalBackup || Refused(s) || !HasBackup(s.old_instance());
}

bool NoBackupComesFirst(const StepView& s) {
  if (!AdmittedStreaming(s) || HasBackup(s.old_instance())) return true;
  if (s.call.op == Op::kBeginExternalBackup || IsEnd(s.call.op)) return true;
  return s.reaction.err == JET_errNoBackup && !s.Changed();
}

bool NoBackupNeedsNone(const StepView& s) {
  return s.reaction.err != JET_errNoBackup || !HasBackup(s.old_instance());
}

bool SecondOpenDisturbsNothing(const StepView& s) {
  if (!AdmittedStreaming(s) || s.call.op != Op::kOpenFile) return true;
  const BackupState& backup = s.old_instance().backup;
  if (backup.file.kind == FileKind::kNone || backup.stop) return true;
  return Refused(s) && !s.Changed();
}

bool OpenFileBarsLogCalls(const StepView& s) {
  const Op op = s.call.op;
  if (op != Op::kGetLogInfo && op != Op::kGetTruncateLogInfo && op != Op::kTruncateLog) return true;
  if (!AdmittedStreaming(s)) return true;
  const BackupState& backup = s.old_instance().backup;
  if (backup.file.kind == FileKind::kNone || backup.stop) return true;
  return s.reaction.err == JET_errInvalidBackupSequence && !s.Changed();
}

bool DatabasesPhaseSurvivesFailures(const StepView& s) {
  if (!IsDataCall(s.call.op)) return true;
  if (s.call.op != Op::kOpenFile && s.call.op != Op::kReadFile) return true;
  return s.old_instance().backup.phase != Phase::kDatabases || HasBackup(s.new_instance());
}

bool ParameterErrorsChangeNothing(const StepView& s) {
  const Op op = s.call.op;
  if (s.reaction.err != JET_errInvalidParameter) return true;
  return (op != Op::kReadFile && op != Op::kCloseFile && op != Op::kGetAttachInfo) || !s.Changed();
}

bool StoppedServiceBarsStreaming(const StepView& s) {
  if (!IsStreaming(s.call) || !s.old_instance().stop_service) return true;
  return s.reaction.err == JET_errClientRequestToStopJetService && !s.Changed();
}

bool RefusedTermKeepsTheInstance(const StepView& s) {
  if (s.call.op != Op::kTerm || s.reaction.err != JET_errBackupInProgress) return true;
  Snapshot expected = s.before;
  expected.instances[s.slot].life = Life::kReady;
  return s.after == expected;
}

bool DeadHandlesGiveNoSuccess(const StepView& s) {
  const bool makes = s.call.op == Op::kCreateInstance || s.call.op == Op::kInit ||
                     s.call.op == Op::kSetSystemParameter;
  if (makes || s.reaction.err < 0) return true;
  return s.slot != kNoSlot && s.old_instance().life != Life::kAbsent;
}

bool ReadsMoveTheOffset(const StepView& s) {
  if (s.call.op != Op::kReadFile || Refused(s)) return true;
  const FileState& was = s.old_instance().backup.file;
  const FileState& is = s.new_instance().backup.file;
  return s.reaction.first_page == static_cast<int32_t>(was.offset_pages) &&
         is.offset_pages == was.offset_pages + s.reaction.pages;
}

constexpr StepInvariant kInvariants[] = {
    {"INV-17", "A call on one instance does not touch the other.", OthersUntouched, false},
    {"INV-20", "A call that the entry gate refuses changes nothing.", GateRefusalChangesNothing,
     false},
    {"INV-06", "A stop succeeds on every live instance.", StopSucceeds},
    {"INV-09", "A stop changes nothing but the stop, and without a backup nothing.",
     StopChangesOnlyTheStop},
    {"INV-03", "Nothing but a successful stop stops a backup.", OnlyAStopStops},
    {"INV-01", "In a stopped backup every data call is refused and changes nothing.",
     StoppedDataCallsAreRefused},
    {"INV-02", "Nothing is refused for a stop without one.", AbortByServerNeedsAStop},
    {"INV-08", "Closing the open file succeeds, stopped or not.", CloseWorksAfterStop},
    {"INV-11", "An end releases the backup, or says that there is none, or refuses its bits.",
     EndReleases},
    {"INV-12", "The bits of an end are tested before everything.", EndBitsComeFirst},
    {"INV-14", "A stopped or unfinished backup stamps no header.", WorthlessEndStampsNothing},
    {"INV-16", "A begin that fails changes nothing.", FailingBeginChangesNothing},
    {"INV-17", "Of two backups of an instance one runs.", OneBackupAtATime},
    {"INV-18", "Without a backup streaming calls say so before anything else.", NoBackupComesFirst},
    {"INV-19", "No call says that there is no backup while one runs.", NoBackupNeedsNone},
    {"INV-21", "A second open is refused and disturbs nothing.", SecondOpenDisturbsNothing},
    {"INV-23", "With a file open the log calls are refused and change nothing.",
     OpenFileBarsLogCalls},
    {"INV-25", "In the databases phase a failing open or read leaves the backup in progress.",
     DatabasesPhaseSurvivesFailures},
    {"INV-26", "Parameter errors change nothing.", ParameterErrorsChangeNothing},
    {"INV-42", "After JetStopService every streaming call is refused.",
     StoppedServiceBarsStreaming},
    {"INV-44", "A termination refused for a backup leaves everything as it was.",
     RefusedTermKeepsTheInstance},
    {"INV-45", "No call succeeds on an instance that is gone.", DeadHandlesGiveNoSuccess, false},
    {"INV-38", "A read gives the pages at the offset and moves it by their number.",
     ReadsMoveTheOffset},
};

}  // namespace

bool StepView::Admitted() const { return reaction.row != kNoRow && slot != kNoSlot; }

std::span<const StepInvariant> StepInvariants() { return kInvariants; }

const StepInvariant* BrokenBy(const StepView& step) {
  for (const StepInvariant& invariant : kInvariants) {
    if (step.slot == kNoSlot && invariant.of_instance) continue;
    if (!invariant.holds(step)) return &invariant;
  }
  return nullptr;
}

}  // namespace backstop::model
