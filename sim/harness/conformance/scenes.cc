// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/scenes.h"

#include "impl/esent.h"
#include "sim/harness/conformance/moves.h"
#include "sim/harness/conformance/small_world.h"

namespace backstop::conformance {
namespace {

using model::Call;
using model::DirectoryKind;
using model::InstanceRef;
using model::NameKind;
using model::Op;

constexpr Call kCreate{.op = Op::kCreateInstance};
constexpr Call kInit{.op = Op::kInit};
constexpr Call kFatalError{.op = Op::kInstanceUnavailable};

/// From nothing to a ready instance with a session and a database.
Moves Ready(const model::Lifecycle& lifecycle) {
  Moves moves(lifecycle);
  moves.Add(kCreate).Add(kInit).Add({.op = Op::kBeginSession}).Add({.op = Op::kCreateDatabase});
  return moves;
}

void AddBackup(Moves& walk, std::initializer_list<uint32_t> begins) {
  walk.AddBits({.op = Op::kBeginExternalBackup}, begins);
  walk.Add({.op = Op::kStopBackup});
  walk.Add({.op = Op::kOpenFile, .name = NameKind::kDatabase});
  walk.Add({.op = Op::kOpenFile, .name = NameKind::kLog, .generation = 1});
  walk.Add({.op = Op::kOpenFile, .name = NameKind::kForeign});
  for (const model::FileRef file : {model::FileRef{1}, model::FileRef{2}}) {
    const Call read{.op = Op::kReadFile, .file = file, .pages = 3};
    walk.Add(read);
    Call all = read;
    all.pages = kFilePages / 2;
    walk.Add(Move{.call = all, .composite = Composite::kReadAll});
    walk.Add({.op = Op::kCloseFile, .file = file});
  }
  walk.Add({.op = Op::kGetLogInfo});
  walk.Add({.op = Op::kGetTruncateLogInfo});
  walk.Add(Move{.composite = Composite::kCopyLogs});
  walk.Add({.op = Op::kTruncateLog});
  walk.AddBits({.op = Op::kEndExternalBackup2}, {JET_bitBackupEndNormal, JET_bitBackupEndAbort});
  walk.Add(
      {.op = Op::kEndExternalBackup2, .grbit = JET_bitBackupEndNormal | JET_bitBackupTruncateDone});
}

Scene LifeScene(const model::Lifecycle& lifecycle) {
  Moves walk(lifecycle);
  walk.Add(kCreate).Add(kInit).Add({.op = Op::kInit, .instance = InstanceRef::kNil});
  walk.Add({.op = Op::kInit, .null_pointer = true});
  walk.AddThread(kInit);
  walk.AddThread({.op = Op::kInit, .instance = InstanceRef::kNil});
  walk.AddThread({.op = Op::kTerm}).AddThread({.op = Op::kTerm, .grbit = 4});
  walk.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kMissing});
  walk.Add({.op = Op::kTerm}).Add({.op = Op::kStopService}).Add(kFatalError);
  walk.Add({.op = Op::kStopServiceInstance2, .grbit = JET_bitStopServiceStopAndEmitLog});
  walk.Add({.op = Op::kBeginSession}).Add({.op = Op::kCreateDatabase});
  walk.Add({.op = Op::kBeginExternalBackup});
  Moves probes(lifecycle);
  AddLife(InstanceRef::kFirst, probes);
  AddLife(InstanceRef::kSecond, probes);
  AddServices(probes);
  AddParameters(InstanceRef::kFirst, probes);
  AddParameters(InstanceRef::kNil, probes);
  AddSessions(InstanceRef::kFirst, probes);
  AddDatabases(InstanceRef::kFirst, probes);
  AddRestores(probes);
  for (const InstanceRef instance :
       {InstanceRef::kFirst, InstanceRef::kSecond, InstanceRef::kNil, InstanceRef::kBogus}) {
    AddEachCall(instance, probes);
  }
  Moves odd(lifecycle);
  odd.Add({.op = Op::kGetLogInfo2, .bad_size = true});
  odd.Add({.op = Op::kOpenFileSection, .section = model::SectionKind::kSeveral});
  odd.Add({.op = Op::kGetInstanceInfo, .null_pointer = true});
  probes.Add(odd.Take());
  return {.name = "life", .walk = walk.Take(), .probes = probes.TakeWithFaults(), .depth = 9};
}

Scene ProcessScene(const model::Lifecycle& lifecycle, bool narrow) {
  Moves walk(lifecycle);
  walk.Add(kCreate).Add(kInit).Add({.op = Op::kTerm});
  walk.Add({.op = Op::kCreateInstance, .instance = InstanceRef::kSecond});
  walk.Add({.op = Op::kInit, .instance = InstanceRef::kSecond});
  walk.AddThread({.op = Op::kTerm}).AddThread({.op = Op::kTerm, .instance = InstanceRef::kSecond});
  walk.Add({.op = Op::kBeginSession}).Add({.op = Op::kStopService}).Add(kFatalError);
  walk.Add({.op = Op::kInit, .instance = InstanceRef::kNil, .null_pointer = true});
  walk.Add({.op = Op::kInit, .instance = InstanceRef::kNil});
  if (narrow) {
    walk.AddThread(kInit);
    walk.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kMissing});
  }
  Moves probes(lifecycle);
  AddLife(InstanceRef::kFirst, probes);
  AddLife(InstanceRef::kSecond, probes);
  AddParameters(InstanceRef::kSecond, probes);
  AddSessions(InstanceRef::kFirst, probes);
  AddDatabases(InstanceRef::kFirst, probes);
  AddRestores(probes);
  AddEachCall(InstanceRef::kFirst, probes);
  AddEachCall(InstanceRef::kSecond, probes);
  Scene scene{.name = narrow ? "one instance at most" : "two instances",
              .walk = walk.Take(),
              .probes = probes.TakeWithFaults(),
              .depth = 7};
  if (narrow) {
    scene.settings["JET_paramMaxInstances"] = "1";
    scene.root.state.max_instances = 1;
    scene.depth = 5;
  }
  return scene;
}

Scene ServiceScene(const model::Lifecycle& lifecycle) {
  Moves walk = Ready(lifecycle);
  AddServices(walk);
  Moves probes(lifecycle);
  AddServices(probes);
  AddBegin(probes);
  AddLife(InstanceRef::kFirst, probes);
  AddSessions(InstanceRef::kFirst, probes);
  AddDatabases(InstanceRef::kFirst, probes);
  return {.name = "services", .walk = walk.Take(), .probes = probes.TakeWithFaults(), .depth = 8};
}

Scene SessionScene(const model::Lifecycle& lifecycle) {
  Moves walk = Ready(lifecycle);
  walk.Add({.op = Op::kBeginSession, .session = 1}).Add({.op = Op::kEndSession});
  walk.Add({.op = Op::kBeginTransaction}).Add({.op = Op::kInsertRow});
  walk.Add({.op = Op::kCloseDatabase}).Add({.op = Op::kDetachDatabase});
  walk.Add({.op = Op::kAttachDatabase});
  walk.Add({.op = Op::kAttachDatabase, .grbit = JET_bitDbReadOnly});
  walk.AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x20});
  walk.AddThread({.op = Op::kTerm}).Add(kFatalError);
  walk.Add({.op = Op::kStopService});
  walk.Add({.op = Op::kStopServiceInstance2, .grbit = JET_bitStopServiceStopAndEmitLog});
  Moves probes(lifecycle);
  AddSessions(InstanceRef::kFirst, probes);
  AddDatabases(InstanceRef::kFirst, probes);
  AddBegin(probes);
  AddLife(InstanceRef::kFirst, probes);
  return {.name = "sessions", .walk = walk.Take(), .probes = probes.TakeWithFaults(), .depth = 12};
}

void AddStreaming(Moves& probes) {
  AddBegin(probes);
  AddFiles(probes);
  AddLogs(probes);
  AddEnds(probes);
  AddLife(InstanceRef::kFirst, probes);
  AddDatabases(InstanceRef::kFirst, probes);
  AddSessions(InstanceRef::kFirst, probes);
  probes.Add({.op = Op::kBackup, .directory = DirectoryKind::kEmpty});
}

Scene BackupScene(const model::Lifecycle& lifecycle, const char* name, const char* setting,
                  const char* value) {
  Moves walk = Ready(lifecycle);
  AddBackup(walk, {0x0, 0x1, 0x20, 0x40});
  walk.Add({.op = Op::kStopServiceInstance2, .grbit = JET_bitStopServiceStopAndEmitLog});
  walk.Add({.op = Op::kTerm}).Add({.op = Op::kBeginTransaction});
  Moves probes(lifecycle);
  AddStreaming(probes);
  Scene scene{.name = name, .walk = walk.Take(), .probes = probes.TakeWithFaults(), .depth = 15};
  if (setting == nullptr) return scene;
  scene.settings[setting] = value;
  for (model::InstanceState& instance : scene.root.state.instances) {
    instance.logging = scene.settings.count("JET_paramRecovery") == 0;
    instance.circular = scene.settings.count("JET_paramCircularLog") != 0;
  }
  scene.depth = 8;
  return scene;
}

Scene WholeScene(const model::Lifecycle& lifecycle) {
  Moves walk = Ready(lifecycle);
  AddWhole(walk);
  walk.AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x20});
  walk.Add({.op = Op::kStopBackup}).Add({.op = Op::kTerm});
  walk.Add({.op = Op::kOpenFile, .name = NameKind::kDatabase}).Add({.op = Op::kGetLogInfo});
  walk.Add({.op = Op::kEndExternalBackup2, .grbit = JET_bitBackupEndAbort});
  walk.Add({.op = Op::kStopServiceInstance2, .grbit = JET_bitStopServiceStopAndEmitLog});
  walk.Add({.op = Op::kSnapshotPrepare}).Add({.op = Op::kSnapshotFreeze});
  walk.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kBackup});
  Moves probes(lifecycle);
  AddWhole(probes);
  AddStreaming(probes);
  AddRestores(probes);
  return {
      .name = "whole backups", .walk = walk.Take(), .probes = probes.TakeWithFaults(), .depth = 9};
}

Scene SnapshotScene(const model::Lifecycle& lifecycle, bool two) {
  Moves walk = Ready(lifecycle);
  if (two) {
    walk.Add({.op = Op::kCreateInstance, .instance = InstanceRef::kSecond});
    walk.Add({.op = Op::kInit, .instance = InstanceRef::kSecond});
  }
  walk.AddBits({.op = Op::kSnapshotPrepare}, {0x0, 0x1, 0x2, 0x4, 0x6, 0x8});
  walk.Add({.op = Op::kSnapshotPrepareInstance});
  for (const Op op : {Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotTruncateLog,
                      Op::kSnapshotEnd, Op::kFreezeTimesOut, Op::kStopBackup}) {
    walk.Add({.op = op});
  }
  walk.AddBits({.op = Op::kBeginExternalBackup}, {0x0, 0x1});
  walk.Add({.op = Op::kGetLogInfo});
  walk.Add({.op = Op::kStopServiceInstance2, .grbit = JET_bitStopServiceStopAndEmitLog});
  if (!two) {
    walk.Add({.op = Op::kBeginTransaction}).Add({.op = Op::kInsertRow});
    walk.Add({.op = Op::kCloseDatabase});
    walk.AddThread({.op = Op::kTerm}).AddThread({.op = Op::kTerm, .grbit = 4});
    walk.AddThread({.op = Op::kTerm, .grbit = 12}).Add({.op = Op::kTerm});
    walk.Add({.op = Op::kOpenFile, .name = NameKind::kLog, .generation = 1});
    walk.Add({.op = Op::kOpenFile, .name = NameKind::kForeign});
    const Call read{.op = Op::kReadFile, .file = 1, .pages = kFilePages / 2};
    walk.Add(read).Add(Move{.call = read, .composite = Composite::kReadAll});
    walk.Add({.op = Op::kCloseFile, .file = 1}).Add(Move{.composite = Composite::kCopyLogs});
    walk.Add({.op = Op::kTruncateLog}).Add({.op = Op::kGetTruncateLogInfo});
  }
  Moves probes(lifecycle);
  AddSnapshots(probes);
  if (two) AddEachCall(InstanceRef::kSecond, probes);
  if (two) AddEachCall(InstanceRef::kFirst, probes);
  if (!two) AddStreaming(probes);
  return {.name = two ? "snapshots of two" : "snapshots",
          .walk = walk.Take(),
          .probes = probes.TakeWithFaults(),
          .depth = two ? 8u : 12u};
}

}  // namespace

std::vector<Scene> MakeScenes(const model::Lifecycle& lifecycle) {
  std::vector<Scene> scenes = {LifeScene(lifecycle),
                               ProcessScene(lifecycle, false),
                               ProcessScene(lifecycle, true),
                               ServiceScene(lifecycle),
                               SessionScene(lifecycle),
                               BackupScene(lifecycle, "backup", nullptr, nullptr),
                               BackupScene(lifecycle, "unlogged", "JET_paramRecovery", "Off"),
                               BackupScene(lifecycle, "circular", "JET_paramCircularLog", "1"),
                               SnapshotScene(lifecycle, false),
                               SnapshotScene(lifecycle, true),
                               WholeScene(lifecycle)};
  Scene circular = SnapshotScene(lifecycle, false);
  circular.name = "snapshots with circular log";
  circular.settings["JET_paramCircularLog"] = "1";
  for (model::InstanceState& instance : circular.root.state.instances) instance.circular = true;
  circular.depth = 6;
  scenes.push_back(circular);
  const std::vector<Scene> far = MakeFarScenes(lifecycle);
  scenes.insert(scenes.end(), far.begin(), far.end());
  return scenes;
}

}  // namespace backstop::conformance
