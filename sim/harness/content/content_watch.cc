// SPDX-License-Identifier: MIT
#include "sim/harness/content/content_watch.h"

#include <algorithm>

#include "sim/harness/bindings.h"

namespace backstop::harness {
namespace {

using model::InstanceRef;
using model::Op;

bool IsEnd(Op op) { return op == Op::kEndExternalBackup || op == Op::kEndExternalBackup2; }

unsigned SlotOf(const model::Call& call) { return call.instance == InstanceRef::kSecond ? 1 : 0; }

bool UsesSecond(const Program& program) {
  if (program.setup.start == Start::kSecondReady) return true;
  return std::ranges::any_of(program.threads, [](const auto& calls) {
    return std::ranges::find(calls, InstanceRef::kSecond, &ProgramCall::instance) != calls.end();
  });
}

}  // namespace

void ContentWatch::BeginRun(const Program& program, const world::SimDisk& disk) {
  disk_ = &disk;
  streams_.BeginRun();
  before_.reset();
  breach_.reset();
  slots_ = UsesSecond(program) ? model::kInstances : 1;
  spares_logs_ = program.setup.settings != Settings::kCircular;
  deletes_logs_ =
      !spares_logs_ || program.Uses(Op::kTruncateLog) || program.setup.start >= Start::kIncremental;
  stamps_ = false;
  overlaps_ = {};
}

// Before the first backup nothing stamps a header or truncates a log, so what it finds is what the
// run began with.
void ContentWatch::Remember() {
  before_ = decltype(before_)::value_type{};
  for (unsigned slot = 0; slot < slots_; ++slot) {
    const std::string directory = InstanceDirectory(slot);
    (*before_)[slot].databases = FindDatabases(*disk_, directory);
    if (deletes_logs_) (*before_)[slot].lowest = FindLogs(*disk_, directory).lowest();
  }
}

void ContentWatch::Invoke(const model::Call& call) {
  Overlap& overlap = overlaps_[SlotOf(call)];
  ++overlap.calls;
  if (IsEnd(call.op)) {
    ++overlap.ends;
    overlap.begun.reset();
  }
  if (call.op != Op::kBeginExternalBackup) return;
  if (!before_) Remember();
  // An incremental backup copies logs instead of databases.
  if ((call.grbit & JET_bitBackupIncremental) != 0) spares_logs_ = false;
}

// If a begin succeeds while a backup runs and the only other call under way is an end, then that
// end has ended the backup, and has nothing left to write.
void ContentWatch::NoteOverlap(const model::Call& call, const model::Outcome& outcome) {
  const unsigned slot = SlotOf(call);
  Overlap& overlap = overlaps_[slot];
  --overlap.calls;
  const bool begins = call.op == Op::kBeginExternalBackup && outcome.err >= 0;
  const auto look = [&] { return FindDatabases(*disk_, InstanceDirectory(slot)); };
  if (begins && overlap.open && overlap.calls == 1 && overlap.ends == 1) overlap.begun = look();
  if (begins) overlap.open = true;
  if (outcome.err < 0 || call.op == Op::kTerm) overlap.open = false;
  if (!IsEnd(call.op)) return;
  --overlap.ends;
  overlap.open = false;
  if (!overlap.begun || outcome.err < 0 || breach_) return;
  breach_ = JudgeOverlap(*overlap.begun, look());
  overlap.begun.reset();
}

void ContentWatch::Return(const model::Call& call, const model::Outcome& outcome, size_t position) {
  NoteOverlap(call, outcome);
  if (breach_ && !breach_->call) breach_->call = position;
  if (outcome.err < 0 || breach_) return;
  Look(call);
  if (!breach_) breach_ = streams_.breach();
  if (breach_) breach_->call = position;
}

void ContentWatch::Look(const model::Call& call) {
  switch (call.op) {
    case Op::kTruncateLog:
      return JudgeTruncationOf(SlotOf(call));
    case Op::kEndExternalBackup:
    case Op::kEndExternalBackup2:
      stamps_ = true;
      return;
    default:
      return;
  }
}

void ContentWatch::JudgeTruncationOf(unsigned slot) {
  if (!before_ || !spares_logs_) return;
  const std::string directory = InstanceDirectory(slot);
  breach_ = JudgeTruncation((*before_)[slot].lowest, FindLogs(*disk_, directory),
                            (*before_)[slot].databases, FindDatabases(*disk_, directory),
                            streams_.copied());
}

void ContentWatch::EndRun() {
  for (unsigned slot = 0; slot < slots_ && !breach_; ++slot) {
    const std::string directory = InstanceDirectory(slot);
    if (deletes_logs_) breach_ = JudgeLogs(FindLogs(*disk_, directory));
    if (breach_ || !before_) continue;
    breach_ = JudgeHeaders((*before_)[slot].databases, FindDatabases(*disk_, directory), stamps_);
  }
}

}  // namespace backstop::harness
