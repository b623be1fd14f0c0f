// SPDX-License-Identifier: MIT
#include "model/explore/position.h"

#include "model/addressing.h"

namespace backstop::model {

namespace {

/// The life in which the second event of a call finds its instance.
Life LifeBetween(Op op) {
  if (op == Op::kInit) return Life::kInitializing;
  return op == Op::kTerm ? Life::kTerminating : Life::kRestoring;
}

bool StageFits(const Position& position, const Letter& letter, unsigned slot) {
  if (letter.call.op == Op::kBackup) {
    return letter.stage == (slot == kNoSlot ? Stage::kOnly : position.whole[slot]);
  }
  if (letter.stage == Stage::kOnly) return true;
  return slot != kNoSlot && position.state.instances[slot].life == LifeBetween(letter.call.op);
}

bool Lives(const Snapshot& state, unsigned slot) {
  return slot != kNoSlot && state.instances[slot].life != Life::kAbsent;
}

bool SessionIsFree(const Snapshot& state, const Call& call, unsigned slot) {
  return slot == kNoSlot || (state.instances[slot].sessions >> call.session & 1) == 0;
}

}  // namespace

bool CanHappen(const Position& position, const Letter& letter) {
  const Call& call = letter.call;
  const unsigned slot = SlotOf(position.state, call, letter.stage);
  switch (call.op) {
    case Op::kSnapshotPrepare:
      return position.state.snapshots[call.snapshot].phase == SnapshotPhase::kNone;
    case Op::kBeginSession:
      return SessionIsFree(position.state, call, slot);
    case Op::kInstanceUnavailable:
      return Lives(position.state, slot);
    default:
      return StageFits(position, letter, slot);
  }
}

void Advance(const Letter& letter, unsigned slot, const Reaction& reaction, Position* position) {
  if (letter.call.op != Op::kBackup || slot >= kInstances) return;
  const Stage next = letter.stage == Stage::kOnly ? Stage::kMiddle : Stage::kLeave;
  position->whole[slot] = reaction.pending ? next : Stage::kOnly;
}

}  // namespace backstop::model
