// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/moves.h"

#include "impl/esent.h"
#include "sim/harness/conformance/small_world.h"
#include "sim/harness/conformance/walk.h"

namespace backstop::conformance {

using model::BufferKind;
using model::Call;
using model::DirectoryKind;
using model::Fault;
using model::FileRef;
using model::InstanceRef;
using model::NameKind;
using model::Op;
using model::ParameterKind;
using model::RestoreKind;
using model::SectionKind;
using model::Stage;

namespace {

uint32_t FaultsAskedBy(const model::Lifecycle& lifecycle, const Call& call) {
  uint32_t faults = 0;
  for (const Stage stage : {Stage::kOnly, Stage::kMiddle, Stage::kLeave}) {
    if (stage == Stage::kMiddle && call.op != Op::kBackup) continue;
    if (stage == Stage::kLeave && !HasSecondEvent(call.op)) continue;
    faults |= lifecycle.AskedFaults(call, stage);
  }
  return faults;
}

}  // namespace

bool NeedsLogs(Op op) {
  return op == Op::kOpenFile || op == Op::kOpenFileSection || op == Op::kGetLogInfo ||
         op == Op::kGetLogInfo2 || op == Op::kGetTruncateLogInfo || op == Op::kTruncateLog;
}

Moves& Moves::Add(const Call& call) { return Add(Move{.call = call}); }

Moves& Moves::Add(const Move& move) {
  moves_.push_back(move);
  return *this;
}

Moves& Moves::AddWithTwin(const Call& call) {
  Add(call);
  Call twin = call;
  twin.legacy = true;
  return model::HasLegacyTwin(call.op) ? Add(twin) : *this;
}

Moves& Moves::AddBits(Call call, std::initializer_list<uint32_t> grbits) {
  for (const uint32_t grbit : grbits) {
    call.grbit = grbit;
    Add(call);
  }
  return *this;
}

Moves& Moves::AddThread(const Call& call, uint8_t point) {
  Add(Move{.call = call, .part = Part::kStarts, .point = point});
  Add(Move{.call = call, .part = Part::kReturns, .point = point});
  return call.op == Op::kBackup ? AddReturnUnderTerm(call, point) : *this;
}

Moves& Moves::AddReturnUnderTerm(const Call& call, uint8_t point) {
  for (const uint32_t grbit : {uint32_t{0}, uint32_t{JET_bitTermStopBackup}}) {
    Move met{.call = call, .part = Part::kReturns, .point = point};
    met.under_term = true;
    met.term_grbit = grbit;
    Add(met);
    Add(TermOf(met));
  }
  return *this;
}

Moves& Moves::Add(const std::vector<Move>& moves) {
  moves_.insert(moves_.end(), moves.begin(), moves.end());
  return *this;
}

std::vector<Move> Moves::TakeWithFaults() const {
  std::vector<Move> all = moves_;
  for (const Move& move : moves_) {
    if (move.composite != Composite::kNone || move.part == Part::kStarts) continue;
    const uint32_t faults = FaultsAskedBy(lifecycle_, move.call);
    Move failing = move;
    failing.failing = true;
    if (NeedsLogs(move.call.op)) all.push_back(failing);
    for (unsigned fault = 1; fault < 32; ++fault) {
      if ((faults >> fault & 1) == 0) continue;
      failing.call.environment.fault = static_cast<Fault>(fault);
      all.push_back(failing);
    }
  }
  return all;
}

void AddLife(InstanceRef instance, Moves& moves) {
  moves.Add({.op = Op::kCreateInstance, .instance = instance});
  moves.Add({.op = Op::kCreateInstance, .instance = instance, .name_taken = true});
  moves.Add({.op = Op::kCreateInstance, .instance = instance, .null_pointer = true});
  moves.Add(
      {.op = Op::kCreateInstance, .instance = instance, .name_taken = true, .null_pointer = true});
  moves.Add({.op = Op::kInit, .instance = instance});
  moves.Add({.op = Op::kInit, .instance = instance, .bad_size = true});
  moves.Add({.op = Op::kInit, .instance = instance, .restore = RestoreKind::kBadMap});
  moves.Add({.op = Op::kInit, .instance = InstanceRef::kNil, .name_taken = true});
  moves.Add({.op = Op::kInit, .instance = instance, .paths_in_use = true});
  moves.Add({.op = Op::kInit, .instance = InstanceRef::kNil});
  moves.Add({.op = Op::kInit, .instance = InstanceRef::kNil, .null_pointer = true});
  moves.Add({.op = Op::kInit, .instance = InstanceRef::kBogus});
  moves.AddThread({.op = Op::kInit, .instance = instance});
  for (const uint32_t grbit : {0x0u, 0x1u, 0x2u, 0x4u, 0x8u, 0xau, 0xcu}) {
    moves.Add({.op = Op::kTerm, .instance = instance, .grbit = grbit});
    moves.AddThread({.op = Op::kTerm, .instance = instance, .grbit = grbit});
  }
}

void AddServices(Moves& moves) {
  constexpr uint32_t kResume = JET_bitStopServiceResume;
  moves.AddWithTwin({.op = Op::kStopService});
  moves.AddBits({.op = Op::kStopServiceInstance2},
                {0x0, 0x1, 0x2, 0x4, 0x6, 0x8, 0xa, 0x10, kResume, kResume | 0x2, kResume | 0x4,
                 kResume | 0x8});
}

void AddParameters(InstanceRef instance, Moves& moves) {
  for (const ParameterKind kind : {ParameterKind::kGlobal, ParameterKind::kInstance,
                                   ParameterKind::kDynamic, ParameterKind::kUnknown}) {
    const Call set{.op = Op::kSetSystemParameter, .instance = instance, .parameter = kind};
    moves.Add(set);
    if (kind == ParameterKind::kUnknown) continue;
    Call same = set;
    same.same_value = true;
    moves.Add(same);
    Call wrong = set;
    wrong.value_valid = false;
    moves.Add(wrong);
    Call bogus = set;
    bogus.session = model::kBogusSession;
    moves.Add(bogus);
  }
}

void AddSessions(InstanceRef instance, Moves& moves) {
  moves.Add({.op = Op::kBeginSession, .instance = instance});
  moves.Add({.op = Op::kBeginSession, .instance = instance, .session = 1});
  for (const uint8_t session : {uint8_t{0}, uint8_t{1}, model::kNilSession, model::kBogusSession}) {
    for (const Op op : {Op::kEndSession, Op::kBeginTransaction, Op::kInsertRow,
                        Op::kCommitTransaction, Op::kRollback, Op::kReadRow}) {
      moves.Add({.op = op, .instance = instance, .session = session});
    }
    moves.Add({.op = Op::kRollback,
               .instance = instance,
               .session = session,
               .grbit = JET_bitRollbackAll});
  }
  moves.Add({.op = Op::kInsertRow, .instance = instance, .lazy = true});
}

namespace {

/// Information on a file that is no database, and too small a buffer for it.
void AddForeignFileInfo(Call call, Moves& moves) {
  call.name = NameKind::kForeign;
  moves.Add(call);
  call.bad_size = true;
  moves.Add(call);
}

}  // namespace

void AddDatabases(InstanceRef instance, Moves& moves) {
  for (const uint8_t session : {uint8_t{0}, model::kNilSession}) {
    for (const uint8_t database : {uint8_t{0}, uint8_t{1}}) {
      const Call base{.instance = instance, .session = session, .database = database};
      for (const Op op :
           {Op::kCreateDatabase, Op::kAttachDatabase, Op::kDetachDatabase, Op::kOpenDatabase,
            Op::kCloseDatabase, Op::kGetDatabaseInfo, Op::kGetDatabaseFileInfo, Op::kReadRow}) {
        Call call = base;
        call.op = op;
        moves.Add(call);
        call.bad_size = op == Op::kGetDatabaseInfo || op == Op::kGetDatabaseFileInfo;
        if (call.bad_size) moves.Add(call);
        call.bad_size = false;
        if (op == Op::kGetDatabaseFileInfo) AddForeignFileInfo(call, moves);
        if (op == Op::kDetachDatabase) moves.AddBits(call, {JET_bitForceDetach});
        if (op == Op::kCreateDatabase) moves.AddBits(call, {JET_bitDbRecoveryOff});
        if (op == Op::kAttachDatabase) moves.AddBits(call, {JET_bitDbReadOnly});
      }
    }
  }
}

void AddBegin(Moves& moves) {
  moves.AddBits({.op = Op::kBeginExternalBackup},
                {0x0, 0x1, 0x4, 0x20, 0x21, 0x40, 0x41, 0x60, 0x80});
  moves.Add({.op = Op::kStopBackup});
}

void AddFiles(Moves& moves) {
  for (const BufferKind buffer : {BufferKind::kLarge, BufferKind::kSmall, BufferKind::kNone}) {
    moves.Add({.op = Op::kGetAttachInfo, .buffer = buffer});
  }
  moves.Add({.op = Op::kGetAttachInfo, .buffer = BufferKind::kSmall, .wide = true});
  for (const Op op : {Op::kOpenFile, Op::kOpenFileSection}) {
    for (const NameKind name :
         {NameKind::kDatabase, NameKind::kNull, NameKind::kLog, NameKind::kCurrentLog,
          NameKind::kBadLog, NameKind::kForeign, NameKind::kOther}) {
      moves.Add({.op = op, .name = name, .generation = name == NameKind::kLog ? 1u : 0u});
    }
    moves.Add({.op = op, .database = 1, .name = NameKind::kDatabase});
  }
  moves.Add({.op = Op::kOpenFile, .name = NameKind::kLog, .generation = 2});
  for (const SectionKind section :
       {SectionKind::kLater, SectionKind::kForbidden, SectionKind::kSeveral}) {
    for (const NameKind name : {NameKind::kDatabase, NameKind::kNull}) {
      const uint16_t pages = section == SectionKind::kLater ? 2 : 0;
      moves.Add({.op = Op::kOpenFileSection, .name = name, .pages = pages, .section = section});
    }
  }
  for (const FileRef file : {FileRef{1}, FileRef{2}, model::kNoFile, model::kBogusFile}) {
    moves.Add({.op = Op::kCloseFile, .file = file});
    for (const uint16_t pages : {uint16_t{3}, uint16_t{0}, uint16_t{1}, uint16_t{2}}) {
      const Call read{.op = Op::kReadFile, .file = file, .pages = pages};
      moves.Add(read);
      Call odd = read;
      odd.whole_pages = false;
      moves.Add(odd);
      odd.aligned = false;
      moves.Add(odd);
      odd.whole_pages = true;
      moves.Add(odd);
    }
  }
}

void AddLogs(Moves& moves) {
  for (const Op op : {Op::kGetLogInfo, Op::kGetLogInfo2, Op::kGetTruncateLogInfo}) {
    moves.Add({.op = op});
    moves.Add({.op = op, .buffer = BufferKind::kSmall});
    moves.Add({.op = op, .wide = true});
  }
  moves.Add({.op = Op::kGetLogInfo2, .bad_size = true});
  moves.Add({.op = Op::kTruncateLog});
}

void AddEnds(Moves& moves) {
  moves.Add({.op = Op::kEndExternalBackup});
  moves.AddBits({.op = Op::kEndExternalBackup2},
                {0x0, 0x1, 0x2, 0x3, 0x20, 0x21, 0x22, 0x101, 0x201, 0x221, 0x301, 0x800});
}

void AddWhole(Moves& moves) {
  for (const DirectoryKind directory :
       {DirectoryKind::kEmpty, DirectoryKind::kNone, DirectoryKind::kMissing,
        DirectoryKind::kBackup, DirectoryKind::kAtomicBackup, DirectoryKind::kOccupied}) {
    for (const uint32_t grbit : {0x0u, 0x1u, 0x4u, 0x5u, 0x100u}) {
      moves.Add({.op = Op::kBackup, .grbit = grbit, .directory = directory});
    }
  }
  for (const uint8_t point : {uint8_t{1}, uint8_t{2}}) {
    moves.AddThread({.op = Op::kBackup, .directory = DirectoryKind::kEmpty}, point);
    moves.AddThread({.op = Op::kBackup, .grbit = 1, .directory = DirectoryKind::kBackup}, point);
  }
}

void AddRestores(Moves& moves) {
  for (const DirectoryKind directory : {DirectoryKind::kEmpty, DirectoryKind::kNone,
                                        DirectoryKind::kMissing, DirectoryKind::kBackup}) {
    for (const InstanceRef instance : {InstanceRef::kFirst, InstanceRef::kNil}) {
      moves.AddWithTwin({.op = Op::kRestoreInstance, .instance = instance, .directory = directory});
    }
  }
  moves.Add(
      {.op = Op::kRestoreInstance, .paths_in_use = true, .directory = DirectoryKind::kBackup});
  moves.Add(
      {.op = Op::kRestoreInstance, .paths_in_use = true, .directory = DirectoryKind::kMissing});
  moves.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kMissing});
  moves.AddThread({.op = Op::kRestoreInstance, .directory = DirectoryKind::kBackup});
  for (unsigned kind = 0; kind <= static_cast<unsigned>(RestoreKind::kRunning); ++kind) {
    moves.Add({.op = Op::kExternalRestore, .restore = static_cast<RestoreKind>(kind)});
  }
  moves.Add({.op = Op::kExternalRestore, .paths_in_use = true});
}

void AddSnapshots(Moves& moves) {
  for (const uint8_t slot : {uint8_t{0}, uint8_t{1}}) {
    moves.AddBits({.op = Op::kSnapshotPrepare, .snapshot = slot},
                  {0x0, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x8, 0x100});
    moves.Add({.op = Op::kSnapshotPrepare, .null_pointer = true, .snapshot = slot});
  }
  for (const uint8_t slot : {uint8_t{0}, uint8_t{1}, model::kBogusSnapshot}) {
    for (const Op op :
         {Op::kSnapshotPrepareInstance, Op::kSnapshotFreeze, Op::kSnapshotThaw, Op::kSnapshotAbort,
          Op::kSnapshotTruncateLog, Op::kSnapshotTruncateLogInstance, Op::kSnapshotGetFreezeInfo,
          Op::kSnapshotEnd}) {
      moves.AddBits({.op = op, .snapshot = slot}, {0x0, 0x1, 0x100});
    }
    for (const Op op : {Op::kSnapshotFreeze, Op::kSnapshotGetFreezeInfo}) {
      moves.Add({.op = op, .null_pointer = true, .snapshot = slot});
    }
  }
  moves.Add({.op = Op::kFreezeTimesOut});
}

void AddEachCall(InstanceRef instance, Moves& moves) {
  for (unsigned number = 0; number < model::kOpCount; ++number) {
    const Op op = static_cast<Op>(number);
    Call call{.op = op, .instance = instance};
    if (op == Op::kOpenFile || op == Op::kOpenFileSection) call.name = NameKind::kDatabase;
    if (op == Op::kReadFile) call.pages = 3;
    if (op == Op::kReadFile || op == Op::kCloseFile) call.file = model::kBogusFile;
    if (op == Op::kEndExternalBackup2) call.grbit = JET_bitBackupEndNormal;
    if (op == Op::kBackup) call.directory = DirectoryKind::kEmpty;
    if (op == Op::kFreezeTimesOut) continue;
    moves.AddWithTwin(call);
  }
}

}  // namespace backstop::conformance
