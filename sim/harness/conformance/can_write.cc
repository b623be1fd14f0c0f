// SPDX-License-Identifier: MIT
// What steps cannot say.
#include <algorithm>
#include <optional>

#include "impl/esent.h"
#include "model/addressing.h"
#include "sim/harness/conformance/small_world.h"
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
  // A freeze has rolled the log.
  if (backup.phase == model::Phase::kSnapshot) return call.generation == 1 && deleted_below <= 1;
  return call.generation == 1 && backup.prepared && deleted_below <= 1;
}

bool CanNameFile(const Position& before, const model::InstanceState& instance, const Call& call) {
  if (call.name == model::NameKind::kDatabase) {
    return (instance.existing >> call.database & 1) != 0;
  }
  if (call.name != model::NameKind::kLog) return true;
  // Before the logs are open to a backup, all that counts is that the name is of no database.
  if (instance.backup.phase == model::Phase::kDatabases) return call.generation == 1;
  if (instance.backup.phase == model::Phase::kNoBackup) return false;
  // Two instances live in directories of their own, which only a list tells.
  if ((before.files & kSecondMade) != 0 && instance.backup.copy_end == 0) return false;
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

/// What the original engine does with a wild handle, or with an open file that is neither database
/// nor log, is undefined (C-34): only what it checks before can be asked.
bool IsUndefinedRead(const model::InstanceState& instance, const Call& call,
                     const model::Dialect& dialect) {
  if (call.op != Op::kReadFile || dialect.read_bad_handle != model::Follow::kSource) return false;
  const model::BackupState& backup = instance.backup;
  const bool reads = backup.phase == model::Phase::kDatabases ||
                     backup.phase == model::Phase::kLogs || backup.phase == model::Phase::kSnapshot;
  if (instance.life != model::Life::kReady || !reads || backup.stop || !call.aligned) return false;
  return call.file == model::kBogusFile || backup.file.kind == model::FileKind::kForeign;
}

bool CanRead(const Position& before, const Call& call) {
  return (before.files & kRowsWritten) != 0 ||
         (before.state.instances[0].opened >> call.database & 1) == 0;
}

/// A database identifier that was given in this life of the instance: any other means nothing to
/// the original engine.
bool CanNameDatabase(const Position& before, unsigned slot, const Call& call) {
  return slot == model::kNoSlot || (before.named[slot] >> call.database & 1) != 0;
}

/// The checkpoint is a file that is no database, in the directory of a lone instance.
bool CanNameDatabaseFile(const Position& before, const Call& call) {
  if (call.instance != model::InstanceRef::kFirst) return false;
  if (call.name == model::NameKind::kForeign) {
    return before.state.instances[0].logging &&
           (before.files & (kCheckpointWritten | kSecondMade)) == kCheckpointWritten;
  }
  return call.name == model::NameKind::kNull || call.name == model::NameKind::kDatabase;
}

/// An instance that JetCreateInstance made keeps its name for as long as it lives.
bool CanCreate(const Position& before, const Call& call) {
  const bool second = call.instance == model::InstanceRef::kSecond;
  const model::InstanceState& own = before.state.instances[second ? 1 : 0];
  if (before.state.mode == model::Mode::kOneInstance) return true;
  const bool first_named = before.state.instances[0].life != model::Life::kAbsent &&
                           (before.files & kFirstNameless) == 0;
  return call.name_taken ? first_named : own.life == model::Life::kAbsent;
}

/// Of instances that JetInit makes only one can live: they have no name.
bool CanInit(const Position& before, const Call& call) {
  const bool makes = call.null_pointer || call.instance == model::InstanceRef::kNil;
  if (!makes || before.state.mode != model::Mode::kMultiInstance) return !call.name_taken;
  const auto lives = [&](unsigned slot, uint8_t bit) {
    return (before.files & bit) != 0 && before.state.instances[slot].life != model::Life::kAbsent;
  };
  if (lives(1, kSecondNameless) && before.state.instances[0].life == model::Life::kAbsent)
    return false;
  return call.name_taken == (lives(0, kFirstNameless) || lives(1, kSecondNameless));
}

/// A session that never was belongs to no instance; the steps mean the first.
bool CanNameSession(const Call& call) {
  return call.session != model::kBogusSession || call.instance == model::InstanceRef::kFirst;
}

/// Into an instance that runs, or whose files one has.
bool CanRestoreInto(const Position& before, const Call& call) {
  const auto runs = [](const model::InstanceState& instance) {
    return instance.life == model::Life::kReady || instance.life == model::Life::kTerminating;
  };
  const auto& instances = before.state.instances;
  if (call.paths_in_use) return std::ranges::any_of(instances, runs);
  const bool other_base = call.restore == model::RestoreKind::kForeignBase;
  if (!other_base && call.restore != model::RestoreKind::kRunning) return true;
  // Nothing runs, the target neither: that has the same code.
  if (other_base && before.state.mode == model::Mode::kUnset) return true;
  // The base is looked at when the target has passed its entry tests; the databases that it would
  // need to have attached are not those of the files given.
  const bool enters = instances[0].life == model::Life::kReady && !instances[0].stop_service &&
                      instances[0].unavailable == 0;
  return call.instance == model::InstanceRef::kFirst && runs(instances[0]) &&
         (before.files & kFirstNameless) == 0 && other_base == enters;
}

/// JetTerm waits for JetBackupInstance: it can only be met by it.
bool MeetsBackup(const Position& before, unsigned slot) {
  return slot != model::kNoSlot && before.state.instances[slot].backup.whole &&
         before.pending[slot] != 0;
}

/// A handle of an instance that JetInit is still making is not known.
bool HandleIsKnown(const Position& before, unsigned slot, const Move& move) {
  if (slot == model::kNoSlot || before.state.mode != model::Mode::kMultiInstance) return true;
  if (before.state.instances[slot].life != model::Life::kInitializing) return true;
  if (move.part == Part::kReturns) return true;
  return (before.files & (slot == 1 ? kSecondNameless : kFirstNameless)) == 0;
}

/// Rows go into a database that the sequence has made or opened. The first ones make the table,
/// which is no lazy transaction, and none that a snapshot lets pass.
bool CanInsert(const Position& before, const model::InstanceState& instance, const Call& call) {
  const bool table_only = call.lazy || instance.backup.phase == model::Phase::kSnapshot;
  if (table_only && (before.files & kRowsWritten) == 0) return false;
  return (instance.opened >> call.database & 1) != 0;
}

bool CanNameDirectory(const Position& before, const Call& call) {
  const bool atomic = (call.grbit & JET_bitBackupAtomic) != 0;
  switch (call.directory) {
    case DirectoryKind::kEmpty:
      return (before.backups & (atomic ? kAtomicBackup : kPlainBackup)) == 0;
    case DirectoryKind::kOccupied:
      return (before.files & (kCheckpointWritten | kSecondMade)) == kCheckpointWritten;
    case DirectoryKind::kBackup:
      return (before.backups & kPlainBackup) != 0;
    case DirectoryKind::kAtomicBackup:
      return (before.backups & kAtomicBackup) != 0;
    default:
      return true;
  }
}

/// The flag bits of the termination that is pending; nothing if none is.
std::optional<uint32_t> PendingTerm(uint8_t pending) {
  constexpr unsigned kBits = 16;
  const unsigned number = pending - 1u;
  return pending == 0 || number >= 2 * kBits ? std::nullopt
                                             : std::optional<uint32_t>(number % kBits);
}

/// A thaw waits with a termination that waits for it, not with one that is refused at once: the
/// state of the specification does not tell them apart.
bool MeetsRefusedTerm(const Position& before) {
  return std::ranges::any_of(before.pending, [](uint8_t pending) {
    const auto grbit = PendingTerm(pending);
    return grbit && (*grbit & (JET_bitTermStopBackup | JET_bitTermAbrupt)) == 0;
  });
}

/// Nobody has seen what becomes of a freeze that comes while a termination waits for its snapshot.
bool MeetsTerm(const Position& before) {
  return std::ranges::any_of(before.pending,
                             [](uint8_t pending) { return PendingTerm(pending).has_value(); });
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
  if (!CanNameSession(call) || !HandleIsKnown(before, slot, move)) return false;
  if (move.composite == Composite::kCopyLogs) {
    return instance.backup.copy_end != 0 && !instance.backup.truncated &&
           instance.backup.file.kind == model::FileKind::kNone;
  }
  switch (call.op) {
    case Op::kOpenFile:
    case Op::kOpenFileSection:
      return slot == model::kNoSlot || CanNameFile(before, instance, call);
    case Op::kReadFile:
    case Op::kCloseFile:
      return slot == model::kNoSlot || (CanNameHandle(before, known, call, dialect) &&
                                        !IsUndefinedRead(instance, call, dialect));
    case Op::kInsertRow:
      return slot == model::kNoSlot || instance.life != model::Life::kReady ||
             CanInsert(before, instance, call);
    case Op::kReadRow:
      return CanNameDatabase(before, slot, call) && CanRead(before, call);
    case Op::kCloseDatabase:
    case Op::kGetDatabaseInfo:
      return CanNameDatabase(before, slot, call);
    case Op::kGetDatabaseFileInfo:
      return CanNameDatabaseFile(before, call);
    case Op::kGetTruncateLogInfo:
      return call.buffer != model::BufferKind::kSmall ||
             HasLogsToDelete((before.files & kManyRowsWritten) != 0, instance);
    case Op::kCreateInstance:
      return CanCreate(before, call);
    case Op::kInit:
      return move.part == Part::kReturns || CanInit(before, call);
    case Op::kTerm:
      return move.under_term || !MeetsBackup(before, slot);
    case Op::kBackup:
    case Op::kRestoreInstance:
      return CanNameDirectory(before, call);
    case Op::kExternalRestore:
      return CanRestoreInto(before, call);
    case Op::kSnapshotFreeze:
      return !MeetsTerm(before);
    case Op::kSnapshotThaw:
    case Op::kSnapshotAbort:
      return !MeetsRefusedTerm(before);
    case Op::kSnapshotPrepare:
      return IsFirstFree(before.state, call.snapshot);
    case Op::kBeginSession:
      return slot == model::kNoSlot || FirstFreeSession(instance) == call.session;
    default:
      return true;
  }
}

}  // namespace backstop::conformance
