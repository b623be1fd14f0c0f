// SPDX-License-Identifier: MIT
#include "model/explore/alphabet.h"

#include "impl/esent.h"

namespace backstop::model {

namespace {

/// Collects letters; the branches of the environment are added here.
class Letters {
 public:
  void Add(const Call& call, Stage stage = Stage::kOnly) {
    letters_.push_back({.call = call, .stage = stage});
    if (!lifecycle_.AsksEnvironment(call, stage)) return;
    letters_.push_back({.call = call, .stage = stage, .failing = true});
    Call faulty = call;
    faulty.environment.fault = Fault::kIo;
    letters_.push_back({.call = faulty, .stage = stage, .failing = true});
  }
  void AddWithTwin(const Call& call) {
    Add(call);
    Call twin = call;
    twin.legacy = true;
    Add(twin);
  }
  std::vector<Letter> Take() { return std::move(letters_); }

 private:
  Lifecycle lifecycle_;
  std::vector<Letter> letters_;
};

void AddBackupLetters(Letters& letters) {
  for (const uint32_t grbit : {0x0u, 0x1u, 0x20u, 0x21u}) {
    letters.Add({.op = Op::kBeginExternalBackup, .grbit = grbit});
  }
  letters.Add({.op = Op::kStopBackup});
  letters.Add({.op = Op::kEndExternalBackup});
  for (const uint32_t grbit : {0x0u, 0x1u, 0x2u, 0x3u, 0x101u, 0x201u, 0x301u}) {
    letters.Add({.op = Op::kEndExternalBackup2, .grbit = grbit});
  }
}

void AddOpenLetters(const ExploreOptions& options, Letters& letters) {
  for (const NameKind name :
       {NameKind::kNull, NameKind::kCurrentLog, NameKind::kBadLog, NameKind::kOther}) {
    letters.Add({.op = Op::kOpenFile, .name = name});
  }
  for (uint8_t database = 0; database <= options.databases; ++database) {
    letters.Add({.op = Op::kOpenFile, .database = database, .name = NameKind::kDatabase});
  }
  for (uint32_t generation = 1; generation <= options.logs + 1u; ++generation) {
    letters.Add({.op = Op::kOpenFile, .name = NameKind::kLog, .generation = generation});
  }
}

/// Handles are 1 and 2 in turn: the open one and the one before it.
void AddReadLetters(const ExploreOptions& options, Letters& letters) {
  for (const FileRef file : {kNoFile, FileRef{1}, FileRef{2}, kBogusFile}) {
    letters.Add({.op = Op::kCloseFile, .file = file});
    for (const uint16_t pages :
         {uint16_t{0}, uint16_t{1}, uint16_t{2}, uint16_t{3}, options.database_pages}) {
      letters.Add({.op = Op::kReadFile, .file = file, .pages = pages});
    }
    letters.Add({.op = Op::kReadFile, .file = file, .aligned = false, .pages = 3});
    letters.Add({.op = Op::kReadFile, .file = file, .whole_pages = false, .pages = 3});
  }
}

void AddFileLetters(const ExploreOptions& options, Letters& letters) {
  letters.Add({.op = Op::kGetAttachInfo});
  AddOpenLetters(options, letters);
  AddReadLetters(options, letters);
  letters.Add({.op = Op::kGetLogInfo});
  letters.Add({.op = Op::kGetTruncateLogInfo});
  letters.Add({.op = Op::kTruncateLog});
}

void AddTermLetters(InstanceRef instance, Letters& letters) {
  letters.Add({.op = Op::kTerm, .instance = instance});
  for (const uint32_t grbit : {0x0u, 0x1u, 0x2u, 0x4u, 0x8u, 0xcu}) {
    letters.Add({.op = Op::kTerm, .instance = instance, .grbit = grbit}, Stage::kLeave);
  }
}

void AddServiceLetters(Letters& letters) {
  letters.AddWithTwin({.op = Op::kStopService});
  constexpr uint32_t kResume = JET_bitStopServiceResume;
  for (const uint32_t grbit : {0x0u, 0x1u, 0x2u, 0x4u, 0x8u, 0xau, kResume, kResume | 0x2u,
                               kResume | 0x4u, kResume | 0x8u}) {
    letters.Add({.op = Op::kStopServiceInstance2, .grbit = grbit});
  }
}

void AddParameterLetters(InstanceRef instance, Letters& letters) {
  for (const ParameterKind kind : {ParameterKind::kGlobal, ParameterKind::kInstance,
                                   ParameterKind::kDynamic, ParameterKind::kUnknown}) {
    const Call set{.op = Op::kSetSystemParameter, .instance = instance, .parameter = kind};
    Call same = set;
    same.same_value = true;
    Call wrong = set;
    wrong.value_valid = false;
    for (const Call& call : {set, same, wrong}) letters.Add(call);
  }
}

void AddSessionLetters(uint8_t session, InstanceRef instance, Letters& letters) {
  for (const Op op :
       {Op::kBeginTransaction, Op::kInsertRow, Op::kCommitTransaction, Op::kRollback}) {
    letters.Add({.op = op, .instance = instance, .session = session});
  }
  letters.Add(
      {.op = Op::kRollback, .instance = instance, .session = session, .grbit = JET_bitRollbackAll});
}

void AddDatabaseLetters(const ExploreOptions& options, uint8_t session, Letters& letters) {
  for (uint8_t database = 0; database <= options.databases && database < kDatabaseSlots;
       ++database) {
    for (const Op op : {Op::kAttachDatabase, Op::kDetachDatabase, Op::kCreateDatabase}) {
      letters.Add({.op = op, .session = session, .database = database});
    }
    letters.Add({.op = Op::kDetachDatabase,
                 .session = session,
                 .database = database,
                 .grbit = JET_bitForceDetach});
  }
}

void AddCreateLetters(InstanceRef instance, Letters& letters) {
  letters.Add({.op = Op::kCreateInstance, .instance = instance});
  letters.Add({.op = Op::kCreateInstance, .instance = instance, .name_taken = true});
  letters.Add({.op = Op::kCreateInstance, .instance = instance, .null_pointer = true});
}

void AddLifeLetters(InstanceRef instance, Letters& letters) {
  letters.Add({.op = Op::kInit, .instance = instance});
  if (instance == InstanceRef::kFirst || instance == InstanceRef::kSecond) {
    AddCreateLetters(instance, letters);
    letters.Add({.op = Op::kInit, .instance = instance}, Stage::kLeave);
    AddTermLetters(instance, letters);
  } else {
    letters.Add({.op = Op::kTerm, .instance = instance});
  }
}

/// A ready instance with one session; the first database is attached and open.
Snapshot ReadyRoot(Mode mode) {
  Snapshot root;
  root.mode = mode;
  InstanceState& instance = root.instances[0];
  instance.life = Life::kReady;
  instance.backup_allowed = true;
  instance.sessions = 1;
  instance.attached = instance.existing = instance.opened = 1;
  return root;
}

/// Everything that one backup can go through, alone in the process.
Scene BackupScene(const ExploreOptions& options) {
  Letters letters;
  AddBackupLetters(letters);
  AddFileLetters(options, letters);
  Snapshot root = ReadyRoot(Mode::kMultiInstance);
  root.instances[0].attached = root.instances[0].existing =
      static_cast<uint8_t>((1u << options.databases) - 1);
  return {.name = "backup", .roots = {root}, .letters = letters.Take()};
}

/// A backup of little data against services, transactions and termination, and other settings.
Scene InstanceScene(const ExploreOptions& options) {
  ExploreOptions small = options;
  small.databases = 1;
  small.logs = 1;
  Letters letters;
  AddBackupLetters(letters);
  AddFileLetters(small, letters);
  letters.Add({.op = Op::kStopService});
  letters.Add({.op = Op::kStopServiceInstance2, .grbit = JET_bitStopServiceStopAndEmitLog});
  AddTermLetters(InstanceRef::kFirst, letters);
  AddSessionLetters(0, InstanceRef::kFirst, letters);
  Snapshot plain = ReadyRoot(Mode::kMultiInstance);
  Snapshot unlogged = plain;
  unlogged.instances[0].logging = false;
  Snapshot circular = plain;
  circular.instances[0].circular = true;
  return {.name = "instance", .roots = {plain, unlogged, circular}, .letters = letters.Take()};
}

/// Sessions and databases around a backup.
Scene SessionScene(const ExploreOptions& options) {
  Letters letters;
  AddBackupLetters(letters);
  letters.Add({.op = Op::kGetLogInfo});
  letters.AddWithTwin({.op = Op::kStopService});
  AddTermLetters(InstanceRef::kFirst, letters);
  for (const uint8_t session : {uint8_t{0}, uint8_t{1}, kNilSession}) {
    AddSessionLetters(session, InstanceRef::kFirst, letters);
    AddDatabaseLetters(options, session, letters);
  }
  Snapshot detached = ReadyRoot(Mode::kMultiInstance);
  detached.instances[0].existing = 3;
  Snapshot deep = detached;
  deep.instances[0].transactions = 1;
  deep.instances[0].levels[0] = 6;
  return {.name = "sessions", .roots = {detached, deep}, .letters = letters.Take()};
}

/// What can be stopped, in every life of an instance.
Scene ServiceScene() {
  Letters letters;
  AddLifeLetters(InstanceRef::kFirst, letters);
  AddServiceLetters(letters);
  letters.Add({.op = Op::kStopBackup});
  letters.Add({.op = Op::kBeginExternalBackup});
  letters.Add({.op = Op::kEndExternalBackup});
  return {.name = "services", .roots = {Snapshot{}}, .letters = letters.Take()};
}

/// Two instances, one-instance mode, every handle and every legacy twin.
Scene ProcessScene() {
  Letters letters;
  for (const InstanceRef instance :
       {InstanceRef::kFirst, InstanceRef::kSecond, InstanceRef::kNil, InstanceRef::kBogus}) {
    AddLifeLetters(instance, letters);
    AddParameterLetters(instance, letters);
    AddSessionLetters(0, instance, letters);
    AddSessionLetters(kNilSession, instance, letters);
    for (unsigned op = static_cast<unsigned>(Op::kStopService);
         op <= static_cast<unsigned>(Op::kEndExternalBackup2); ++op) {
      letters.AddWithTwin({.op = static_cast<Op>(op), .instance = instance, .pages = 3});
    }
  }
  letters.Add({.op = Op::kInit, .null_pointer = true});
  Snapshot narrow;
  narrow.max_instances = 1;
  return {
      .name = "process",
      .roots = {Snapshot{}, narrow, ReadyRoot(Mode::kMultiInstance), ReadyRoot(Mode::kOneInstance)},
      .letters = letters.Take()};
}

}  // namespace

std::vector<Scene> MakeScenes(const ExploreOptions& options) {
  return {BackupScene(options), InstanceScene(options), SessionScene(options), ServiceScene(),
          ProcessScene()};
}

}  // namespace backstop::model
