// SPDX-License-Identifier: MIT
// Scenes that begin in the middle of something.
#include "impl/esent.h"
#include "sim/harness/conformance/moves.h"
#include "sim/harness/conformance/scenes.h"
#include "sim/harness/conformance/small_world.h"

namespace backstop::conformance {
namespace {

using model::BufferKind;
using model::Call;
using model::DirectoryKind;
using model::Fault;
using model::InstanceRef;
using model::NameKind;
using model::Op;

constexpr Call kCreate{.op = Op::kCreateInstance};
constexpr Call kInit{.op = Op::kInit};
constexpr Call kSession{.op = Op::kBeginSession};
constexpr Call kCreateDatabase{.op = Op::kCreateDatabase};
constexpr Call kFatalError{.op = Op::kInstanceUnavailable};
constexpr Call kFreeze{.op = Op::kSnapshotFreeze};
constexpr Call kThaw{.op = Op::kSnapshotThaw};
constexpr Call kEmitLog{.op = Op::kStopServiceInstance2, .grbit = JET_bitStopServiceStopAndEmitLog};
constexpr Call kOpenLog{.op = Op::kOpenFile, .name = NameKind::kLog, .generation = 1};
constexpr Call kOpenDatabase{.op = Op::kOpenFile, .name = NameKind::kDatabase};
constexpr Call kOpenForeign{.op = Op::kOpenFile, .name = NameKind::kForeign};

/// The log disk was full, and that was a fatal error.
Move FullLogDisk() {
  Move move{.call = kFatalError, .failing = true};
  move.call.environment.fault = Fault::kLogDiskFull;
  return move;
}

Call Prepare(uint32_t grbit) { return {.op = Op::kSnapshotPrepare, .grbit = grbit}; }

/// Puts a scene together from lists of moves.
class Far {
 public:
  Far(const model::Lifecycle& lifecycle, const char* name)
      : name_(name), prefix_(lifecycle), walk(lifecycle), probes(lifecycle) {}

  /// How every sequence of the scene begins.
  Far& After(std::initializer_list<Call> calls) {
    for (const Call& call : calls) prefix_.Add(call);
    return *this;
  }
  Far& After(const Move& move) {
    prefix_.Add(move);
    return *this;
  }
  /// After a ready instance with a session and a database.
  Far& AfterReady() { return After({kCreate, kInit, kSession, kCreateDatabase}); }

  Scene Take(unsigned depth) const {
    return {.name = name_,
            .prefix = prefix_.Take(),
            .walk = walk.Take(),
            .probes = probes.TakeWithFaults(),
            .depth = depth};
  }

 private:
  const char* name_;
  Moves prefix_;

 public:
  Moves walk;
  Moves probes;
};

/// An instance that is unavailable since its log disk was full, in each of its lives.
Scene FullDiskScene(const model::Lifecycle& lifecycle) {
  Far far(lifecycle, "full log disk");
  far.walk.Add(kCreate).Add(kInit).Add(kSession).Add(FullLogDisk());
  far.walk.Add({.op = Op::kInit, .instance = InstanceRef::kNil});
  far.walk.AddThread(kInit).AddThread({.op = Op::kInit, .instance = InstanceRef::kNil});
  far.walk.AddThread({.op = Op::kTerm});
  far.walk.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kMissing});
  AddEachCall(InstanceRef::kFirst, far.probes);
  AddSessions(InstanceRef::kFirst, far.probes);
  AddRestores(far.probes);
  return far.Take(6);
}

/// Services that are stopped for good, in each life of an instance.
Scene ResumeScene(const model::Lifecycle& lifecycle) {
  Far far(lifecycle, "services that stay stopped");
  far.walk.Add(kCreate).Add(kInit).AddThread(kInit).AddThread({.op = Op::kTerm});
  far.walk.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kMissing});
  far.walk.Add({.op = Op::kStopServiceInstance2}).Add(kEmitLog);
  AddServices(far.probes);
  return far.Take(6);
}

/// Calls on the sessions of an instance while another one lives, or terminates as well.
Scene SessionsOfOneScene(const model::Lifecycle& lifecycle) {
  Far far(lifecycle, "sessions beside another instance");
  far.After({kCreate, kInit, kSession});
  far.After({{.op = Op::kCreateInstance, .instance = InstanceRef::kSecond},
             {.op = Op::kInit, .instance = InstanceRef::kSecond}});
  far.walk.AddThread({.op = Op::kTerm})
      .AddThread({.op = Op::kTerm, .instance = InstanceRef::kSecond});
  far.walk.Add({.op = Op::kTerm}).Add(kCreate).AddThread(kInit);
  far.walk.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kMissing});
  far.walk.Add({.op = Op::kStopService}).Add(kFatalError).Add(FullLogDisk());
  AddSessions(InstanceRef::kFirst, far.probes);
  AddDatabases(InstanceRef::kFirst, far.probes);
  AddEachCall(InstanceRef::kFirst, far.probes);
  AddParameters(InstanceRef::kFirst, far.probes);
  AddRestores(far.probes);
  return far.Take(5);
}

void AddFrozenWalk(Moves& walk) {
  walk.Add(kThaw).Add(kOpenLog).Add(kOpenForeign).Add({.op = Op::kStopBackup});
  for (const model::FileRef file : {model::FileRef{1}, model::FileRef{2}}) {
    const Call read{.op = Op::kReadFile, .file = file, .pages = kFilePages / 2};
    walk.Add(read).Add(Move{.call = read, .composite = Composite::kReadAll});
    walk.Add({.op = Op::kCloseFile, .file = file});
  }
  walk.Add({.op = Op::kGetLogInfo}).Add({.op = Op::kGetTruncateLogInfo});
  walk.Add(kEmitLog).Add({.op = Op::kBeginTransaction});
  walk.Add({.op = Op::kEndExternalBackup}).Add({.op = Op::kFreezeTimesOut});
}

void AddStreamingProbes(Moves& probes) {
  AddBegin(probes);
  AddFiles(probes);
  AddLogs(probes);
  AddEnds(probes);
  AddDatabases(InstanceRef::kFirst, probes);
  AddSessions(InstanceRef::kFirst, probes);
  AddWhole(probes);
  AddSnapshots(probes);
}

/// Streaming calls on an instance that a snapshot has frozen, or thawed and kept.
Scene FrozenScene(const model::Lifecycle& lifecycle, uint32_t grbit) {
  Far far(lifecycle, "frozen");
  far.AfterReady().After({Prepare(grbit), kFreeze});
  AddFrozenWalk(far.walk);
  AddStreamingProbes(far.probes);
  AddLife(InstanceRef::kFirst, far.probes);
  return far.Take(5);
}

/// The deepest transactions, in and out of a snapshot.
Scene DeepScene(const model::Lifecycle& lifecycle, std::initializer_list<Call> after) {
  Far far(lifecycle, "deep transactions");
  far.AfterReady().After(after);
  far.walk.Add({.op = Op::kBeginTransaction});
  AddSessions(InstanceRef::kFirst, far.probes);
  return far.Take(9);
}

/// Databases that were detached before a snapshot.
Scene DetachedScene(const model::Lifecycle& lifecycle) {
  Far far(lifecycle, "detached in a snapshot");
  far.AfterReady().After({{.op = Op::kCloseDatabase}, {.op = Op::kDetachDatabase}});
  far.walk.Add(Prepare(0)).Add(kFreeze).AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x1, 0x20});
  AddDatabases(InstanceRef::kFirst, far.probes);
  AddFiles(far.probes);
  return far.Take(4);
}

/// A snapshot with a setting that bars backups.
Scene BarredScene(const model::Lifecycle& lifecycle, const char* setting, const char* value) {
  Far far(lifecycle, "barred in a snapshot");
  far.After({kCreate, kInit});
  far.walk.Add(Prepare(0)).Add(Prepare(JET_bitContinueAfterThaw)).Add(Prepare(1));
  far.walk.Add(kFreeze).Add(kThaw).Add(kSession).Add(kCreateDatabase);
  far.walk.AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x20}).Add({.op = Op::kGetLogInfo});
  far.walk.Add({.op = Op::kBackup, .directory = DirectoryKind::kEmpty});
  AddBegin(far.probes);
  AddWhole(far.probes);
  AddSnapshots(far.probes);
  Scene scene = far.Take(6);
  scene.settings[setting] = value;
  for (model::InstanceState& instance : scene.root.state.instances) {
    instance.logging = !scene.settings.contains("JET_paramRecovery");
    instance.circular = scene.settings.contains("JET_paramCircularLog");
  }
  return scene;
}

/// What JetBackupInstance of another thread meets when it goes on.
Scene MetBackupScene(const model::Lifecycle& lifecycle, bool incremental, uint8_t point) {
  Far far(lifecycle, "a backup of another thread");
  far.AfterReady();
  const Call full{.op = Op::kBackup, .directory = DirectoryKind::kEmpty};
  const Call more{
      .op = Op::kBackup, .grbit = JET_bitBackupIncremental, .directory = DirectoryKind::kBackup};
  if (incremental) far.After({full});
  const Call call = incremental ? more : full;
  far.After(Move{.call = call, .part = Part::kStarts, .point = point});
  Moves returns(lifecycle);
  returns.Add(Move{.call = call, .part = Part::kReturns, .point = point});
  returns.AddReturnUnderTerm(call, point);
  far.walk.Add(returns.Take()).Add({.op = Op::kGetLogInfo}).Add({.op = Op::kStopBackup});
  far.walk.Add(kOpenDatabase).Add(kOpenLog).Add({.op = Op::kEndExternalBackup});
  far.walk.Add({.op = Op::kCloseDatabase}).Add({.op = Op::kDetachDatabase}).Add(kEmitLog);
  far.walk.AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x1, 0x20});
  far.walk.Add(Prepare(0)).Add(kFreeze).Add(Prepare(JET_bitContinueAfterThaw)).Add(kThaw);
  AddStreamingProbes(far.probes);
  far.probes.Add(returns.Take());
  return far.Take(5);
}

/// A dirty termination with a log of the backup open, and what comes after it.
Scene HeldLogScene(const model::Lifecycle& lifecycle) {
  Far far(lifecycle, "held log");
  far.After({kCreate, kInit, {.op = Op::kBeginExternalBackup, .grbit = JET_bitBackupIncremental}});
  far.walk.Add({.op = Op::kGetLogInfo}).Add(kOpenLog).Add(kCreate);
  far.walk.Add({.op = Op::kTerm, .grbit = JET_bitTermDirty});
  far.walk.Add({.op = Op::kTerm, .grbit = JET_bitTermDirty | JET_bitTermStopBackup});
  AddLife(InstanceRef::kFirst, far.probes);
  return far.Take(6);
}

/// Logs that may be deleted: the list of them does not fit into a small buffer.
Scene DeletableLogsScene(const model::Lifecycle& lifecycle) {
  Far far(lifecycle, "logs to delete");
  far.AfterReady();
  far.After(Move{.call = {.op = Op::kInsertRow}, .composite = Composite::kManyRows});
  far.After({{.op = Op::kCloseDatabase}, {.op = Op::kDetachDatabase}});
  far.walk.AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x1});
  far.walk.Add(Prepare(JET_bitContinueAfterThaw)).Add(kFreeze).Add(kThaw);
  far.probes.Add({.op = Op::kGetTruncateLogInfo, .buffer = BufferKind::kSmall});
  return far.Take(5);
}

}  // namespace

std::vector<Scene> MakeFarScenes(const model::Lifecycle& lifecycle) {
  return {FullDiskScene(lifecycle),
          ResumeScene(lifecycle),
          SessionsOfOneScene(lifecycle),
          FrozenScene(lifecycle, 0),
          FrozenScene(lifecycle, JET_bitContinueAfterThaw),
          FrozenScene(lifecycle, JET_bitIncrementalSnapshot),
          DeepScene(lifecycle, {}),
          DeepScene(lifecycle, {Prepare(0), kFreeze}),
          BarredScene(lifecycle, "JET_paramRecovery", "Off"),
          BarredScene(lifecycle, "JET_paramCircularLog", "1"),
          MetBackupScene(lifecycle, false, 1),
          MetBackupScene(lifecycle, false, 2),
          MetBackupScene(lifecycle, true, 1),
          HeldLogScene(lifecycle),
          DetachedScene(lifecycle),
          DeletableLogsScene(lifecycle)};
}

}  // namespace backstop::conformance
