// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/step_writer.h"

#include <fmt/format.h>

#include "impl/esent.h"
#include "model/addressing.h"
#include "sim/harness/conformance/grbit_text.h"
#include "sim/harness/conformance/small_world.h"
#include "sim/harness/observed/environment_steps.h"
#include "sim/harness/observed/model_restore_kinds.h"
#include "sim/harness/stream_position.h"

namespace backstop::conformance {
namespace {

using model::BufferKind;
using model::Call;
using model::DirectoryKind;
using model::InstanceRef;
using model::NameKind;
using model::Op;
using model::ParameterKind;
using model::RestoreKind;
using model::SectionKind;
using observed::RestoreKindName;
using observed::Step;

using harness::kPageBytes;
constexpr const char* kOccupied = "other";

std::string InstanceText(InstanceRef instance) {
  switch (instance) {
    case InstanceRef::kFirst:
      return "i1";
    case InstanceRef::kSecond:
      return "i2";
    case InstanceRef::kNil:
      return "@nil";
    default:
      return "@12345";
  }
}

std::string SessionText(const Call& call) {
  if (call.session == model::kNilSession) return "@nil";
  if (call.session == model::kBogusSession) return "@77";
  const unsigned first = call.instance == InstanceRef::kSecond ? model::kSessions : 0;
  return fmt::format("s{}", first + call.session + 1);
}

std::string ThreadText(const Call& call) { return std::to_string(ThreadOf(call) + 1); }

unsigned DatabaseNumber(const Call& call) {
  return call.database + 1u + (call.instance == InstanceRef::kSecond ? model::kDatabaseSlots : 0);
}

std::string FileNameText(const Position& before, const Call& call) {
  const unsigned slot = model::SlotOf(before.state, call);
  const bool listed = slot != model::kNoSlot && before.state.instances[slot].backup.copy_end != 0;
  switch (call.name) {
    case NameKind::kNull:
      return "NULL";
    case NameKind::kDatabase:
      return fmt::format("db{}.edb", DatabaseNumber(call));
    case NameKind::kLog:
      return listed ? "log:0" : fmt::format("edb{:08X}.log", call.generation);
    case NameKind::kCurrentLog:
      return "edb.log";
    case NameKind::kBadLog:
      return "edbold.log";
    case NameKind::kForeign:
      return "edb.chk";
    default:
      return "nothing.dat";
  }
}

/// The literal 0 is the only handle that the original engine ever gives.
std::string HandleText(const Position& before, const Call& call) {
  if (call.file == model::kNoFile) return "@0";
  if (call.file == model::kBogusFile) return "@77";
  const unsigned slot = model::SlotOf(before.state, call);
  const bool open = slot != model::kNoSlot &&
                    before.state.instances[slot].backup.file.kind != model::FileKind::kNone;
  const bool ever = slot != model::kNoSlot && before.state.last_file[slot] != model::kNoFile;
  return open || ever ? fmt::format("h{}", call.file) : "@0";
}

const char* DirectoryText(DirectoryKind directory, bool atomic) {
  switch (directory) {
    case DirectoryKind::kNone:
      return "NULL";
    case DirectoryKind::kMissing:
      return "none";
    case DirectoryKind::kEmpty:
      return atomic ? "bka" : "bk";
    case DirectoryKind::kBackup:
      return "bk";
    case DirectoryKind::kAtomicBackup:
      return "bka";
    default:
      return kOccupied;
  }
}

struct ParameterValue {
  const char* name;
  const char* same;
  const char* other;
  const char* wrong;
};
ParameterValue ParameterText(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::kGlobal:
      return {"JET_paramDatabasePageSize", "4096", "8192", "1000"};
    case ParameterKind::kInstance:
      return {"JET_paramMaxSessions", "16", "20", "0"};
    case ParameterKind::kDynamic:
      return {"JET_paramCreatePathIfNotExist", "0", "1", "2"};
    default:
      return {"@9999", "1", "2", "0"};
  }
}

/// The call's name in the recordings.
std::string NameOf(const Move& move) {
  const Call& call = move.call;
  switch (call.op) {
    case Op::kCreateInstance:
      return "JetCreateInstance2";
    case Op::kInit:
      // Another thread's call is told from one that meets it by its name.
      return call.bad_size || call.restore != RestoreKind::kGood || move.part != Part::kWhole
                 ? "JetInit3"
                 : "JetInit";
    case Op::kTerm:
      return "JetTerm2";
    case Op::kInsertRow:
      return "WriteRows";
    case Op::kReadRow:
      return "CountRows";
    case Op::kAttachDatabase:
      return "JetAttachDatabase2";
    case Op::kDetachDatabase:
      return "JetDetachDatabase2";
    case Op::kCreateDatabase:
      return "JetCreateDatabase2";
    case Op::kFreezeTimesOut:
      return "sleep";
    case Op::kInstanceUnavailable:
      return "fatal-error";
    default:
      return model::OpName(call.op, call.legacy);
  }
}

bool IsSessionCall(const Call& call) {
  const model::EventId door = model::DoorOf(call);
  return door == model::EventId::kSessionDoor || door == model::EventId::kReleasingSessionDoor;
}

bool NamesInstance(const Call& call) {
  switch (call.op) {
    case Op::kCreateInstance:
    case Op::kGetDatabaseFileInfo:
    case Op::kGetInstanceInfo:
    case Op::kExternalRestore:
    case Op::kFreezeTimesOut:
    case Op::kSnapshotPrepare:
    case Op::kSnapshotFreeze:
    case Op::kSnapshotThaw:
    case Op::kSnapshotAbort:
    case Op::kSnapshotTruncateLog:
    case Op::kSnapshotGetFreezeInfo:
    case Op::kSnapshotEnd:
      return false;
    default:
      return !IsSessionCall(call) && !(call.legacy && model::HasLegacyTwin(call.op));
  }
}

void WriteBuffer(const Call& call, Step* step) {
  if (call.buffer == BufferKind::kSmall) step->args["cb"] = "4";
  if (call.buffer == BufferKind::kNone) step->args["nullbuf"] = "1";
  if (call.wide) step->args["wide"] = "1";
}

void WriteInstanceArguments(const Position& before, const Call& call, Step* step) {
  if (NamesInstance(call)) step->args["inst"] = InstanceText(call.instance);
  switch (call.op) {
    case Op::kCreateInstance:
      step->args["as"] = InstanceText(call.instance);
      step->args["name"] = call.name_taken ? "i1" : InstanceText(call.instance);
      if (call.null_pointer) step->args["nullout"] = "1";
      break;
    case Op::kInit:
      if (call.null_pointer) step->args["inst"] = "NULL";
      if (call.null_pointer || call.instance == InstanceRef::kNil) {
        step->args["as"] = model::SlotOf(before.state, call) == 1 ? "i2" : "i1";
      }
      if (call.bad_size) step->args["cbs"] = "8";
      if (call.restore != RestoreKind::kGood) step->args["given"] = RestoreKindName(call.restore);
      break;
    case Op::kSetSystemParameter: {
      const ParameterValue text = ParameterText(call.parameter);
      if (call.instance == InstanceRef::kNil) step->args.erase("inst");
      if (call.session == model::kBogusSession) step->args["sess"] = SessionText(call);
      step->args["param"] = text.name;
      step->args["value"] = call.same_value    ? text.same
                            : call.value_valid ? text.other
                                               : text.wrong;
      break;
    }
    case Op::kGetInstanceInfo:
      step->args.erase("inst");
      if (call.null_pointer) step->args["nulln"] = "1";
      break;
    case Op::kFreezeTimesOut:
      step->args["ms"] = "2000";
      break;
    default:
      break;
  }
}

void WriteSessionArguments(const Move& move, Step* step) {
  const Call& call = move.call;
  const unsigned database = DatabaseNumber(call);
  switch (call.op) {
    case Op::kBeginSession:
      step->args["as"] = SessionText(call);
      return;
    case Op::kAttachDatabase:
    case Op::kDetachDatabase:
      step->args["name"] = fmt::format("db{}.edb", database);
      break;
    case Op::kCreateDatabase:
    case Op::kOpenDatabase:
      step->args["name"] = fmt::format("db{}.edb", database);
      step->args["as"] = fmt::format("d{}", database);
      break;
    case Op::kCloseDatabase:
    case Op::kReadRow:
    case Op::kInsertRow:
    case Op::kGetDatabaseInfo:
      step->args["db"] = fmt::format("d{}", database);
      break;
    case Op::kGetDatabaseFileInfo:
      step->args["name"] =
          call.name == NameKind::kForeign ? "edb.chk" : fmt::format("db{}.edb", database);
      if (call.bad_size) step->args["cb"] = "8";
      return;
    default:
      break;
  }
  if (!IsSessionCall(call)) return;
  step->args["sess"] = SessionText(call);
  if (call.op == Op::kInsertRow) {
    step->args["rows"] = move.composite == Composite::kManyRows ? std::to_string(kManyRows) : "1";
  }
  if (call.lazy) step->args["lazy"] = "1";
  if (call.op == Op::kGetDatabaseInfo && call.bad_size) step->args["cb"] = "8";
}

void WriteSection(const Call& call, Step* step) {
  if (call.section == SectionKind::kSeveral) step->args["nsec"] = "2";
  if (call.section == SectionKind::kForbidden) step->args["ib"] = "100";
  if (call.section == SectionKind::kLater) {
    step->args["ib"] = std::to_string(call.pages * kPageBytes);
  }
}

void WriteBackupArguments(const Position& before, const Call& call, Step* step) {
  switch (call.op) {
    case Op::kOpenFileSection:
      WriteSection(call, step);
      [[fallthrough]];
    case Op::kOpenFile:
      step->args["name"] = FileNameText(before, call);
      step->args["as"] = fmt::format(
          "h{}", before.state.last_file[model::SlotOf(before.state, call) % 2] == 1 ? 2 : 1);
      break;
    case Op::kReadFile:
      step->args["h"] = HandleText(before, call);
      step->args["cb"] = std::to_string(call.pages * kPageBytes + (call.whole_pages ? 0u : 512u));
      if (!call.aligned) step->args["off"] = "8";
      break;
    case Op::kCloseFile:
      step->args["h"] = HandleText(before, call);
      break;
    case Op::kGetLogInfo2:
      if (call.bad_size) step->args["licb"] = "8";
      WriteBuffer(call, step);
      break;
    case Op::kGetAttachInfo:
    case Op::kGetLogInfo:
    case Op::kGetTruncateLogInfo:
      WriteBuffer(call, step);
      break;
    default:
      break;
  }
}

void WriteWholeArguments(const Move& move, Step* step) {
  const Call& call = move.call;
  const bool atomic = (call.grbit & JET_bitBackupAtomic) != 0;
  if (call.op == Op::kBackup || call.op == Op::kRestoreInstance) {
    step->args["path"] = DirectoryText(call.directory, atomic);
  }
  if (call.op == Op::kBackup && move.part != Part::kWhole) {
    step->args["cbk"] = move.point == 1 ? "slow1" : "slow2";
  }
  if (call.op != Op::kExternalRestore) return;
  step->args["given"] = call.paths_in_use ? "paths-in-use" : RestoreKindName(call.restore);
  if (call.restore == RestoreKind::kRunning || call.restore == RestoreKind::kForeignBase) {
    step->args["inst"] = InstanceText(call.instance);
  }
}

void WriteSnapshotArguments(const Call& call, Step* step) {
  if (call.op < Op::kSnapshotPrepare || call.op > Op::kSnapshotEnd) return;
  const bool names = call.snapshot < model::kSnapshotSlots;
  const std::string symbol = names ? fmt::format("o{}", call.snapshot + 1) : "@77";
  step->args[call.op == Op::kSnapshotPrepare ? "as" : "snap"] = symbol;
  if (call.null_pointer) {
    step->args[call.op == Op::kSnapshotPrepare ? "nullout" : "nulln"] = "1";
  }
}

}  // namespace

Step WriteStep(const Position& before, const Move& move) {
  Step step;
  const Call& call = move.call;
  step.out = nlohmann::json::object();
  if (move.composite == Composite::kCopyLogs) {
    step.call = "CopyLogs";
    step.args["inst"] = InstanceText(call.instance);
    return step;
  }
  step.call = NameOf(move);
  WriteInstanceArguments(before, call, &step);
  WriteSessionArguments(move, &step);
  WriteBackupArguments(before, call, &step);
  WriteWholeArguments(move, &step);
  WriteSnapshotArguments(call, &step);
  const std::string grbit = GrbitText(call.op, call.grbit);
  if (!grbit.empty()) step.args["grbit"] = grbit;
  if (move.composite == Composite::kReadAll) {
    step.call = "ReadAll";
    step.args["cb"] = "65536";
  }
  return step;
}

void StepWriter::WriteCall(const Position& before, const Move& move) {
  const Step step = WriteStep(before, move);
  if (move.part != Part::kStarts) {
    steps_.push_back(step);
    return;
  }
  std::string line = step.call;
  for (const auto& [key, value] : step.args) line += fmt::format(" {}={}", key, value);
  Step async{.call = "async", .args = {{"id", ThreadText(move.call)}, {"line", line}}};
  async.out = nlohmann::json::object();
  steps_.push_back(async);
}

size_t StepWriter::Write(const Position& before, const Move& move) {
  const size_t count = steps_.size();
  const Call& call = move.call;
  if (move.failing && move.part != Part::kStarts) {
    Step fault{.call = observed::FaultName(call.environment.fault)};
    fault.out = nlohmann::json::object();
    steps_.push_back(fault);
  }
  const bool second = call.op == Op::kCreateInstance && call.instance == InstanceRef::kSecond;
  same_paths_ = same_paths_ || call.paths_in_use;
  if (second) directories_.insert({"i1", "i2"});
  if (call.op == Op::kBackup && call.directory != DirectoryKind::kMissing &&
      call.directory != DirectoryKind::kNone) {
    const std::string path = DirectoryText(call.directory, (call.grbit & JET_bitBackupAtomic) != 0);
    directories_.insert(path);
    if (path == kOccupied && !occupied_) {
      occupied_ = true;
      Step copy{.call = "cp", .args = {{"src", "edb.chk"}, {"dst", path + "\\edb.chk"}}};
      copy.out = nlohmann::json::object();
      steps_.push_back(copy);
    }
  }
  if (call.op == Op::kRestoreInstance && call.directory == DirectoryKind::kEmpty) {
    directories_.insert("bk");
  }
  Move made = move;
  // The thread of the sequence itself makes the termination that a backup meets.
  if (move.under_term && call.op == Op::kTerm) made.part = Part::kWhole;
  WriteCall(before, made);
  if (move.part == Part::kReturns && !(move.under_term && call.op == Op::kBackup)) {
    Step join{.call = "join", .args = {{"id", ThreadText(call)}}};
    join.out = nlohmann::json::object();
    steps_.push_back(join);
  }
  return steps_.size() - count;
}

std::vector<Step> StepWriter::Take() {
  std::vector<Step> all;
  for (const std::string& path : directories_) {
    if (same_paths_ && (path == "i1" || path == "i2")) continue;
    Step mkdir{.call = "mkdir", .args = {{"path", path}}};
    mkdir.out = nlohmann::json::object();
    all.push_back(mkdir);
  }
  all.insert(all.end(), steps_.begin(), steps_.end());
  return all;
}

}  // namespace backstop::conformance
