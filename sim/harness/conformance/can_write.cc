// SPDX-License-Identifier: MIT
// What steps cannot say.
#include "impl/esent.h"
#include "model/addressing.h"
#include "sim/harness/conformance/step_writer.h"

namespace backstop::conformance {
namespace {

using model::Call;
using model::DirectoryKind;
using model::Op;

/// The names of logs: symbols once a list was shown, else the first generation of the instance
/// after its log has rolled.
bool CanNameLog(const model::BackupState& backup, const Call& call, uint32_t deleted_below) {
  if (backup.copy_end != 0) return call.generation == backup.copy_low && !backup.truncated;
  return call.generation == 1 && backup.prepared && deleted_below <= 1;
}

bool CanNameFile(const model::InstanceState& instance, const Call& call) {
  if (call.name == model::NameKind::kDatabase) {
    return (instance.existing >> call.database & 1) != 0;
  }
  if (call.name != model::NameKind::kLog) return true;
  // Before the logs are open to a backup, all that counts is that the name is of no database.
  if (instance.backup.phase == model::Phase::kDatabases) return call.generation == 1;
  if (instance.backup.phase == model::Phase::kNoBackup) return false;
  return CanNameLog(instance.backup, call, instance.deleted_below);
}

/// A handle that was given, or one that surely was not.
bool CanNameHandle(const Position& before, unsigned slot, const Call& call,
                   const model::Dialect& dialect) {
  if (call.file == model::kBogusFile) return true;
  if (dialect.read_bad_handle == model::Follow::kSource) return call.file == 1;
  return call.file == model::kNoFile || before.state.last_file[slot] == call.file ||
         (call.file == 1 && before.state.last_file[slot] == 2);
}

bool CanRead(const Position& before, const Call& call) {
  return before.rows || (before.state.instances[0].opened >> call.database & 1) == 0;
}

/// Rows go into a database that the sequence has made or opened.
bool CanInsert(const model::InstanceState& instance, const Call& call) {
  return (instance.opened >> call.database & 1) != 0;
}

bool CanNameDirectory(const Position& before, const Call& call) {
  const bool atomic = (call.grbit & JET_bitBackupAtomic) != 0;
  switch (call.directory) {
    case DirectoryKind::kEmpty:
      return (before.backups & (atomic ? kAtomicBackup : kPlainBackup)) == 0;
    case DirectoryKind::kBackup:
      return (before.backups & kPlainBackup) != 0;
    case DirectoryKind::kAtomicBackup:
      return (before.backups & kAtomicBackup) != 0;
    default:
      return true;
  }
}

/// A new snapshot gets the first free slot.
bool IsFirstFree(const model::Snapshot& state, uint8_t slot) {
  for (uint8_t other = 0; other < model::kSnapshotSlots; ++other) {
    if (state.snapshots[other].phase == model::SnapshotPhase::kNone) return other == slot;
  }
  return false;
}

uint8_t FirstFreeSession(const model::InstanceState& instance) {
  uint8_t session = 0;
  while (session < model::kSessions && (instance.sessions >> session & 1) != 0) ++session;
  return session;
}

}  // namespace

bool CanWrite(const Position& before, const Move& move, const model::Dialect& dialect) {
  const Call& call = move.call;
  const unsigned slot = model::SlotOf(before.state, call);
  const unsigned known = slot % model::kInstances;
  const model::InstanceState& instance = before.state.instances[known];
  if (move.composite == Composite::kCopyLogs) {
    return instance.backup.copy_end != 0 && !instance.backup.truncated &&
           instance.backup.file.kind == model::FileKind::kNone;
  }
  switch (call.op) {
    case Op::kOpenFile:
    case Op::kOpenFileSection:
      return slot == model::kNoSlot || CanNameFile(instance, call);
    case Op::kReadFile:
    case Op::kCloseFile:
      return slot == model::kNoSlot || CanNameHandle(before, known, call, dialect);
    case Op::kInsertRow:
      return slot == model::kNoSlot || instance.life != model::Life::kReady ||
             CanInsert(instance, call);
    case Op::kReadRow:
      return CanRead(before, call);
    case Op::kBackup:
    case Op::kRestoreInstance:
      return CanNameDirectory(before, call);
    case Op::kSnapshotPrepare:
      return IsFirstFree(before.state, call.snapshot);
    case Op::kFreezeTimesOut:
      return before.state.snapshots[call.snapshot % model::kSnapshotSlots].phase ==
             model::SnapshotPhase::kFrozen;
    case Op::kBeginSession:
      return slot == model::kNoSlot || FirstFreeSession(instance) == call.session;
    default:
      return true;
  }
}

}  // namespace backstop::conformance
