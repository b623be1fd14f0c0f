// SPDX-License-Identifier: MIT
#include "sim/harness/executor.h"

namespace backstop::harness {
namespace {

using model::Op;

ProgramCall Simple(Op op, uint32_t grbit = 0) {
  ProgramCall call;
  call.op = op;
  call.grbit = grbit;
  return call;
}

ProgramCall Read(uint8_t pages) {
  ProgramCall call = Simple(Op::kReadFile);
  call.pages = pages;
  return call;
}

/// A digest of everything a call reported, for the rolling hash.
uint64_t Condense(const model::Outcome& outcome) {
  uint64_t value = static_cast<uint32_t>(outcome.err);
  value = value * 31 + outcome.file;
  value = value * 1000003 + outcome.size_pages;
  value = value * 31 + outcome.pages;
  value = value * 31 + static_cast<uint32_t>(outcome.first_page);
  value = value * 31 + outcome.databases;
  return (value * 1000003 + outcome.low) * 1000003 + outcome.high;
}

}  // namespace

Executor::Executor(const JetApi& api, sched::Scheduler& scheduler, RunFaults& faults)
    : api_(api),
      scheduler_(scheduler),
      faults_(faults),
      dispatch_(api, bindings_, &content_.streams()) {
  dispatch_.on_aim = [this](unsigned thread, RowMark old) { ledger_.Aim(thread, old); };
}

void Executor::BeginRun(const Program& program, const world::SimDisk& disk) {
  program_ = &program;
  bindings_.Clear();
  history_.initial = model::Snapshot{};
  history_.calls.clear();
  history_.index.clear();
  history_.power_lost = false;
  history_.ese = program.ese;
  time_ = 0;
  epilogue_index_ = 0;
  setup_index_ = 0;
  dispatch_.BeginRun(program);
  content_.BeginRun(program, disk);
  faults_.BeginRun(program.faults);
  results_ = scheduler_.NewObject("results");
  if (program.faults != Faults::kHeavy) return;
  ledger_.BeginRun(PreparedMarks());
  backups_.BeginRun();
}

void Executor::BeginCall(uint8_t thread, const ProgramCall& call, const model::Call& resolved) {
  faults_.reads().BeginCall(scheduler_.current(), call.op);
  if (program_->faults != Faults::kHeavy) return;
  ledger_.Invoke(thread, call, thread < kMaxThreads ? bindings_.rows[thread] : RowMark{0});
  if (!program_->ese) backups_.Invoke(resolved, ledger_);
}

void Executor::EndCall(uint8_t thread, const ProgramCall& call, const model::Outcome& outcome,
                       model::HistoryCall* record) {
  if (program_->faults == Faults::kHeavy) {
    ledger_.Return(thread, outcome.err);
    if (!program_->ese) {
      backups_.Return(record->call, outcome, dispatch_.last_read(), bindings_.listed, ledger_);
    }
  }
  record->outcome = outcome;
  record->returned = ++time_;
  // One handle for all files: what was read of which, nobody can tell.
  if (!program_->ese)
    content_.Return(record->call, outcome, static_cast<size_t>(record - history_.calls.data()));
  TellReturn(call.op);
  scheduler_.Observe(Condense(outcome));
}

model::Err Executor::Perform(uint8_t thread, uint16_t index, unsigned session,
                             const ProgramCall& call) {
  model::HistoryCall record;
  record.thread = thread;
  if (!dispatch_.Resolve(session, call, &record.call)) return JET_errSuccess;
  record.invoked = ++time_;
  record.returned = model::kPending;
  const size_t position = history_.calls.size();
  history_.calls.push_back(record);
  history_.index.push_back(index);

  BeginCall(thread, call, record.call);
  content_.Invoke(record.call);
  const model::Outcome outcome = dispatch_.Make(session, call, record.call);
  history_.power_lost = faults_.power_lost();
  history_.calls[position].call.environment.fault = faults_.reads().EndCall(scheduler_.current());
  if (!faults_.power_lost()) EndCall(thread, call, outcome, &history_.calls[position]);
  return outcome.err;
}

// Calls that return something for later calls to use do so in an order that matters.
void Executor::TellReturn(Op op) {
  if (!scheduler_.logging()) return;
  scheduler_.EndCall();
  switch (op) {
    case Op::kCreateInstance:
    case Op::kInit:
    case Op::kTerm:
    case Op::kSetSystemParameter:
    case Op::kOpenFile:
    case Op::kGetLogInfo:
    case Op::kGetTruncateLogInfo:
      scheduler_.Touch(results_, sched::AccessMode::kWrite);
      return;
    default:
      return;
  }
}

void Executor::RunThread(unsigned thread) {
  const std::vector<ProgramCall>& calls = program_->threads[thread];
  for (size_t i = 0; i < calls.size(); ++i) {
    scheduler_.Mark(static_cast<uint32_t>(i));
    scheduler_.At(sched::PointKind::kInvoke);
    scheduler_.Touch(results_, sched::AccessMode::kRead);
    scheduler_.BeginCall();
    if (faults_.power_lost()) return;
    Perform(static_cast<uint8_t>(thread), static_cast<uint16_t>(i), thread, calls[i]);
  }
}

model::Err Executor::Epilogue(const ProgramCall& call, unsigned session) {
  return Perform(kEpilogueThread, epilogue_index_++, session, call);
}

void Executor::RunEpilogue() {
  Epilogue(Simple(Op::kGetAttachInfo));
  if (!bindings_.files.empty()) Epilogue(Simple(Op::kCloseFile));
  Epilogue(Simple(Op::kOpenFile));
  Epilogue(Simple(Op::kEndExternalBackup2, JET_bitBackupEndAbort));
  if (program_->setup.start >= Start::kReady) {
    Epilogue(Simple(Op::kBeginExternalBackup));
    Epilogue(Simple(Op::kOpenFile));
    Epilogue(Read(3));
  }
  for (unsigned thread = 0; thread < program_->threads.size(); ++thread) {
    if (program_->Uses(thread, Op::kBeginTransaction))
      Epilogue(Simple(Op::kRollback, JET_bitRollbackAll), thread);
  }
  all_freed_ = true;
  for (const auto instance : {model::InstanceRef::kFirst, model::InstanceRef::kSecond}) {
    ProgramCall term = Simple(Op::kTerm, JET_bitTermStopBackup);
    term.instance = instance;
    const model::Err err = Epilogue(term);
    all_freed_ =
        all_freed_ && (err >= 0 || err == JET_errInvalidParameter || err == JET_errLogWriteFail);
  }
  Epilogue(Simple(Op::kStopBackup));
  if (!program_->ese) content_.EndRun();
}

}  // namespace backstop::harness
