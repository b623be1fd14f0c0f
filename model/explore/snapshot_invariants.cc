// SPDX-License-Identifier: MIT
// OS snapshots.
#include "model/explore/step_words.h"

namespace backstop::model {

namespace {

constexpr OpSet kWithAbort =
    SetOf(Op::kSnapshotTruncateLog, Op::kSnapshotTruncateLogInstance, Op::kSnapshotEnd);
constexpr OpSet kWithPointer = SetOf(Op::kSnapshotFreeze, Op::kSnapshotGetFreezeInfo);
constexpr OpSet kNamingCalls =
    kWithAbort | kWithPointer |
    SetOf(Op::kSnapshotPrepareInstance, Op::kSnapshotThaw, Op::kSnapshotAbort);

SnapshotPhase NamedPhase(const StepView& s) {
  return s.call.snapshot < kSnapshotSlots ? s.before.snapshots[s.call.snapshot].phase
                                          : SnapshotPhase::kNone;
}

bool BitsAndIdentifiersComeFirst(const StepView& s) {
  if (s.reaction.row == kNoRow) return true;
  const uint32_t known = Has(kWithAbort, s.call.op) ? 1 : 0;
  if ((s.call.grbit & ~known) != 0) return s.reaction.err == JET_errInvalidGrbit && !s.changed;
  if (s.call.null_pointer) return true;
  if (NamedPhase(s) != SnapshotPhase::kNone) return true;
  return s.reaction.err == JET_errOSSnapshotInvalidSnapId && !s.changed;
}

bool FreezeFindsNoBackup(const StepView& s) {
  if (Refused(s)) return true;
  const uint8_t members = s.before.snapshots[s.call.snapshot].members;
  for (unsigned slot = 0; slot < kInstances; ++slot) {
    if ((members >> slot & 1) != 0 && HasBackup(s.before.instances[slot])) return false;
  }
  return true;
}

bool AFrozenInstanceBeginsNoBackup(const StepView& s) {
  return s.old_instance().backup.phase != Phase::kSnapshot || Refused(s);
}

constexpr StepInvariant kInvariants[] = {
    {"INV-49", "Bits are tested first, then the identifier, in every state.",
     BitsAndIdentifiersComeFirst, kNamingCalls, false, false},
    {"INV-50", "No instance that a backup runs in is frozen.", FreezeFindsNoBackup,
     SetOf(Op::kSnapshotFreeze), true, false},
    {"INV-50", "No backup begins in an instance that a snapshot holds.",
     AFrozenInstanceBeginsNoBackup, SetOf(Op::kBeginExternalBackup)},
};

}  // namespace

std::span<const StepInvariant> SnapshotInvariants() { return kInvariants; }

}  // namespace backstop::model
