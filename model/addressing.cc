// SPDX-License-Identifier: MIT
#include "model/addressing.h"

namespace backstop::model {

namespace {

bool IsLegacy(const Call& call) { return call.legacy && HasLegacyTwin(call.op); }

}  // namespace

EventId DoorOf(const Call& call) {
  switch (call.op) {
    case Op::kCreateInstance:
    case Op::kSetSystemParameter:
    case Op::kInit:
    case Op::kGetDatabaseFileInfo:
    case Op::kGetInstanceInfo:
    case Op::kExternalRestore:
    case Op::kSnapshotPrepare:
    case Op::kSnapshotFreeze:
    case Op::kSnapshotThaw:
    case Op::kSnapshotAbort:
    case Op::kSnapshotTruncateLog:
    case Op::kSnapshotGetFreezeInfo:
    case Op::kSnapshotEnd:
    case Op::kFreezeTimesOut:
    case Op::kInstanceUnavailable:
      return EventId::kOpenDoor;
    case Op::kRestoreInstance:
      return EventId::kOpenDoor;
    case Op::kOpenFileSection:
    case Op::kGetLogInfo2:
      return EventId::kShapedDoor;
    case Op::kTerm:
      return EventId::kTermDoor;
    case Op::kStopService:
    case Op::kStopServiceInstance2:
    case Op::kStopBackup:
      return IsLegacy(call) ? EventId::kLegacyStopDoor : EventId::kStopDoor;
    case Op::kRollback:
    case Op::kDetachDatabase:
    case Op::kCloseDatabase:
    case Op::kEndSession:
      return EventId::kReleasingSessionDoor;
    case Op::kBeginTransaction:
    case Op::kInsertRow:
    case Op::kCommitTransaction:
    case Op::kAttachDatabase:
    case Op::kCreateDatabase:
    case Op::kOpenDatabase:
    case Op::kReadRow:
    case Op::kGetDatabaseInfo:
      return EventId::kSessionDoor;
    default:
      return IsLegacy(call) ? EventId::kLegacyStreamingDoor : EventId::kStreamingDoor;
  }
}

EventId EventOf(const Call& call, Stage stage) {
  if (stage == Stage::kMiddle) return EventId::kBackupCopies;
  if (stage == Stage::kLeave) {
    if (call.op == Op::kInit) return EventId::kInitDone;
    if (call.op == Op::kBackup) return EventId::kBackupDone;
    return call.op == Op::kRestoreInstance ? EventId::kRestoreDone : EventId::kTermDecides;
  }
  return static_cast<EventId>(call.op);
}

namespace {

bool GivesNoInstance(const Call& call) {
  return call.null_pointer || call.instance == InstanceRef::kNil;
}

unsigned FirstSlot(const Snapshot& state, Life life) {
  unsigned slot = 0;
  while (slot < kInstances && state.instances[slot].life != life) ++slot;
  return slot;
}

}  // namespace

unsigned SlotOf(const Snapshot& state, const Call& call, Stage stage) {
  const unsigned named = call.instance == InstanceRef::kFirst    ? 0
                         : call.instance == InstanceRef::kSecond ? 1
                                                                 : kNoSlot;
  if (call.op == Op::kCreateInstance) return named == 1 ? 1 : 0;
  if (state.mode == Mode::kOneInstance) return 0;
  if (IsLegacy(call)) return kNoSlot;
  if (call.op == Op::kInit && GivesNoInstance(call)) {
    if (state.mode == Mode::kUnset) return 0;
    if (call.null_pointer) return kNoSlot;
    return FirstSlot(state, stage == Stage::kLeave ? Life::kInitializing : Life::kAbsent);
  }
  return named;
}

unsigned SnapshotOf(const Call& call) {
  return call.snapshot < kSnapshotSlots ? call.snapshot : kNoSnapshot;
}

bool IsStreaming(const Call& call) {
  const EventId door = DoorOf(call);
  return door == EventId::kStreamingDoor || door == EventId::kLegacyStreamingDoor ||
         door == EventId::kShapedDoor;
}

}  // namespace backstop::model
