// SPDX-License-Identifier: MIT
// The entry tests, services, termination, and databases beside a backup.
#include "model/addressing.h"
#include "model/explore/step_words.h"

namespace backstop::model {

namespace {

constexpr OpSet kTerms = SetOf(Op::kTerm);
constexpr OpSet kStops = SetOf(Op::kStopBackup, Op::kStopService, Op::kStopServiceInstance2);
/// Calls with all entry tests.
constexpr OpSet kEntering = kStreamingCalls | kBegins | SetOf(Op::kBackup, Op::kBeginSession);
constexpr OpSet kDatabaseCalls = SetOf(Op::kInsertRow, Op::kCommitTransaction, Op::kCreateDatabase,
                                       Op::kOpenDatabase, Op::kCloseDatabase);
constexpr OpSet kAttachings = SetOf(Op::kAttachDatabase, Op::kDetachDatabase);

constexpr Err kAdmitted = 0;

Err LifeRefuses(const InstanceState& i) {
  switch (i.life) {
    case Life::kTerminating:
      return JET_errTermInProgress;
    case Life::kRestoring:
      return JET_errRestoreInProgress;
    case Life::kReady:
      return kAdmitted;
    default:
      return JET_errNotInitialized;
  }
}

Err NoInstance(const StepView& s) {
  const bool legacy = s.call.legacy && HasLegacyTwin(s.call.op);
  return legacy && s.before.mode != Mode::kUnset ? JET_errRunningInMultiInstanceMode
                                                 : JET_errInvalidParameter;
}

bool IsShaped(Op op) { return op == Op::kOpenFileSection || op == Op::kGetLogInfo2; }

/// The code of the first entry test that fails.
Err EntryCode(const StepView& s) {
  const bool shaped = IsShaped(s.call.op);
  if (shaped && s.call.section == SectionKind::kSeveral) return JET_wrnNyi;
  const bool gone = s.slot == kNoSlot || s.old_instance().life == Life::kAbsent;
  if (gone) return NoInstance(s);
  if (shaped && s.call.bad_size) return JET_errInvalidParameter;
  const InstanceState& i = s.old_instance();
  if (i.stop_service) return JET_errClientRequestToStopJetService;
  if (i.unavailable == 2) return JET_errInstanceUnavailableDueToFatalLogDiskFull;
  if (i.unavailable != 0) return JET_errInstanceUnavailable;
  return LifeRefuses(i);
}

bool EntryTestsHaveTheirOrder(const StepView& s) {
  if (s.stage != Stage::kOnly) return true;
  const Err expected = EntryCode(s);
  if (s.reaction.row != kNoRow) return expected == kAdmitted;
  return s.reaction.err == expected && !s.changed;
}

bool GateRefusalChangesNothing(const StepView& s) { return s.reaction.row != kNoRow; }

bool StoppedServiceBarsNoRelease(const StepView& s) {
  return s.reaction.err != JET_errClientRequestToStopJetService ||
         s.call.op == Op::kStopServiceInstance2;
}

bool StopBackupTerminates(const StepView& s) {
  if (s.stage != Stage::kLeave || (s.call.grbit & JET_bitTermStopBackup) == 0) return true;
  return s.reaction.err != JET_errBackupInProgress && !HasBackup(s.new_instance());
}

bool RefusedTermKeepsTheInstance(const StepView& s) {
  if (s.reaction.err != JET_errBackupInProgress) return true;
  Snapshot expected = s.before;
  expected.instances[s.slot].life = Life::kReady;
  if (!s.strict) expected.instances[s.slot].backup_allowed = false;
  return s.after == expected;
}

bool DeadHandlesGiveNoSuccess(const StepView& s) {
  if (s.stage != Stage::kOnly || s.reaction.err < 0) return true;
  return s.slot != kNoSlot && s.old_instance().life != Life::kAbsent;
}

bool CreatedCanStopAndTerminate(const StepView& s) {
  return s.old_instance().life != Life::kCreated || s.stage != Stage::kOnly ||
         s.reaction.err == JET_errSuccess;
}

bool BackupBarsAttaching(const StepView& s) {
  if (!s.Admitted() || !HasBackup(s.old_instance())) return true;
  return Refused(s) && !s.changed;
}

bool BackupBarsNoDatabaseWork(const StepView& s) {
  return s.reaction.err != JET_errBackupInProgress &&
         s.reaction.err != JET_errSurrogateBackupInProgress;
}

constexpr OpSet kNeedsInstance = kEntering | kStops | kTerms | kDatabaseCalls | kAttachings;

constexpr StepInvariant kInvariants[] = {
    {"INV-20", "A call that the entry gate refuses changes nothing.", GateRefusalChangesNothing,
     kAnyOp, true, false},
    {"INV-45", "No call succeeds on an instance that is gone.", DeadHandlesGiveNoSuccess,
     kNeedsInstance, false, false},
    {"INV-20", "The entry tests come before all others, in their order.", EntryTestsHaveTheirOrder,
     kEntering, false, false},
    {"INV-42", "A stopped service refuses no stop and no termination.", StoppedServiceBarsNoRelease,
     kTerms | kStops | SetOf(Op::kRollback), false},
    {"INV-43", "JetTerm2 with StopBackup ends the backup.", StopBackupTerminates, kTerms},
    {"INV-44", "A termination refused for a backup leaves everything as it was.",
     RefusedTermKeepsTheInstance, kTerms},
    {"INV-46", "An instance that is only created can be stopped and terminated.",
     CreatedCanStopAndTerminate, kTerms | SetOf(Op::kStopBackup)},
    {"INV-47", "During a backup no database is attached or detached.", BackupBarsAttaching,
     kAttachings},
    {"INV-47", "A backup bars no other work on databases.", BackupBarsNoDatabaseWork,
     kDatabaseCalls},
};

}  // namespace

std::span<const StepInvariant> LifeInvariants() { return kInvariants; }

}  // namespace backstop::model
