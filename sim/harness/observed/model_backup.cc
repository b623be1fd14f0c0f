// SPDX-License-Identifier: MIT
// The calls of backups and restores of model_replay.h.
#include <fmt/format.h>

#include <algorithm>

#include "impl/esent.h"
#include "sim/harness/conformance/small_world.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/stream_position.h"

namespace backstop::observed {

using model::BufferKind;
using model::Call;
using model::DirectoryKind;
using model::Fault;
using model::Op;
using model::Outcome;
using model::Reaction;
using model::Stage;

namespace {

using harness::kPageBytes;
constexpr uint32_t kLogPages = 32;  ///< JET_paramLogFileSize of the recordings: 128 KB

uint32_t PagesOf(const Step& step, const char* key) {
  return static_cast<uint32_t>(OutNumber(step, key) / kPageBytes);
}

/// What made the recorded call fail below the API.
Fault FaultOf(model::Err err) {
  if (err == JET_errReadVerifyFailure || err == JET_errLogReadVerifyFailure) {
    return Fault::kDamagedPage;
  }
  return err == JET_errDiskIO ? Fault::kIo : Fault::kNone;
}

BufferKind BufferOf(const Step& step) {
  if (Flag(step, "nullbuf") || (step.Has("cb") && Number(step, "cb") == 0))
    return BufferKind::kNone;
  return step.Has("cb") && Number(step, "cb") < kPageBytes ? BufferKind::kSmall
                                                           : BufferKind::kLarge;
}

}  // namespace

void ModelReplay::AttachInfo(const Step& step, Prediction* p) {
  Call call = InstanceCall(Op::kGetAttachInfo, step);
  call.legacy = step.call == "JetGetAttachInfo";
  call.wide = Flag(step, "wide");
  call.buffer = BufferOf(step);
  const model::InstanceState& instance = At(call);
  // An empty list is one NUL and fits everywhere.
  if ((instance.attached & ~instance.unlogged) == 0) call.buffer = BufferKind::kLarge;
  p->reaction = Apply(call, {});
  p->err = p->reaction.err;
  const int listed = __builtin_popcount(p->reaction.databases);
  if (p->err >= 0 && step.err >= 0 && call.buffer == BufferKind::kLarge &&
      (recorded_ || step.out.contains("n")) && OutNumber(step, "n", -1) != listed) {
    p->mismatch = fmt::format("{} names", listed);
  }
}

Reaction ModelReplay::OpenOnce(const Step&, const Call& call, uint32_t size_pages,
                               model::Err recorded) {
  const Outcome outcome{.file = NextHandle(call), .size_pages = size_pages};
  // A log outside of the range that is surely there may be gone: the recording knows.
  const model::Snapshot before = state_;
  Reaction reaction = Apply(call, outcome);
  if (reaction.err >= 0 && recorded == JET_errMissingFileToBackup) {
    const model::Snapshot opened = state_;
    state_ = before;
    const Reaction missing = Apply(call, outcome, Stage::kOnly, true);
    if (missing.err == recorded) return missing;
    state_ = opened;
  }
  return reaction;
}

model::FileRef ModelReplay::NextHandle(const Call& call) const {
  return conformance::NextHandle(lifecycle_.dialect(), state_.last_file[Slot(call)]);
}

uint32_t ModelReplay::SizeOf(const Step& step) const {
  return recorded_ ? PagesOf(step, "size") : conformance::kFilePages;
}

void ModelReplay::OpenFile(const Step& step, Prediction* p) {
  const bool section = step.call == "JetOpenFileSectionInstance";
  Call call = InstanceCall(section ? Op::kOpenFileSection : Op::kOpenFile, step);
  call.legacy = step.call == "JetOpenFile";
  names_.NameFile(step.Text("name"), Slot(call), &call);
  if (section) {
    const int64_t offset = Number(step, "ib");
    call.pages = static_cast<uint16_t>(offset / kPageBytes);
    const bool forbidden =
        offset % kPageBytes != 0 || (offset > 0 && offset < int64_t{2} * kPageBytes);
    call.section = Number(step, "nsec", 1) > 1 ? model::SectionKind::kSeveral
                   : forbidden                 ? model::SectionKind::kForbidden
                   : offset == 0               ? model::SectionKind::kWhole
                                               : model::SectionKind::kLater;
  }
  const model::FileRef handle = NextHandle(call);
  p->reaction = OpenOnce(step, call, SizeOf(step), step.err);
  p->err = p->reaction.err;
  names_.OpenedFile(step, p->err >= 0, handle);
}

Call ModelReplay::ReadCall(const Step& step, uint64_t bytes) const {
  Call call = InstanceCall(Op::kReadFile, step);
  call.legacy = step.call == "JetReadFile";
  call.file = names_.File(step);
  call.aligned = Number(step, "off") % kPageBytes == 0;
  call.whole_pages = bytes % kPageBytes == 0;
  call.pages = static_cast<uint16_t>(bytes / kPageBytes);
  return call;
}

Reaction ModelReplay::ReadOnce(const Step&, const Call& call, model::Err recorded) {
  Call met = call;
  met.environment.fault = FaultOf(recorded);
  return Apply(met, {}, Stage::kOnly, met.environment.fault != Fault::kNone);
}

void ModelReplay::ReadFile(const Step& step, Prediction* p) {
  const Call call = ReadCall(step, static_cast<uint64_t>(Number(step, "cb", 65536)));
  p->reaction = ReadOnce(step, call, step.err);
  p->err = p->reaction.err;
  if (p->err >= 0 && step.err >= 0 && step.out.contains("cbActual") &&
      !step.out.at("cbActual").is_string() &&
      OutNumber(step, "cbActual") != int64_t{p->reaction.pages} * kPageBytes) {
    p->mismatch = fmt::format("{} bytes", p->reaction.pages * kPageBytes);
  }
}

void ModelReplay::ReadAll(const Step& step, Prediction* p) {
  const Call call = ReadCall(step, static_cast<uint64_t>(Number(step, "cb", 65536)));
  const int64_t recorded_total = OutNumber(step, "total");
  const bool damaged = FaultOf(step.err) != Fault::kNone;
  int64_t total = 0;
  int64_t reads = 0;
  do {
    const bool fails = damaged && total >= recorded_total;
    p->reaction = ReadOnce(step, call, fails ? step.err : 0);
    ++reads;
    total += p->reaction.err < 0 ? 0 : int64_t{p->reaction.pages} * kPageBytes;
  } while (p->reaction.err >= 0 && p->reaction.pages > 0);
  p->err = p->reaction.err;
  if (p->err < 0 || step.err < 0 || !recorded_) return;
  if (total != recorded_total) p->mismatch = fmt::format("{} bytes", total);
  if (reads != OutNumber(step, "reads")) p->mismatch += fmt::format("{} reads", reads);
}

Reaction ModelReplay::CopyLog(const Step& step, const std::string& name, const char** failed) {
  Call open = InstanceCall(Op::kOpenFile, step);
  names_.NameFile(name, Slot(open), &open);
  *failed = "open";
  Reaction reaction = OpenOnce(step, open, kLogPages, step.err);
  if (reaction.err < 0) return reaction;
  *failed = "read";
  Call read = InstanceCall(Op::kReadFile, step);
  read.file = state_.last_file[Slot(open)];
  read.pages = kLogPages;
  while (reaction.err >= 0) {
    reaction = ReadOnce(step, read, step.err);
    if (reaction.pages == 0) break;
  }
  if (reaction.err < 0) return reaction;
  *failed = "close";
  Call close = InstanceCall(Op::kCloseFile, step);
  close.file = read.file;
  reaction = Apply(close, {});
  if (reaction.err >= 0) *failed = nullptr;
  return reaction;
}

void ModelReplay::CopyLogs(const Step& step, Prediction* p) {
  const auto most = static_cast<size_t>(Number(step, "n", 1 << 20));
  const std::vector<std::string> logs = names_.logs;
  int64_t files = 0;
  for (size_t index = 0; index < logs.size() && index < most; ++index) {
    const char* failed = nullptr;
    p->reaction = CopyLog(step, logs[index], &failed);
    p->err = p->reaction.err;
    if (failed != nullptr) break;
    ++files;
  }
  if (recorded_ && OutNumber(step, "files") != files) p->mismatch = fmt::format("{} files", files);
}

/// Whether the list of logs that may be deleted holds a name: an empty one fits into any buffer.
bool ModelReplay::MayTruncate(const Step& step, const model::InstanceState& instance) const {
  if (recorded_) return step.err == JET_errBufferTooSmall;
  return conformance::HasLogsToDelete(many_rows_, instance);
}

void ModelReplay::LogInfo(const Step& step, Prediction* p) {
  const bool truncation = step.call == "JetGetTruncateLogInfoInstance";
  const bool second = step.call == "JetGetLogInfoInstance2";
  Call call = InstanceCall(truncation ? Op::kGetTruncateLogInfo
                           : second   ? Op::kGetLogInfo2
                                      : Op::kGetLogInfo,
                           step);
  call.legacy = step.call == "JetGetLogInfo";
  call.wide = Flag(step, "wide");
  call.buffer = truncation && !MayTruncate(step, At(call)) ? BufferKind::kLarge : BufferOf(step);
  call.bad_size = step.Has("licb");
  std::vector<std::string> names;
  if (step.out.contains("names") && step.out.at("names").is_array())
    names = step.out.at("names").get<std::vector<std::string>>();
  Outcome outcome{.err = step.err, .low = 0, .high = ~uint32_t{0}};
  if (!truncation && call.buffer == BufferKind::kLarge && !names.empty()) {
    outcome.low = GenerationOf(names.front()).value_or(0);
    outcome.high = GenerationOf(names.back()).value_or(0);
  }
  if (!recorded_) {
    outcome.low = outcome.high = conformance::ListedGeneration(At(call));
    names = {fmt::format("edb{:08X}.log", outcome.low)};
  }
  p->reaction = Apply(call, outcome);
  p->err = p->reaction.err;
  if (p->err < 0 || truncation || names.empty()) return;
  // The recordings remember the lists of the ANSI variants.
  if (!call.wide) names_.logs = names;
  uint32_t& highest = names_.highest[Slot(call)];
  highest = std::max(highest, outcome.high == ~uint32_t{0} ? 0 : outcome.high);
  if (recorded_ && outcome.low != 0 &&
      (p->reaction.low != outcome.low || p->reaction.high != outcome.high)) {
    p->mismatch = fmt::format("generations {} to {}", p->reaction.low, p->reaction.high);
  }
}

DirectoryKind ModelReplay::DirectoryFor(const Step& step) const {
  const std::string path = step.Text("path");
  if (path.empty() || path == "NULL") return DirectoryKind::kNone;
  const auto backup = backups_.find(path);
  if (backup != backups_.end()) return backup->second;
  if (names_.IsOccupied(path)) return DirectoryKind::kOccupied;
  return names_.HasDirectory(path) ? DirectoryKind::kEmpty : DirectoryKind::kMissing;
}

void ModelReplay::Callback(const Step& step, const Call& backup, unsigned point) {
  const std::string callback = step.Text("cbk");
  if (callback.empty() || callback.back() != static_cast<char>('0' + point)) return;
  if (OutNumber(step, "cbk", point) < point) return;  // it was never called
  const std::string action = callback.substr(0, callback.size() - 1);
  Call call = backup;
  call.grbit = 0;
  if (action == "stop")
    call.op = Op::kStopBackup;
  else if (action == "stopsvc")
    call.op = Op::kStopService;
  else if (action == "begin")
    call.op = Op::kBeginExternalBackup;
  else if (action == "attach")
    call.op = Op::kGetAttachInfo;
  else if (action == "endn")
    call.op = Op::kEndExternalBackup;
  else if (action == "end")
    call.op = Op::kEndExternalBackup2, call.grbit = JET_bitBackupEndAbort;
  else
    return;
  Apply(call, {});
}

void ModelReplay::BeginBackup(const Step& step, size_t record) {
  const bool sleeps = step.Text("cbk").starts_with("slow");
  if (!sleeps) return;
  Call call = InstanceCall(Op::kBackup, step);
  call.directory = DirectoryFor(step);
  Reaction reaction = Apply(call, {});
  if (!reaction.pending) return;
  begun_[record] = {call, Stage::kMiddle};
  if (step.Text("cbk") != "slow2") return;
  if (Apply(call, {}, Stage::kMiddle).pending) begun_[record].next = Stage::kLeave;
}

/// A termination shows in the recording after the call that it made fail.
void ModelReplay::LetTerminationBegin() {
  if (index_ + 1 >= sequence_.steps.size()) return;
  const Step& next = sequence_.steps[index_ + 1];
  if (next.call != "JetTerm2" && next.call != "JetTerm") return;
  const Call term = InstanceCall(Op::kTerm, next);
  if (Apply(term, {}).pending) begun_[index_ + 1] = {term, Stage::kLeave};
}

void ModelReplay::Backup(const Step& step, Prediction* p) {
  Call call = InstanceCall(Op::kBackup, step);
  call.legacy = step.call == "JetBackup";
  call.directory = DirectoryFor(step);
  Stage next = Stage::kMiddle;
  p->reaction.pending = true;
  const auto begun = begun_.find(index_);
  if (begun != begun_.end()) {
    next = begun->second.next;
    LetTerminationBegin();
  } else {
    p->reaction = Apply(call, {});
    if (p->reaction.pending) Callback(step, call, 1);
  }
  if (p->reaction.pending && next == Stage::kMiddle) {
    p->reaction = Apply(call, {}, Stage::kMiddle);
    if (p->reaction.pending) Callback(step, call, 2);
  }
  if (p->reaction.pending) {
    backups_[step.Text("path")] = (call.grbit & JET_bitBackupAtomic) != 0
                                      ? DirectoryKind::kAtomicBackup
                                      : DirectoryKind::kBackup;
    p->reaction = Apply(call, {}, Stage::kLeave);
  }
  p->err = p->reaction.err;
}

void ModelReplay::Restore(const Step& step, Prediction* p) {
  if (step.call == "JetExternalRestore2") {
    names_.RestoredTo(step);
    return ExternalRestore(step, p);
  }
  Call call = InstanceCall(Op::kRestoreInstance, step);
  call.legacy = step.call == "JetRestore";
  call.directory = DirectoryFor(step);
  call.paths_in_use = names_.PathsInUse(state_, step);
  if (!Return(p)) Finish(call, p);
}

}  // namespace backstop::observed
