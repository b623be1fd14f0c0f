// SPDX-License-Identifier: MIT
// The databases and logs that a backup lists, opens, reads and closes.
#include "model/explore/step_words.h"

namespace backstop::model {

namespace {

bool IsOpen(const StepView& s) {
  const FileState& file = s.old_instance().backup.file;
  return file.kind != FileKind::kNone && file.handle == s.call.file;
}

/// The call gets as far as the tests behind the one for a stop.
bool PassesTheStop(const StepView& s) { return ActsOnBackup(s) && !s.old_instance().backup.stop; }

bool SuccessNeedsTheHandle(const StepView& s) { return Refused(s) || IsOpen(s); }

bool SecondOpenDisturbsNothing(const StepView& s) {
  if (!PassesTheStop(s) || !FileIsOpen(s.old_instance())) return true;
  const Err err = s.reaction.err;
  return (err == JET_errOutOfMemory || err == JET_errInvalidParameter) && !s.changed;
}

bool NoDatabaseAfterLogInfo(const StepView& s) {
  const InstanceState& i = s.old_instance();
  if (!i.backup.prepared || s.call.name != NameKind::kDatabase) return true;
  return (i.attached >> s.call.database & 1) == 0 || Refused(s);
}

bool AttachInfoNeedsAFullBackup(const StepView& s) {
  if (!PassesTheStop(s) || s.old_instance().backup.full) return true;
  return s.reaction.err == JET_errInvalidBackupSequence && !s.changed;
}

bool DatabasesPhaseSurvivesFailures(const StepView& s) {
  if (s.old_instance().backup.phase != Phase::kDatabases || !Refused(s)) return true;
  return s.new_instance().backup.phase == Phase::kDatabases;
}

bool EndsTheLogsPhase(Err err) {
  return err == JET_errInvalidBackupSequence || err == JET_errMissingFileToBackup ||
         err == JET_errDiskIO || err == JET_errFileAccessDenied ||
         err == JET_errLogReadVerifyFailure;
}

bool LogsPhaseEndsByFailures(const StepView& s) {
  if (!ActsOnBackup(s) || s.old_instance().backup.phase == Phase::kDatabases) return true;
  return !EndsTheLogsPhase(s.reaction.err) || !HasBackup(s.new_instance());
}

/// In the logs phase the name of a file is tested when it has its slot.
bool ParameterErrorsChangeNothing(const StepView& s) {
  if (s.reaction.err != JET_errInvalidParameter) return true;
  if (Has(kOpens, s.call.op) && s.old_instance().backup.phase != Phase::kDatabases) return true;
  return !s.changed;
}

bool AttachInfoChangesNothing(const StepView& s) { return Refused(s) || !s.changed; }

bool ReadsMoveTheOffset(const StepView& s) {
  if (Refused(s) || !FileIsOpen(s.old_instance())) return true;
  const FileState& was = s.old_instance().backup.file;
  const FileState& is = s.new_instance().backup.file;
  return s.reaction.first_page == static_cast<int32_t>(was.offset_pages) &&
         is.offset_pages == was.offset_pages + s.reaction.pages;
}

constexpr OpSet kReads = SetOf(Op::kReadFile);
constexpr OpSet kLists = SetOf(Op::kGetAttachInfo);

constexpr StepInvariant kInvariants[] = {
    {"INV-21", "A second open is refused and disturbs nothing.", SecondOpenDisturbsNothing, kOpens},
    {"INV-22", "After the log info no attached database can be opened.", NoDatabaseAfterLogInfo,
     kOpens},
    {"INV-24", "An incremental backup lists no databases.", AttachInfoNeedsAFullBackup, kLists},
    {"INV-25", "In the databases phase a failing open or read leaves the backup in progress.",
     DatabasesPhaseSurvivesFailures, kOpens | kReads, true},
    {"INV-25", "In the logs phase a failing open or read ends the backup.", LogsPhaseEndsByFailures,
     kOpens | kReads},
    {"INV-26", "Parameter errors change nothing.", ParameterErrorsChangeNothing,
     kOpens | kReads | kLists | SetOf(Op::kCloseFile), true},
    {"INV-27", "Listing the databases changes nothing.", AttachInfoChangesNothing, kLists, true},
    {"INV-38", "A read gives the pages at the offset and moves it by their number.",
     ReadsMoveTheOffset, kReads},
    {"INV-13", "Only the open file can be closed.", SuccessNeedsTheHandle, SetOf(Op::kCloseFile)},
    {"INV-13", "Only the open file can be read.", SuccessNeedsTheHandle, kReads, false, true,
     HoldsIn::kStrict},
};

}  // namespace

std::span<const StepInvariant> FileInvariants() { return kInvariants; }

}  // namespace backstop::model
