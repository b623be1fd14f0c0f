// SPDX-License-Identifier: MIT
#include "properties/invariants/story.h"

namespace backstop::properties {
namespace {

using model::Op;

Told Make(Op op, JET_ERR err) {
  Told told;
  told.call.op = op;
  told.outcome.err = err;
  return told;
}

Told OnFile(Op op, model::FileRef file, JET_ERR err) {
  Told told = Make(op, err);
  told.call.file = file;
  return told;
}

Told WithBits(Op op, uint32_t grbit, JET_ERR err) {
  Told told = Make(op, err);
  told.call.grbit = grbit;
  return told;
}

}  // namespace

Told Begin(JET_ERR err, uint32_t grbit) { return WithBits(Op::kBeginExternalBackup, grbit, err); }

Told Stop(JET_ERR err, model::InstanceRef instance) {
  return On(instance, Make(Op::kStopBackup, err));
}

Told AttachInfo(JET_ERR err, uint8_t databases) {
  Told told = Make(Op::kGetAttachInfo, err);
  told.outcome.databases = databases;
  return told;
}

Told Open(model::FileRef file, uint32_t pages) {
  Told told = Make(Op::kOpenFile, JET_errSuccess);
  told.call.name = model::NameKind::kDatabase;
  told.outcome.file = file;
  told.outcome.size_pages = pages;
  return told;
}

Told OpenFails(JET_ERR err, model::NameKind name) {
  Told told = Make(Op::kOpenFile, err);
  told.call.name = name;
  return told;
}

Told Read(model::FileRef file, uint16_t pages, int32_t first) {
  return ShortRead(file, pages, pages, first);
}

Told ShortRead(model::FileRef file, uint16_t asked, uint16_t pages, int32_t first) {
  Told told = OnFile(Op::kReadFile, file, JET_errSuccess);
  told.call.pages = asked;
  told.outcome.pages = pages;
  told.outcome.first_page = first;
  return told;
}

Told ReadFails(model::FileRef file, JET_ERR err, uint16_t pages) {
  Told told = OnFile(Op::kReadFile, file, err);
  told.call.pages = pages;
  return told;
}

Told Close(model::FileRef file, JET_ERR err) { return OnFile(Op::kCloseFile, file, err); }

Told LogInfo(uint32_t low, uint32_t high) {
  Told told = Make(Op::kGetLogInfo, JET_errSuccess);
  told.outcome.low = low;
  told.outcome.high = high;
  return told;
}

Told LogInfoFails(JET_ERR err) { return Make(Op::kGetLogInfo, err); }
Told Truncate(JET_ERR err) { return Make(Op::kTruncateLog, err); }
Told End(JET_ERR err) { return Make(Op::kEndExternalBackup, err); }
Told End2(uint32_t grbit, JET_ERR err) { return WithBits(Op::kEndExternalBackup2, grbit, err); }
Told Term(uint32_t grbit, JET_ERR err) { return WithBits(Op::kTerm, grbit, err); }
Told StopService(JET_ERR err) { return Make(Op::kStopService, err); }
Told Attach(JET_ERR err) { return Make(Op::kAttachDatabase, err); }

Told On(model::InstanceRef instance, Told told) {
  told.call.instance = instance;
  return told;
}

Story::Story() {
  history_.initial.mode = model::Mode::kMultiInstance;
  model::InstanceState& first = history_.initial.instances[0];
  first.life = model::Life::kReady;
  first.backup_allowed = true;
  first.attached = 1;
  first.existing = 1;
}

Story Story::OfCreatedInstance() {
  Story story;
  model::InstanceState& first = story.history_.initial.instances[0];
  first = model::InstanceState{};
  first.life = model::Life::kCreated;
  return story;
}

void Story::Add(uint8_t thread, const Told& told, uint64_t invoked, uint64_t returned) {
  model::HistoryCall call;
  call.thread = thread;
  call.call = told.call;
  call.outcome = told.outcome;
  call.invoked = invoked;
  call.returned = returned;
  history_.calls.push_back(call);
  history_.index.push_back(static_cast<uint16_t>(history_.index.size()));
}

Story& Story::Then(const Told& told) {
  Add(0, told, time_ + 1, time_ + 2);
  time_ += 2;
  return *this;
}

Story& Story::Both(const Told& first, const Told& second) {
  Add(0, first, time_ + 1, time_ + 3);
  Add(1, second, time_ + 2, time_ + 4);
  time_ += 4;
  return *this;
}

}  // namespace backstop::properties
