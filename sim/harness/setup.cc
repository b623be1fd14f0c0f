// SPDX-License-Identifier: MIT
// Bringing an instance to the starting situation of a program, and the state in which the
// specification then finds it.
#include <array>

#include "sim/harness/executor.h"

namespace backstop::harness {
namespace {

using model::Op;

ProgramCall Step(Op op, NameArg name = NameArg::kDatabase, uint8_t pages = 0) {
  ProgramCall call;
  call.op = op;
  call.name = name;
  call.pages = pages;
  return call;
}

ProgramCall BeginIncremental() {
  ProgramCall call = Step(Op::kBeginExternalBackup);
  call.grbit = JET_bitBackupIncremental;
  return call;
}

/// More than any file of a prepared world has.
constexpr uint8_t kAllPages = ReadBuffers::kPages;

/// The steps of a whole backup, in order; a Start names how many of them have been made.
const std::vector<std::pair<Start, ProgramCall>>& BackupSteps() {
  static const std::vector<std::pair<Start, ProgramCall>> steps = {
      {Start::kBegun, Step(Op::kBeginExternalBackup)},
      {Start::kFileOpen, Step(Op::kOpenFile)},
      {Start::kMidRead, Step(Op::kReadFile, NameArg::kDatabase, 4)},
      {Start::kCopied, Step(Op::kReadFile, NameArg::kDatabase, kAllPages)},
      {Start::kCopied, Step(Op::kCloseFile)},
      {Start::kLogsListed, Step(Op::kGetLogInfo)},
      {Start::kLogOpen, Step(Op::kOpenFile, NameArg::kListedLog)},
      {Start::kLogsCopied, Step(Op::kReadFile, NameArg::kDatabase, kAllPages)},
      {Start::kLogsCopied, Step(Op::kCloseFile)},
      {Start::kIncremental, Step(Op::kTruncateLog)},
      {Start::kIncremental, Step(Op::kEndExternalBackup)},
      {Start::kIncremental, BeginIncremental()},
  };
  return steps;
}

/// A backup whose log names are known from the one before, while its own list was not asked for.
const std::vector<ProgramCall>& UnlistedSteps() {
  static const std::vector<ProgramCall> steps = {
      Step(Op::kBeginExternalBackup), Step(Op::kGetLogInfo), Step(Op::kEndExternalBackup),
      Step(Op::kBeginExternalBackup), Step(Op::kGetTruncateLogInfo)};
  return steps;
}

std::vector<ProgramCall> StepsTo(Start goal) {
  if (goal == Start::kLogsUnlisted) return UnlistedSteps();
  std::vector<ProgramCall> steps;
  for (const auto& [start, call] : BackupSteps()) {
    if (start <= goal) steps.push_back(call);
  }
  return steps;
}

}  // namespace

JET_ERR Executor::MakeSession(unsigned thread) {
  const std::string path = DatabasePath(0, 0);
  JET_SESID& session = bindings_.sessions[thread];
  JET_ERR err = api_.JetBeginSession(bindings_.instances[0], &session, nullptr, nullptr);
  if (err >= 0) err = api_.JetAttachDatabase2(session, path.c_str(), 0, 0);
  if (err < 0 || !program_->Uses(thread, Op::kInsertRow)) return err;
  JET_DBID& database = bindings_.open_databases[thread];
  err = api_.JetOpenDatabase(session, path.c_str(), nullptr, &database, 0);
  if (err < 0) return err;
  JET_TABLEID& table = bindings_.tables[thread];
  err = api_.JetOpenTable(session, database, "rows", nullptr, 0, 0, &table);
  if (err < 0) return err;
  JET_COLUMNDEF column{};
  err = api_.JetGetTableColumnInfo(session, table, "value", &column, sizeof column, JET_ColInfo);
  bindings_.columns[thread] = column.columnid;
  return err;
}

/// So that a power cut meets pages on their way to the file.
JET_ERR Executor::MoveCheckpointOften() {
  constexpr JET_API_PTR kDepth = 512;
  JET_INSTANCE* instance = &bindings_.instances[0];
  JET_INSTANCE none = 0;
  if (bindings_.first != Bindings::First::kSetup) instance = &none;
  return api_.JetSetSystemParameter(instance, JET_sesidNil, JET_paramCheckpointDepthMax, kDepth,
                                    nullptr);
}

JET_ERR Executor::StartInstance() {
  const Setup& setup = program_->setup;
  JET_ERR err = JET_errSuccess;
  JET_INSTANCE none = 0;
  if (setup.settings == Settings::kOneSlot) {
    err = api_.JetSetSystemParameter(&none, JET_sesidNil, JET_paramMaxInstances, 1, nullptr);
    if (err < 0) return err;
  }
  // Also in multi-instance mode a program can make an instance that has the process's parameters.
  err = dispatch_.SetParameters(&none, 0, setup.one_instance ? setup.settings : Settings::kDefault);
  if (err >= 0 && !setup.one_instance && setup.start != Start::kNothing) {
    err = api_.JetCreateInstance2(&bindings_.instances[0], "first", nullptr, 0);
    if (err >= 0) err = dispatch_.SetParameters(&bindings_.instances[0], 0, setup.settings);
    bindings_.first = Bindings::First::kSetup;
  }
  if (err >= 0 && program_->faults == Faults::kHeavy) err = MoveCheckpointOften();
  if (err < 0 || setup.start < Start::kSecondReady) return err;
  if (setup.one_instance) bindings_.instances[0] = 0;
  err = api_.JetInit(&bindings_.instances[0]);
  for (unsigned thread = 0; err >= 0 && thread < program_->threads.size(); ++thread) {
    if (thread == 0 || program_->UsesSession(thread)) err = MakeSession(thread);
  }
  return err >= 0 && setup.start == Start::kSecondReady ? ReplaceInstance() : err;
}

JET_ERR Executor::ReplaceInstance() {
  JET_INSTANCE& second = bindings_.instances[1];
  JET_ERR err = api_.JetTerm2(bindings_.instances[0], JET_bitTermComplete);
  bindings_.first = Bindings::First::kEnded;
  if (err >= 0) err = api_.JetCreateInstance2(&second, "second", nullptr, 0);
  if (err >= 0) err = dispatch_.SetParameters(&second, 1, Settings::kDefault);
  return err < 0 ? err : api_.JetInit(&second);
}

bool Executor::RunSetup() {
  if (StartInstance() < 0) return false;
  SetInitialState();
  for (const ProgramCall& call : StepsTo(program_->setup.start)) {
    if (Perform(kSetupThread, setup_index_++, 0, call) < 0) return false;
  }
  return true;
}

void Executor::SetInitialState() {
  const Setup& setup = program_->setup;
  model::Snapshot& state = history_.initial;
  model::InstanceState& first = state.instances[0];
  for (auto& instance : state.instances) instance.existing = 0b011;
  if (setup.settings == Settings::kOneSlot) state.max_instances = 1;
  if (setup.start == Start::kNothing) return;
  first.circular = setup.settings == Settings::kCircular;
  first.logging = setup.settings != Settings::kNoRecovery;
  state.mode = setup.one_instance ? model::Mode::kOneInstance : model::Mode::kMultiInstance;
  if (setup.start == Start::kSecondReady) {
    first = model::InstanceState{};
    first.existing = 0b011;
    state.instances[1].life = model::Life::kReady;
    state.instances[1].backup_allowed = true;
    return;
  }
  first.life = model::Life::kCreated;
  if (setup.start < Start::kReady) return;
  first.life = model::Life::kReady;
  first.backup_allowed = true;
  first.attached = 0b001;
  for (unsigned thread = 0; thread < kMaxThreads; ++thread) {
    if (bindings_.sessions[thread] != JET_sesidNil) first.sessions |= 1u << thread;
    if (bindings_.open_databases[thread] != 0) first.opened = 0b001;
  }
}

}  // namespace backstop::harness
