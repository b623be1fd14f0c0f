// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/walk.h"

#include "impl/esent.h"
#include "model/addressing.h"
#include "sim/harness/conformance/small_world.h"

namespace backstop::conformance {

using model::Call;
using model::DirectoryKind;
using model::Life;
using model::Op;
using model::Stage;

bool HasSecondEvent(Op op) {
  return op == Op::kInit || op == Op::kTerm || op == Op::kBackup || op == Op::kRestoreInstance;
}

bool Walk::Make(Position* position, const Move& move, uint8_t number, std::vector<Event>* events) {
  events->clear();
  events_ = events;
  uint8_t& pending = position->pending[ThreadOf(move.call)];
  bool made = false;
  switch (move.part) {
    case Part::kStarts:
      made = pending == 0 && Starts(position, move);
      if (made) pending = number;
      break;
    case Part::kReturns:
      made = Returns(position, move);
      if (made) pending = 0;
      break;
    default:
      made = move.composite == Composite::kReadAll    ? ReadAll(position, move)
             : move.composite == Composite::kCopyLogs ? CopyLogs(position, move)
                                                      : Whole(position, move);
  }
  if (!made || events->empty()) return false;
  Remember(position, move);
  // The termination that the backup met has not returned.
  if (move.under_term && move.call.op == Op::kBackup) pending = PendingNumber(TermOf(move));
  return true;
}

bool Walk::Apply(Position* position, const Move& move, Stage stage) {
  const unsigned slot = model::SlotOf(position->state, move.call, stage);
  const unsigned known = slot % model::kInstances;
  Event event{.call = move.call, .stage = stage, .failing = move.failing};
  event.before = position->state;
  event.reported = Reported(lifecycle_.dialect(), position->state.instances[known],
                            position->state.last_file[known]);
  event.reaction =
      lifecycle_.Apply(position->state, move.call, stage, move.failing, &event.reported);
  events_->push_back(event);
  if (!event.reaction.handled) return false;
  if (event.call.op == Op::kFreezeTimesOut) return TimeOutFreezes(position);
  return !event.reaction.waits || move.part == Part::kReturns || TimeOutFreezes(position);
}

bool Walk::Whole(Position* position, const Move& move) {
  if (!Apply(position, move, Stage::kOnly)) return false;
  if (!last().pending) return true;
  if (move.call.op == Op::kBackup) {
    if (!Apply(position, move, Stage::kMiddle)) return false;
    if (!last().pending) return true;
  }
  return Apply(position, move, Stage::kLeave);
}

bool Walk::Starts(Position* position, const Move& move) {
  if (!Apply(position, move, Stage::kOnly) || !last().pending) return false;
  if (move.call.op == Op::kBackup && move.point == 2) {
    return Apply(position, move, Stage::kMiddle) && last().pending;
  }
  return true;
}

bool Walk::Returns(Position* position, const Move& move) {
  if (move.under_term && move.call.op == Op::kBackup) {
    if (!Apply(position, TermOf(move), Stage::kOnly) || !last().pending) return false;
  }
  if (move.call.op == Op::kBackup && move.point == 1) {
    if (!Apply(position, move, Stage::kMiddle)) return false;
    if (!last().pending) return true;
  }
  return Apply(position, move, Stage::kLeave);
}

bool Walk::ReadAll(Position* position, const Move& move) {
  do {
    if (!Apply(position, move, Stage::kOnly)) return false;
  } while (last().err >= 0 && last().pages > 0);
  return true;
}

bool Walk::CopyLogs(Position* position, const Move& move) {
  const unsigned slot = model::SlotOf(position->state, move.call);
  const model::InstanceState& instance = position->state.instances[slot % model::kInstances];
  Move step = move;
  step.call.op = Op::kOpenFile;
  step.call.name = model::NameKind::kLog;
  step.call.generation = instance.backup.copy_low;
  if (!Apply(position, step, Stage::kOnly)) return false;
  if (last().err < 0) return true;
  step.call.file = position->state.last_file[slot % model::kInstances];
  step.call.op = Op::kReadFile;
  step.call.pages = kFilePages;
  if (!ReadAll(position, step)) return false;
  if (last().err < 0) return true;
  step.call.op = Op::kCloseFile;
  return Apply(position, step, Stage::kOnly);
}

bool Walk::TimeOutFreezes(Position* position) {
  // The reaction of the call itself stays the last one.
  const Event kept = events_->empty() ? Event{} : events_->back();
  for (uint8_t slot = 0; slot < model::kSnapshotSlots; ++slot) {
    if (position->state.snapshots[slot].phase != model::SnapshotPhase::kFrozen) continue;
    Move end;
    end.call.op = Op::kFreezeTimesOut;
    end.call.snapshot = slot;
    if (!Apply(position, end, Stage::kOnly)) return false;
    events_->pop_back();
  }
  if (!events_->empty()) events_->back() = kept;
  return true;
}

void Walk::Remember(Position* position, const Move& move) {
  // Only stamped, never asked: kept, they would multiply the positions.
  for (model::InstanceState& instance : position->state.instances) instance.headers = {};
  const model::Reaction& reaction = last();
  RememberFiles(position, move);
  const bool done = events_->back().stage == Stage::kLeave && reaction.err >= 0;
  if (move.call.op != Op::kBackup || !done) return;
  const bool atomic = (move.call.grbit & JET_bitBackupAtomic) != 0;
  if (move.call.directory != DirectoryKind::kNone) {
    position->backups |= atomic ? kAtomicBackup : kPlainBackup;
  }
}

void Walk::RememberFiles(Position* position, const Move& move) {
  const model::Call& call = move.call;
  for (unsigned slot = 0; slot < model::kInstances; ++slot) {
    const bool lives = position->state.instances[slot].life != Life::kAbsent;
    if (!lives) position->named[slot] = 0;
  }
  if (last().err < 0) return;
  if (call.op == Op::kCreateDatabase || call.op == Op::kOpenDatabase) {
    position->named[ThreadOf(call)] |= static_cast<uint8_t>(1u << call.database);
  }
  uint8_t& files = position->files;
  if (call.op == Op::kInsertRow) files |= kRowsWritten;
  if (move.composite == Composite::kManyRows) files |= kManyRowsWritten;
  if (call.op == Op::kCreateInstance) {
    const bool second = call.instance == model::InstanceRef::kSecond;
    files &= static_cast<uint8_t>(~(second ? kSecondNameless : kFirstNameless));
    if (second) files |= kSecondMade;
  }
  if (call.op != Op::kInit) return;
  const Event& first = events_->front();
  const unsigned slot = model::SlotOf(first.before, call, first.stage);
  if (slot == 0 && events_->back().stage == Stage::kLeave) files |= kCheckpointWritten;
  const bool nameless = call.null_pointer || call.instance == model::InstanceRef::kNil;
  if (nameless && move.part != Part::kReturns) {
    files |= slot == 1 ? kSecondNameless : kFirstNameless;
  }
}

uint8_t PendingNumber(const Move& move) {
  const model::Call& call = move.call;
  const auto kind = static_cast<unsigned>(call.op == Op::kTerm     ? 0
                                          : call.op == Op::kInit   ? 1
                                          : call.op == Op::kBackup ? 2
                                                                   : 3);
  const unsigned flags = call.op == Op::kInit
                             ? (call.null_pointer ? 1u : 0u) |
                                   (call.instance == model::InstanceRef::kNil ? 2u : 0u) |
                                   (call.restore != model::RestoreKind::kGood ? 4u : 0u)
                             : call.grbit & 0xfu;
  const unsigned detail = flags | (move.point == 2 ? 8u : 0u) |
                          (move.under_term && call.op == Op::kTerm ? 1u << 4 : 0u);
  const unsigned directory = call.op == Op::kTerm ? 0 : static_cast<unsigned>(call.directory) & 3u;
  return static_cast<uint8_t>(1 + (kind << 6 | directory << 4 | detail) % 255);
}

}  // namespace backstop::conformance
