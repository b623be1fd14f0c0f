// SPDX-License-Identifier: MIT
#include "model/explore/letters.h"

#include "impl/esent.h"

namespace backstop::model {

void Letters::Add(const Call& call, Stage stage) {
  letters_.push_back({.call = call, .stage = stage});
  const uint32_t faults = lifecycle_.AskedFaults(call, stage);
  for (unsigned fault = 0; fault < static_cast<unsigned>(Fault::kCount); ++fault) {
    if ((faults >> fault & 1) == 0) continue;
    Call faulty = call;
    faulty.environment.fault = static_cast<Fault>(fault);
    letters_.push_back({.call = faulty, .stage = stage, .failing = true});
  }
}

void Letters::AddWithTwin(const Call& call) {
  Add(call);
  if (!HasLegacyTwin(call.op)) return;
  Call twin = call;
  twin.legacy = true;
  Add(twin);
}

void AddBeginLetters(InstanceRef instance, Letters& letters) {
  constexpr uint32_t kUnknown = 0x2;
  for (const uint32_t grbit : {0u, kUnknown, JET_bitBackupIncremental, JET_bitBackupSurrogate,
                               JET_bitBackupSurrogate | JET_bitBackupIncremental,
                               JET_bitInternalCopy, JET_bitInternalCopy | JET_bitBackupIncremental,
                               JET_bitInternalCopy | JET_bitBackupSurrogate}) {
    letters.Add({.op = Op::kBeginExternalBackup, .instance = instance, .grbit = grbit});
  }
}

void AddEndLetters(InstanceRef instance, Letters& letters) {
  constexpr uint32_t kNormal = JET_bitBackupEndNormal;
  constexpr uint32_t kAbort = JET_bitBackupEndAbort;
  letters.Add({.op = Op::kEndExternalBackup, .instance = instance});
  for (const uint32_t grbit :
       {0u, kNormal, kAbort, kNormal | kAbort, kNormal | JET_bitBackupTruncateDone,
        kNormal | JET_bitBackupNoDbHeaderUpdate,
        kNormal | JET_bitBackupTruncateDone | JET_bitBackupNoDbHeaderUpdate,
        kNormal | JET_bitBackupSurrogate, kAbort | JET_bitBackupSurrogate,
        kNormal | JET_bitBackupSurrogate | JET_bitBackupNoDbHeaderUpdate}) {
    letters.Add({.op = Op::kEndExternalBackup2, .instance = instance, .grbit = grbit});
  }
}

void AddPlainBackupLetters(InstanceRef instance, Letters& letters) {
  for (const uint32_t grbit : {0u, JET_bitBackupIncremental, JET_bitBackupSurrogate}) {
    letters.AddSmooth({.op = Op::kBeginExternalBackup, .instance = instance, .grbit = grbit});
  }
  letters.AddSmooth({.op = Op::kStopBackup, .instance = instance});
  letters.AddSmooth({.op = Op::kEndExternalBackup, .instance = instance});
  letters.AddSmooth({.op = Op::kEndExternalBackup2,
                     .instance = instance,
                     .grbit = JET_bitBackupEndNormal | JET_bitBackupTruncateDone});
}

void AddOpenLetters(const ExploreOptions& options, Letters& letters) {
  for (const NameKind name : {NameKind::kNull, NameKind::kCurrentLog, NameKind::kBadLog,
                              NameKind::kForeign, NameKind::kOther}) {
    letters.Add({.op = Op::kOpenFile, .name = name});
  }
  for (uint8_t database = 0; database <= options.databases; ++database) {
    letters.Add({.op = Op::kOpenFile, .database = database, .name = NameKind::kDatabase});
  }
  for (uint32_t generation = 1; generation <= options.logs + 1u; ++generation) {
    letters.Add({.op = Op::kOpenFile, .name = NameKind::kLog, .generation = generation});
  }
}

void AddSectionLetters(const ExploreOptions& options, Letters& letters) {
  const Call database{.op = Op::kOpenFileSection, .name = NameKind::kDatabase};
  const Call log{.op = Op::kOpenFileSection, .name = NameKind::kLog, .generation = 1};
  for (Call call : {database, log}) {
    letters.Add(call);
    call.section = SectionKind::kLater;
    call.pages = static_cast<uint16_t>(options.database_pages - 1);
    letters.Add(call);
  }
  for (const SectionKind section : {SectionKind::kForbidden, SectionKind::kSeveral}) {
    Call call = database;
    call.section = section;
    letters.Add(call);
  }
  for (const NameKind name : {NameKind::kNull, NameKind::kCurrentLog, NameKind::kBadLog,
                              NameKind::kForeign, NameKind::kOther}) {
    letters.Add({.op = Op::kOpenFileSection, .name = name});
  }
  letters.Add(
      {.op = Op::kOpenFileSection, .database = options.databases, .name = NameKind::kDatabase});
}

/// Handle 1 is the open file if there is one; 2 is of a file that was closed.
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

void AddListLetters(Letters& letters) {
  for (const Op op :
       {Op::kGetAttachInfo, Op::kGetLogInfo, Op::kGetLogInfo2, Op::kGetTruncateLogInfo}) {
    for (const BufferKind buffer : {BufferKind::kLarge, BufferKind::kSmall, BufferKind::kNone}) {
      for (const bool wide : {false, true}) {
        letters.Add({.op = op, .buffer = buffer, .wide = wide});
      }
    }
  }
  letters.Add({.op = Op::kGetLogInfo2, .bad_size = true});
  letters.Add({.op = Op::kTruncateLog});
}

void AddFileLetters(const ExploreOptions& options, Letters& letters) {
  AddOpenLetters(options, letters);
  AddSectionLetters(options, letters);
  AddReadLetters(options, letters);
  AddListLetters(letters);
}

void AddPlainFileLetters(const ExploreOptions& options, Letters& letters) {
  letters.AddSmooth({.op = Op::kGetAttachInfo});
  letters.AddSmooth({.op = Op::kOpenFile, .name = NameKind::kDatabase});
  letters.AddSmooth({.op = Op::kOpenFile, .name = NameKind::kLog, .generation = 1});
  letters.AddSmooth({.op = Op::kReadFile, .file = 1, .pages = options.database_pages});
  letters.AddSmooth({.op = Op::kCloseFile, .file = 1});
  letters.AddSmooth({.op = Op::kGetLogInfo});
  letters.AddSmooth({.op = Op::kGetTruncateLogInfo});
  letters.AddSmooth({.op = Op::kTruncateLog});
}

void AddWholeLetters(Letters& letters) {
  constexpr uint32_t kUnknown = 0x2;
  constexpr uint32_t kBoth = JET_bitBackupIncremental | JET_bitBackupAtomic;
  for (const uint32_t grbit :
       {0u, kUnknown, JET_bitBackupIncremental, JET_bitBackupAtomic, kBoth}) {
    for (const DirectoryKind directory :
         {DirectoryKind::kNone, DirectoryKind::kMissing, DirectoryKind::kEmpty,
          DirectoryKind::kBackup, DirectoryKind::kAtomicBackup, DirectoryKind::kOccupied}) {
      letters.AddSmooth({.op = Op::kBackup, .grbit = grbit, .directory = directory});
    }
    letters.Add({.op = Op::kBackup, .grbit = grbit, .directory = DirectoryKind::kEmpty});
  }
  letters.Add({.op = Op::kBackup}, Stage::kMiddle);
  letters.Add({.op = Op::kBackup}, Stage::kLeave);
}

void AddTermLetters(InstanceRef instance, Letters& letters) {
  letters.Add({.op = Op::kTerm, .instance = instance});
  constexpr uint32_t kStop = JET_bitTermStopBackup;
  for (const uint32_t grbit : {0u, JET_bitTermComplete, JET_bitTermAbrupt, kStop, JET_bitTermDirty,
                               kStop | JET_bitTermDirty}) {
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
    Call bogus = set;
    bogus.session = kBogusSession;
    for (const Call& call : {set, same, wrong, bogus}) letters.Add(call);
  }
}

void AddTransactionLetters(uint8_t session, InstanceRef instance, Letters& letters) {
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
    const auto add = [&](Op op, uint32_t grbit = 0) {
      letters.Add({.op = op, .session = session, .database = database, .grbit = grbit});
    };
    add(Op::kAttachDatabase);
    add(Op::kAttachDatabase, JET_bitDbReadOnly);
    add(Op::kDetachDatabase);
    add(Op::kDetachDatabase, JET_bitForceDetach);
    add(Op::kCreateDatabase);
    add(Op::kCreateDatabase, JET_bitDbRecoveryOff);
    for (const Op op : {Op::kOpenDatabase, Op::kCloseDatabase, Op::kReadRow, Op::kGetDatabaseInfo,
                        Op::kGetDatabaseFileInfo}) {
      add(op);
    }
    letters.Add(
        {.op = Op::kGetDatabaseInfo, .session = session, .database = database, .bad_size = true});
  }
}

namespace {

void AddCreateLetters(InstanceRef instance, Letters& letters) {
  letters.Add({.op = Op::kCreateInstance, .instance = instance});
  letters.Add({.op = Op::kCreateInstance, .instance = instance, .name_taken = true});
  letters.Add({.op = Op::kCreateInstance, .instance = instance, .null_pointer = true});
}

}  // namespace

void AddLifeLetters(InstanceRef instance, Letters& letters) {
  letters.Add({.op = Op::kInit, .instance = instance});
  letters.Add({.op = Op::kInit, .instance = instance, .bad_size = true});
  if (instance == InstanceRef::kFirst || instance == InstanceRef::kSecond) {
    AddCreateLetters(instance, letters);
    letters.Add({.op = Op::kInit, .instance = instance}, Stage::kLeave);
    letters.Add({.op = Op::kInit, .instance = instance, .paths_in_use = true}, Stage::kLeave);
    letters.Add({.op = Op::kInit, .instance = instance, .restore = RestoreKind::kBadMap},
                Stage::kLeave);
    AddTermLetters(instance, letters);
  } else {
    letters.Add({.op = Op::kInit, .instance = instance, .name_taken = true});
    letters.Add({.op = Op::kInit, .instance = instance}, Stage::kLeave);
    letters.Add({.op = Op::kTerm, .instance = instance});
  }
}

void AddPrepareLetters(uint8_t snapshot, std::vector<uint32_t> grbits, Letters& letters) {
  for (const uint32_t grbit : grbits) {
    letters.Add({.op = Op::kSnapshotPrepare, .grbit = grbit, .snapshot = snapshot});
  }
}

void AddSnapshotLetters(uint8_t snapshot, Letters& letters) {
  constexpr uint32_t kUnknown = 0x4;
  for (const Op op : {Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotAbort,
                      Op::kSnapshotTruncateLog, Op::kSnapshotGetFreezeInfo, Op::kSnapshotEnd}) {
    letters.Add({.op = op, .snapshot = snapshot});
    letters.Add({.op = op, .grbit = kUnknown, .snapshot = snapshot});
  }
  for (const Op op : {Op::kSnapshotFreeze, Op::kSnapshotGetFreezeInfo}) {
    letters.Add({.op = op, .null_pointer = true, .snapshot = snapshot});
  }
  letters.Add(
      {.op = Op::kSnapshotTruncateLog, .grbit = JET_bitAllDatabasesSnapshot, .snapshot = snapshot});
  letters.Add({.op = Op::kSnapshotEnd, .grbit = JET_bitAbortSnapshot, .snapshot = snapshot});
  if (snapshot < kSnapshotSlots) letters.Add({.op = Op::kFreezeTimesOut, .snapshot = snapshot});
}

void AddMemberLetters(uint8_t snapshot, InstanceRef instance, Letters& letters) {
  constexpr uint32_t kUnknown = 0x4;
  for (const Op op : {Op::kSnapshotPrepareInstance, Op::kSnapshotTruncateLogInstance}) {
    for (const uint32_t grbit : {0u, kUnknown}) {
      letters.Add({.op = op, .instance = instance, .grbit = grbit, .snapshot = snapshot});
    }
  }
}

void AddRestoreLetters(InstanceRef instance, Letters& letters) {
  for (unsigned kind = 0; kind <= static_cast<unsigned>(DirectoryKind::kOccupied); ++kind) {
    const auto directory = static_cast<DirectoryKind>(kind);
    const Call call{.op = Op::kRestoreInstance, .instance = instance, .directory = directory};
    letters.AddWithTwin(call);
    Call crowded = call;
    crowded.paths_in_use = true;
    letters.Add(crowded);
    if (directory != DirectoryKind::kNone) letters.Add(call, Stage::kLeave);
  }
}

void AddExternalRestoreLetters(Letters& letters) {
  for (unsigned kind = 0; kind <= static_cast<unsigned>(RestoreKind::kRunning); ++kind) {
    letters.Add({.op = Op::kExternalRestore, .restore = static_cast<RestoreKind>(kind)});
  }
  letters.Add({.op = Op::kExternalRestore, .paths_in_use = true});
}

}  // namespace backstop::model
