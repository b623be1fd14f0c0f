// SPDX-License-Identifier: MIT
#include "sim/harness/observed/model_replay.h"

#include <fmt/format.h>

#include "impl/esent.h"
#include "model/addressing.h"
#include "model/machine/table_text.h"
#include "sim/harness/conformance/small_world.h"
#include "sim/harness/observed/environment_steps.h"
#include "sim/harness/observed/model_restore_kinds.h"

namespace backstop::observed {

using model::Call;
using model::Life;
using model::Op;
using model::Outcome;
using model::Reaction;
using model::Stage;

namespace {

constexpr uint32_t kSnapshotTimeoutMs = 1500;

/// Calls that are one event and whose arguments are an instance and flag bits.
struct PlainCall {
  const char* name;
  Op op;
  bool legacy;
  uint32_t grbit;
};
constexpr PlainCall kPlain[] = {
    {"JetStopServiceInstance", Op::kStopService, false, 0},
    {"JetStopService", Op::kStopService, true, 0},
    {"JetStopServiceInstance2", Op::kStopServiceInstance2, false, 0},
    {"JetStopBackupInstance", Op::kStopBackup, false, 0},
    {"JetStopBackup", Op::kStopBackup, true, 0},
    {"JetBeginExternalBackupInstance", Op::kBeginExternalBackup, false, 0},
    {"JetBeginExternalBackup", Op::kBeginExternalBackup, true, 0},
    {"JetCloseFileInstance", Op::kCloseFile, false, 0},
    {"JetCloseFile", Op::kCloseFile, true, 0},
    {"JetTruncateLogInstance", Op::kTruncateLog, false, 0},
    {"JetTruncateLog", Op::kTruncateLog, true, 0},
    {"JetEndExternalBackupInstance", Op::kEndExternalBackup, false, 0},
    {"JetEndExternalBackup", Op::kEndExternalBackup, true, 0},
    {"JetEndExternalBackupInstance2", Op::kEndExternalBackup2, false, 0},
};

const PlainCall* FindPlain(const std::string& name) {
  for (const PlainCall& call : kPlain) {
    if (name == call.name) return &call;
  }
  return nullptr;
}

}  // namespace

ModelReplay::ModelReplay(const Sequence& sequence, model::Lifecycle& lifecycle, Outputs outputs)
    : sequence_(sequence),
      lifecycle_(lifecycle),
      recorded_(outputs == Outputs::kRecorded),
      plan_(sequence),
      names_(lifecycle.dialect()) {
  const auto most = sequence.settings.find("JET_paramMaxInstances");
  if (most != sequence.settings.end()) {
    state_.max_instances = static_cast<uint8_t>(std::strtoul(most->second.c_str(), nullptr, 0));
  }
}

void ModelReplay::UseDefaults() {
  const auto recovery = sequence_.settings.find("JET_paramRecovery");
  const auto circular = sequence_.settings.find("JET_paramCircularLog");
  for (model::InstanceState& instance : state_.instances) {
    if (instance.life != Life::kAbsent) continue;
    instance.logging = recovery == sequence_.settings.end() || recovery->second == "On";
    instance.circular = circular != sequence_.settings.end() && circular->second != "0";
  }
}

ModelReplay::Handler ModelReplay::Find(const std::string& call) {
  static const std::map<std::string, Handler> handlers = {
      {"JetCreateInstance2", &ModelReplay::Create},
      {"JetInit", &ModelReplay::Init},
      {"JetInit3", &ModelReplay::Init},
      {"JetTerm", &ModelReplay::Term},
      {"JetTerm2", &ModelReplay::Term},
      {"JetBeginSession", &ModelReplay::BeginSession},
      {"JetCreateDatabase2", &ModelReplay::OpenDatabase},
      {"JetAttachDatabase2", &ModelReplay::OpenDatabase},
      {"JetDetachDatabase2", &ModelReplay::OpenDatabase},
      {"JetOpenDatabase", &ModelReplay::OpenDatabase},
      {"JetCloseDatabase", &ModelReplay::CountRows},
      {"JetEndSession", &ModelReplay::SessionOnly},
      {"JetBeginTransaction", &ModelReplay::SessionOnly},
      {"JetCommitTransaction", &ModelReplay::SessionOnly},
      {"JetRollback", &ModelReplay::SessionOnly},
      {"fatal-error", &ModelReplay::FatalError},
      {"WriteRows", &ModelReplay::WriteRows},
      {"CountRows", &ModelReplay::CountRows},
      {"JetGetDatabaseInfo", &ModelReplay::DatabaseInfo},
      {"JetGetDatabaseFileInfo", &ModelReplay::DatabaseInfo},
      {"JetGetAttachInfoInstance", &ModelReplay::AttachInfo},
      {"JetGetAttachInfo", &ModelReplay::AttachInfo},
      {"JetOpenFileInstance", &ModelReplay::OpenFile},
      {"JetOpenFileSectionInstance", &ModelReplay::OpenFile},
      {"JetOpenFile", &ModelReplay::OpenFile},
      {"JetReadFileInstance", &ModelReplay::ReadFile},
      {"JetReadFile", &ModelReplay::ReadFile},
      {"ReadAll", &ModelReplay::ReadAll},
      {"CopyLogs", &ModelReplay::CopyLogs},
      {"JetGetLogInfoInstance", &ModelReplay::LogInfo},
      {"JetGetLogInfoInstance2", &ModelReplay::LogInfo},
      {"JetGetLogInfo", &ModelReplay::LogInfo},
      {"JetGetTruncateLogInfoInstance", &ModelReplay::LogInfo},
      {"JetBackupInstance", &ModelReplay::Backup},
      {"JetBackup", &ModelReplay::Backup},
      {"JetRestoreInstance", &ModelReplay::Restore},
      {"JetRestore", &ModelReplay::Restore},
      {"JetExternalRestore2", &ModelReplay::Restore},
      {"JetSetSystemParameter", &ModelReplay::SetParameter},
      {"JetGetInstanceInfo", &ModelReplay::InstanceInfo},
      {"mkdir", &ModelReplay::Files},
      {"cp", &ModelReplay::Files},
      {"rm", &ModelReplay::Files},
      {"sleep", &ModelReplay::Sleep},
      {"async", &ModelReplay::Async},
  };
  const auto found = handlers.find(call);
  if (found != handlers.end()) return found->second;
  if (call.starts_with("JetOSSnapshot")) return &ModelReplay::SnapshotCall;
  if (FindFault(call)) return &ModelReplay::Meet;
  return FindPlain(call) != nullptr ? &ModelReplay::Plain : nullptr;
}

ModelVerdict ModelReplay::Check(size_t index) {
  index_ = index;
  rows_.clear();
  const Step& step = sequence_.steps[index];
  const Prediction prediction = Predict(step);
  ModelVerdict verdict;
  const model::RowId row = prediction.reaction.row != model::kNoRow ? prediction.reaction.row
                                                                    : prediction.reaction.gate_row;
  if (row != model::kNoRow) verdict.clause = model::Rows()[row].clause;
  if (prediction.err != step.err) {
    verdict.agrees = false;
    verdict.expected = model::DescribeCode(prediction.err).name;
  } else if (!prediction.mismatch.empty()) {
    verdict.agrees = false;
    verdict.expected = prediction.mismatch;
  }
  return verdict;
}

ModelReplay::Prediction ModelReplay::Predict(const Step& step) {
  Prediction prediction;
  if (recorded_) files_.Follow(step);
  const Handler handler = Find(step.call);
  // What is left concerns files and threads of the recording only.
  if (handler == nullptr) {
    prediction.err = step.err;
    return prediction;
  }
  UseDefaults();
  names_.Observe(state_);
  (this->*handler)(step, &prediction);
  if (handler != &ModelReplay::Meet) meets_.reset();
  return prediction;
}

unsigned ModelReplay::Slot(const Call& call) const {
  const unsigned slot = model::SlotOf(state_, call);
  return slot == model::kNoSlot ? 0 : slot;
}

model::InstanceState& ModelReplay::At(const Call& call) { return state_.instances[Slot(call)]; }

Reaction ModelReplay::Apply(const Call& call, const Outcome& outcome, Stage stage, bool failing) {
  if (translating_ != nullptr) return Note(call, outcome);
  Call met = call;
  if (meets_) met.environment.fault = *meets_;
  const Reaction reaction =
      lifecycle_.Apply(state_, met, stage, failing || meets_.has_value(), &outcome);
  for (const model::RowId row : {reaction.gate_row, reaction.row}) {
    if (row != model::kNoRow) rows_.push_back(row);
  }
  // A call of the other thread was released by a call of this one, but nothing releases a
  // termination before the time-out.
  if (reaction.waits && (!plan_.IsRecord(index_) || call.op == Op::kTerm)) TimeOutFreezes();
  return reaction;
}

Reaction ModelReplay::TimeOutFreezes() {
  Reaction last;
  for (uint8_t slot = 0; slot < model::kSnapshotSlots; ++slot) {
    if (state_.snapshots[slot].phase != model::SnapshotPhase::kFrozen) continue;
    last = Apply({.op = Op::kFreezeTimesOut, .snapshot = slot}, {});
  }
  return last;
}

bool ModelReplay::Return(Prediction* p) {
  const auto begun = begun_.find(index_);
  if (begun == begun_.end()) return false;
  p->reaction = Apply(begun->second.call, {}, Stage::kLeave);
  p->err = p->reaction.err;
  return true;
}

void ModelReplay::Finish(const Call& call, Prediction* prediction, bool failing) {
  prediction->reaction = Apply(call, {});
  if (prediction->reaction.pending) {
    prediction->reaction = Apply(call, {}, Stage::kLeave, failing);
  }
  prediction->err = prediction->reaction.err;
}

void ModelReplay::TakeFindings(const Step& step, const model::Snapshot& before, Prediction* p) {
  if (p->err < 0 || !files_.Noticed(step)) return;
  state_ = before;
  p->err = step.err;
}

/// Whether the file of a database is there is known of those alone that nobody else touched.
void ModelReplay::TakeExistence(const Step& step, const Call& call) {
  if (!files_.changed()) return;
  const auto bit = static_cast<uint8_t>(1u << call.database);
  uint8_t& existing = At(call).existing;
  const bool absent =
      call.op == Op::kCreateDatabase ? step.err >= 0 : step.err == JET_errFileNotFound;
  existing = static_cast<uint8_t>(absent ? existing & ~bit : existing | bit);
}

Call ModelReplay::InstanceCall(Op op, const Step& step) const {
  return {.op = op, .instance = names_.Instance(step), .grbit = Grbit(step)};
}

Call ModelReplay::SessionCall(Op op, const Step& step) const {
  return {.op = op,
          .instance = names_.InstanceOfSession(step),
          .session = names_.Session(step),
          .grbit = Grbit(step)};
}

void ModelReplay::Plain(const Step& step, Prediction* p) {
  const PlainCall& plain = *FindPlain(step.call);
  Call call = InstanceCall(plain.op, step);
  call.legacy = plain.legacy;
  call.file = names_.File(step);
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
}

void ModelReplay::Create(const Step& step, Prediction* p) {
  Call call{.op = Op::kCreateInstance, .instance = names_.SlotFor(step)};
  call.name_taken = names_.NameTaken(step, state_);
  call.null_pointer = Flag(step, "nullout");
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  names_.MadeInstance(step, p->err >= 0);
}

void ModelReplay::Init(const Step& step, Prediction* p) {
  Call call = InstanceCall(Op::kInit, step);
  call.null_pointer = step.Text("inst") == "NULL";
  call.bad_size = step.Has("cbs");
  call.paths_in_use = names_.PathsInUse(state_, step);
  call.name_taken = names_.NamelessLives(state_);
  call.restore = RestoreKindOf(step.Text("given"));
  const bool makes = call.null_pointer || call.instance == model::InstanceRef::kNil;
  const bool noticed = files_.Noticed(step);
  if (noticed) call.environment.fault = model::Fault::kIo;
  const bool lived = At(call).life != Life::kAbsent;
  if (!Return(p)) Finish(call, p, noticed);
  // Whatever keeps recovery from its end, it ends the same way.
  if (noticed && p->err == JET_errDiskIO) p->err = step.err;
  if (!makes && lived && At(call).life == Life::kAbsent) names_.LostInstance(step);
  if (!makes) return;
  names_.MadeInstance(step, p->err >= 0);
  if (p->err >= 0) names_.MadeNameless(step);
}

void ModelReplay::Term(const Step& step, Prediction* p) {
  Call call = InstanceCall(Op::kTerm, step);
  if (step.call == "JetTerm") call.grbit = JET_bitTermAbrupt;
  if (!Return(p)) Finish(call, p);
}

void ModelReplay::BeginSession(const Step& step, Prediction* p) {
  Call call = InstanceCall(Op::kBeginSession, step);
  call.session = names_.FreeSession(At(call));
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  names_.MadeSession(step, p->err >= 0, call.session);
}

void ModelReplay::OpenDatabase(const Step& step, Prediction* p) {
  const Op op = step.call == "JetCreateDatabase2"   ? Op::kCreateDatabase
                : step.call == "JetAttachDatabase2" ? Op::kAttachDatabase
                : step.call == "JetDetachDatabase2" ? Op::kDetachDatabase
                                                    : Op::kOpenDatabase;
  Call call = SessionCall(op, step);
  call.database = names_.DatabaseNumber(Slot(call), step.Text("name", "db1.edb"));
  if (op == Op::kCreateDatabase || op == Op::kAttachDatabase) TakeExistence(step, call);
  const model::Snapshot before = state_;
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  TakeFindings(step, before, p);
  if (op == Op::kCreateDatabase || op == Op::kOpenDatabase) {
    names_.MadeDatabase(step, p->err >= 0, call.database);
  }
}

void ModelReplay::WriteRows(const Step& step, Prediction* p) {
  Call call = SessionCall(Op::kInsertRow, step);
  call.lazy = Flag(step, "lazy");
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  many_rows_ = many_rows_ || (p->err >= 0 && Number(step, "rows") >= conformance::kManyRows);
}

void ModelReplay::CountRows(const Step& step, Prediction* p) {
  Call call = SessionCall(step.call == "CountRows" ? Op::kReadRow : Op::kCloseDatabase, step);
  call.database = names_.Database(step);
  const model::Snapshot before = state_;
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  TakeFindings(step, before, p);
}

void ModelReplay::DatabaseInfo(const Step& step, Prediction* p) {
  const bool by_file = step.call == "JetGetDatabaseFileInfo";
  Call call = SessionCall(by_file ? Op::kGetDatabaseFileInfo : Op::kGetDatabaseInfo, step);
  call.bad_size = step.Has("cb");
  const std::string name = step.Text("name", "db1.edb");
  if (by_file && name.ends_with(".chk")) call.name = model::NameKind::kForeign;
  call.database = by_file ? names_.DatabaseNumber(Slot(call), name) : names_.Database(step);
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  if (by_file && files_.changed()) return;  // the header may be that of a copy
  if (p->err >= 0 && step.err >= 0) CheckHeader(step, call, p);
}

namespace {

bool IsRange(const nlohmann::json& value) {
  return value.is_array() && value.size() == 2 && value[0].is_number_integer() &&
         value[1].is_number_integer();
}

/// An empty text if the recorded field is as predicted; unknown ranges only have to be there.
std::string CompareStamp(const Step& step, const char* key, const model::Stamp& stamp) {
  if (!step.out.contains(key) || !IsRange(step.out.at(key))) return {};
  const auto& recorded = step.out.at(key);
  const auto low = recorded.at(0).get<int64_t>();
  const auto high = recorded.at(1).get<int64_t>();
  const bool same = stamp.low == model::kUnknownGeneration ? low != 0 || high != 0
                                                           : low == stamp.low && high == stamp.high;
  return same ? "" : fmt::format("{} [{}, {}]", key, stamp.low, stamp.high);
}

}  // namespace

std::string HeaderMismatch(const Step& step, const model::Header& header) {
  for (const auto& [key, stamp] : {std::pair{"full", header.full},
                                   {"inc", header.incremental},
                                   {"fullCur", model::Stamp{}},
                                   {"copy", header.copy},
                                   {"diff", header.differential}}) {
    std::string mismatch = CompareStamp(step, key, stamp);
    if (!mismatch.empty()) return mismatch;
  }
  return {};
}

void ModelReplay::CheckHeader(const Step& step, const Call& call, Prediction* p) {
  p->mismatch = HeaderMismatch(step, At(call).headers[p->reaction.database]);
}

void ModelReplay::InstanceInfo(const Step& step, Prediction* p) {
  p->reaction = Apply({.op = Op::kGetInstanceInfo, .null_pointer = Flag(step, "nulln")}, {});
  p->err = p->reaction.err;
}

void ModelReplay::Files(const Step& step, Prediction* p) {
  p->err = step.err;
  if (step.call == "mkdir") names_.MakeDirectory(step.Text("path"));
  if (step.call == "cp") names_.AddFile(step.Text("dst"));
  if (step.call == "rm") names_.RemoveFile(step.Text("path"));
}

void ModelReplay::Sleep(const Step& step, Prediction* p) {
  p->err = step.err;
  frozen_for_ += static_cast<uint32_t>(Number(step, "ms"));
  if (frozen_for_ < kSnapshotTimeoutMs) return;
  for (uint8_t slot = 0; slot < model::kSnapshotSlots; ++slot) {
    p->reaction = Apply({.op = Op::kFreezeTimesOut, .snapshot = slot}, {});
  }
}

void ModelReplay::SnapshotCall(const Step& step, Prediction* p) {
  static const std::map<std::string, Op> ops = {
      {"JetOSSnapshotPrepare", Op::kSnapshotPrepare},
      {"JetOSSnapshotPrepareInstance", Op::kSnapshotPrepareInstance},
      {"JetOSSnapshotFreeze", Op::kSnapshotFreeze},
      {"JetOSSnapshotThaw", Op::kSnapshotThaw},
      {"JetOSSnapshotAbort", Op::kSnapshotAbort},
      {"JetOSSnapshotTruncateLog", Op::kSnapshotTruncateLog},
      {"JetOSSnapshotTruncateLogInstance", Op::kSnapshotTruncateLogInstance},
      {"JetOSSnapshotGetFreezeInfo", Op::kSnapshotGetFreezeInfo},
      {"JetOSSnapshotEnd", Op::kSnapshotEnd},
  };
  Call call = InstanceCall(ops.at(step.call), step);
  call.null_pointer = Flag(step, "nullout") || Flag(step, "nulln") || Flag(step, "nulli");
  const bool prepares = call.op == Op::kSnapshotPrepare;
  call.snapshot = names_.Snapshot(step);
  for (uint8_t slot = 0; prepares && slot < model::kSnapshotSlots; ++slot) {
    if (state_.snapshots[slot].phase == model::SnapshotPhase::kNone) {
      call.snapshot = slot;
      break;
    }
  }
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  if (prepares) names_.MadeSnapshot(step, p->err >= 0, call.snapshot);
  if (call.op == Op::kSnapshotFreeze && p->err >= 0) frozen_for_ = 0;
  if (call.snapshot < model::kSnapshotSlots &&
      state_.snapshots[call.snapshot].phase == model::SnapshotPhase::kNone) {
    names_.SnapshotGone(call.snapshot);
  }
  const bool lists = call.op == Op::kSnapshotFreeze || call.op == Op::kSnapshotGetFreezeInfo;
  if (lists && p->err >= 0 && step.err >= 0 && recorded_ &&
      OutNumber(step, "n", -1) != p->reaction.instances) {
    p->mismatch = fmt::format("{} instances", p->reaction.instances);
  }
}

void ModelReplay::Async(const Step& step, Prediction* p) {
  p->err = step.err;
  const std::optional<size_t> record = plan_.RecordOf(index_);
  if (!record) return;
  const Step& line = sequence_.steps[*record];
  if (line.call == "JetBackupInstance") BeginBackup(line, *record);
  if (line.call.starts_with("JetInit") || line.call == "JetRestoreInstance") {
    Call call =
        InstanceCall(line.call == "JetRestoreInstance" ? Op::kRestoreInstance : Op::kInit, line);
    call.null_pointer = line.Text("inst") == "NULL";
    call.directory = DirectoryFor(line);
    call.paths_in_use = names_.PathsInUse(state_, line);
    call.name_taken = names_.NamelessLives(state_);
    call.restore = RestoreKindOf(line.Text("given"));
    const bool makes = call.null_pointer || call.instance == model::InstanceRef::kNil;
    if (!Apply(call, {}).pending) return;
    begun_[*record] = {call, Stage::kLeave};
    if (makes && call.op == Op::kInit) names_.MakesInstance(line);
  }
  if (line.call != "JetTerm2" && line.call != "JetTerm") return;
  const Call call = InstanceCall(Op::kTerm, line);
  if (Apply(call, {}).pending) begun_[*record] = {call, Stage::kLeave};
}

}  // namespace backstop::observed
