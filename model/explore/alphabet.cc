// SPDX-License-Identifier: MIT
#include "model/explore/alphabet.h"

#include "impl/esent.h"
#include "model/explore/letters.h"

namespace backstop::model {

namespace {

constexpr uint32_t kEmitLog = JET_bitStopServiceStopAndEmitLog;
constexpr InstanceRef kFirst = InstanceRef::kFirst;
constexpr InstanceRef kSecond = InstanceRef::kSecond;

void MakeReady(InstanceState* instance) {
  instance->life = Life::kReady;
  instance->backup_allowed = true;
  instance->sessions = 1;
  instance->attached = instance->existing = instance->opened = 1;
}

/// A ready instance with one session; the first database is attached and open.
Snapshot ReadyRoot(Mode mode = Mode::kMultiInstance) {
  Snapshot root;
  root.mode = mode;
  MakeReady(&root.instances[0]);
  return root;
}

/// With a full backup of every database, and with a full OS snapshot.
std::vector<Snapshot> WithBases(const Snapshot& root) {
  Snapshot based = root;
  based.instances[0].full_backups = root.instances[0].attached;
  Snapshot snapped = root;
  snapped.instances[0].snapshot_fulls = root.instances[0].attached;
  return {root, based, snapped};
}

ExploreOptions Small(ExploreOptions options) {
  options.databases = 1;
  options.logs = 1;
  return options;
}

/// Everything that one backup can go through, alone in the process.
Scene BackupScene(const ExploreOptions& options) {
  Letters letters;
  AddBeginLetters(kFirst, letters);
  AddEndLetters(kFirst, letters);
  letters.Add({.op = Op::kStopBackup});
  AddFileLetters(options, letters);
  Snapshot root = ReadyRoot();
  root.instances[0].attached = root.instances[0].existing =
      static_cast<uint8_t>((1u << options.databases) - 1);
  return {.name = "backup", .roots = {root}, .letters = letters.Take()};
}

/// Logging is off, or circular.
std::vector<Snapshot> WithSettings(const Snapshot& root) {
  Snapshot unlogged = root;
  unlogged.instances[0].logging = false;
  Snapshot circular = root;
  circular.instances[0].circular = true;
  return {unlogged, circular};
}

/// A backup of little data against the last log, termination and a new life, and other settings.
Scene InstanceScene(const ExploreOptions& options) {
  Letters letters;
  AddBeginLetters(kFirst, letters);
  AddEndLetters(kFirst, letters);
  letters.Add({.op = Op::kStopBackup});
  AddPlainFileLetters(Small(options), letters);
  letters.Add({.op = Op::kOpenFile, .name = NameKind::kForeign});
  letters.Add({.op = Op::kStopServiceInstance2, .grbit = kEmitLog});
  letters.Add({.op = Op::kCreateInstance});
  letters.Add({.op = Op::kInit});
  letters.Add({.op = Op::kInit}, Stage::kLeave);
  AddTermLetters(kFirst, letters);
  const Snapshot plain = ReadyRoot();
  std::vector<Snapshot> roots = WithBases(plain);
  for (const Snapshot& root : WithSettings(plain)) roots.push_back(root);
  return {.name = "instance", .roots = roots, .letters = letters.Take()};
}

/// JetBackupInstance, and calls of others between its events.
Scene WholeScene(const ExploreOptions& options) {
  Letters letters;
  AddWholeLetters(letters);
  AddPlainBackupLetters(kFirst, letters);
  AddPlainFileLetters(Small(options), letters);
  letters.Add({.op = Op::kOpenFileSection, .name = NameKind::kDatabase});
  letters.Add({.op = Op::kGetLogInfo2});
  letters.Add({.op = Op::kEndExternalBackup2, .grbit = JET_bitBackupEndAbort});
  letters.Add({.op = Op::kStopServiceInstance2, .grbit = kEmitLog});
  AddPrepareLetters(0, {JET_bitContinueAfterThaw}, letters);
  for (const Op op : {Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotEnd}) {
    letters.Add({.op = op});
  }
  letters.Add({.op = Op::kTerm});
  for (const uint32_t grbit : {0u, JET_bitTermStopBackup}) {
    letters.Add({.op = Op::kTerm, .grbit = grbit}, Stage::kLeave);
  }
  const Snapshot plain = ReadyRoot();
  Snapshot empty = plain;
  empty.instances[0].attached = empty.instances[0].existing = empty.instances[0].opened = 0;
  Snapshot based = plain;
  based.instances[0].full_backups = 1;
  std::vector<Snapshot> roots = WithSettings(plain);
  roots.insert(roots.end(), {plain, based, empty});
  return {.name = "whole backup", .roots = roots, .letters = letters.Take()};
}

/// Every phase that a backup can be in, for calls that are not part of it.
void AddPhases(Letters& letters) {
  AddPlainBackupLetters(kFirst, letters);
  letters.Add({.op = Op::kGetLogInfo});
  AddPrepareLetters(0, {0, JET_bitContinueAfterThaw}, letters);
  for (const Op op :
       {Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotEnd, Op::kFreezeTimesOut}) {
    letters.Add({.op = op});
  }
  letters.Add({.op = Op::kStopServiceInstance2, .grbit = kEmitLog});
}

/// Sessions and their transactions around a backup.
Scene SessionScene() {
  Letters letters;
  AddPhases(letters);
  letters.Add({.op = Op::kStopService});
  letters.Add({.op = Op::kInstanceUnavailable});
  AddTermLetters(kFirst, letters);
  for (const uint8_t session : {uint8_t{0}, uint8_t{1}, kNilSession}) {
    AddTransactionLetters(session, kFirst, letters);
    letters.Add({.op = Op::kInsertRow, .session = session, .lazy = true});
    letters.Add({.op = Op::kReadRow, .session = session});
    letters.Add({.op = Op::kEndSession, .session = session});
  }
  letters.Add({.op = Op::kBeginSession, .session = 1});
  Snapshot deep = ReadyRoot();
  deep.instances[0].transactions = 1;
  deep.instances[0].levels[0] = 6;
  Snapshot closed = ReadyRoot();
  closed.instances[0].opened = 0;
  return {.name = "sessions",
          .roots = {ReadyRoot(), deep, closed},
          .letters = letters.Take(),
          .keeps = {.deletions = false}};
}

/// Databases around a backup.
Scene DatabaseScene() {
  Letters letters;
  AddPhases(letters);
  ExploreOptions two;
  two.databases = 1;
  for (const uint8_t session : {uint8_t{0}, kNilSession}) {
    AddDatabaseLetters(two, session, letters);
  }
  letters.Add({.op = Op::kBeginTransaction});
  letters.Add({.op = Op::kRollback});
  Snapshot detached = ReadyRoot();
  detached.instances[0].existing = 3;
  return {.name = "databases",
          .roots = {detached, ReadyRoot()},
          .letters = letters.Take(),
          .keeps = {.deletions = false}};
}

/// What can be stopped, in every life of an instance.
Scene ServiceScene() {
  Letters letters;
  AddLifeLetters(kFirst, letters);
  AddServiceLetters(letters);
  AddPlainBackupLetters(kFirst, letters);
  letters.Add({.op = Op::kInstanceUnavailable});
  letters.Add({.op = Op::kRestoreInstance, .directory = DirectoryKind::kBackup});
  letters.Add({.op = Op::kRestoreInstance, .directory = DirectoryKind::kBackup}, Stage::kLeave);
  return {.name = "services", .roots = {Snapshot{}}, .letters = letters.Take()};
}

/// A streaming call, the calls with another order of entry tests, and every legacy twin of them.
void AddEntryLetters(InstanceRef instance, Letters& letters) {
  for (const Op op : {Op::kStopService, Op::kStopBackup, Op::kBeginExternalBackup, Op::kReadFile,
                      Op::kEndExternalBackup, Op::kBackup}) {
    letters.AddWithTwin({.op = op, .instance = instance, .pages = 3});
  }
  letters.Add({.op = Op::kOpenFileSection, .instance = instance});
  letters.Add({.op = Op::kOpenFileSection, .instance = instance, .section = SectionKind::kSeveral});
  letters.Add({.op = Op::kGetLogInfo2, .instance = instance, .bad_size = true});
  for (const uint8_t session : {uint8_t{0}, kNilSession}) {
    letters.Add({.op = Op::kInsertRow, .instance = instance, .session = session});
    letters.Add({.op = Op::kRollback, .instance = instance, .session = session});
  }
}

/// Two instances in every life, in both modes: every handle, every parameter, every restore.
Scene ProcessScene() {
  Letters letters;
  for (const InstanceRef instance : {kFirst, kSecond, InstanceRef::kNil, InstanceRef::kBogus}) {
    AddLifeLetters(instance, letters);
    AddParameterLetters(instance, letters);
    AddEntryLetters(instance, letters);
  }
  for (const InstanceRef instance : {kFirst, InstanceRef::kNil, InstanceRef::kBogus}) {
    AddRestoreLetters(instance, letters);
  }
  letters.Add({.op = Op::kInit, .null_pointer = true});
  letters.Add({.op = Op::kGetInstanceInfo});
  letters.Add({.op = Op::kGetInstanceInfo, .null_pointer = true});
  for (const NameKind name : {NameKind::kDatabase, NameKind::kForeign, NameKind::kOther}) {
    letters.Add({.op = Op::kGetDatabaseFileInfo, .name = name});
  }
  letters.Add({.op = Op::kGetDatabaseFileInfo, .bad_size = true});
  letters.Add({.op = Op::kInstanceUnavailable});
  AddExternalRestoreLetters(letters);
  Snapshot narrow;
  narrow.max_instances = 1;
  return {.name = "process",
          .roots = {Snapshot{}, narrow, ReadyRoot(), ReadyRoot(Mode::kOneInstance)},
          .letters = letters.Take()};
}

/// One OS snapshot with every bit, two instances that come and go, and their backups.
Scene SnapshotScene() {
  Letters letters;
  constexpr uint32_t kUnknown = 0x10;
  std::vector<uint32_t> grbits = {kUnknown};
  for (uint32_t grbit = 0; grbit < 0x10; ++grbit) grbits.push_back(grbit);
  AddPrepareLetters(0, grbits, letters);
  letters.Add({.op = Op::kSnapshotPrepare, .null_pointer = true});
  AddSnapshotLetters(0, letters);
  AddSnapshotLetters(kBogusSnapshot, letters);
  for (const InstanceRef instance : {kFirst, kSecond}) {
    AddMemberLetters(0, instance, letters);
    letters.Add({.op = Op::kBeginExternalBackup, .instance = instance});
    letters.Add({.op = Op::kStopBackup, .instance = instance});
    letters.Add({.op = Op::kEndExternalBackup, .instance = instance});
  }
  AddTermLetters(kFirst, letters);
  letters.Add({.op = Op::kStopServiceInstance2, .grbit = kEmitLog});
  for (const Op op : {Op::kGetLogInfo, Op::kGetLogInfo2, Op::kGetTruncateLogInfo}) {
    letters.Add({.op = op});
  }
  Snapshot both = ReadyRoot();
  MakeReady(&both.instances[1]);
  Snapshot circular = ReadyRoot();
  circular.instances[0].circular = true;
  circular.instances[0].snapshot_fulls = 1;
  return {.name = "snapshot",
          .roots = {Snapshot{}, both, circular},
          .letters = letters.Take(),
          .keeps = {.deletions = false}};
}

/// Two OS snapshots at a time, over two instances.
Scene SnapshotsScene() {
  Letters letters;
  for (const uint8_t snapshot : {uint8_t{0}, uint8_t{1}}) {
    AddPrepareLetters(
        snapshot, {0, JET_bitContinueAfterThaw, JET_bitContinueAfterThaw | JET_bitExplicitPrepare},
        letters);
    AddSnapshotLetters(snapshot, letters);
    for (const InstanceRef instance : {kFirst, kSecond}) {
      AddMemberLetters(snapshot, instance, letters);
    }
  }
  for (const InstanceRef instance : {kFirst, kSecond}) {
    letters.Add({.op = Op::kBeginExternalBackup, .instance = instance});
    letters.Add({.op = Op::kStopBackup, .instance = instance});
    letters.Add({.op = Op::kEndExternalBackup, .instance = instance});
  }
  AddTermLetters(kSecond, letters);
  Snapshot both = ReadyRoot();
  MakeReady(&both.instances[1]);
  return {.name = "two snapshots",
          .roots = {both},
          .letters = letters.Take(),
          .keeps = {.deletions = false}};
}

/// Streaming calls on an instance that an OS snapshot has frozen or thawed.
Scene FrozenScene(const ExploreOptions& options) {
  Letters letters;
  AddPrepareLetters(
      0, {0, JET_bitContinueAfterThaw, JET_bitContinueAfterThaw | JET_bitIncrementalSnapshot},
      letters);
  for (const Op op : {Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotAbort,
                      Op::kSnapshotTruncateLog, Op::kSnapshotEnd, Op::kFreezeTimesOut}) {
    letters.Add({.op = op});
  }
  AddBeginLetters(kFirst, letters);
  AddEndLetters(kFirst, letters);
  letters.Add({.op = Op::kStopBackup});
  AddFileLetters(Small(options), letters);
  return {.name = "frozen", .roots = {ReadyRoot()}, .letters = letters.Take()};
}

/// What backups and snapshots leave in the headers, one after the other. JetBackupInstance copies
/// the database; the streaming backups need no more than their log info.
Scene HeaderScene() {
  Letters letters;
  AddPlainBackupLetters(kFirst, letters);
  AddEndLetters(kFirst, letters);
  letters.Add({.op = Op::kGetLogInfo});
  letters.Add({.op = Op::kGetTruncateLogInfo});
  for (const uint32_t grbit : {0u, JET_bitBackupIncremental}) {
    letters.Add({.op = Op::kBackup, .grbit = grbit, .directory = DirectoryKind::kEmpty});
  }
  letters.Add({.op = Op::kBackup}, Stage::kMiddle);
  letters.Add({.op = Op::kBackup}, Stage::kLeave);
  AddPrepareLetters(0,
                    {0, JET_bitIncrementalSnapshot, JET_bitCopySnapshot,
                     JET_bitCopySnapshot | JET_bitIncrementalSnapshot},
                    letters);
  for (const Op op : {Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotAbort}) {
    letters.Add({.op = op});
  }
  letters.Add({.op = Op::kGetDatabaseInfo});
  return {.name = "headers",
          .roots = {ReadyRoot()},
          .letters = letters.Take(),
          .keeps = {.headers = true, .deletions = false}};
}

}  // namespace

std::vector<Scene> MakeScenes(const ExploreOptions& options) {
  return {BackupScene(options), InstanceScene(options), WholeScene(options), SessionScene(),
          DatabaseScene(),      ServiceScene(),         ProcessScene(),      SnapshotScene(),
          SnapshotsScene(),     FrozenScene(options),   HeaderScene()};
}

}  // namespace backstop::model
