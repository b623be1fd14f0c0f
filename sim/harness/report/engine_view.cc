// SPDX-License-Identifier: MIT
#include "sim/harness/report/engine_view.h"

#include <fmt/format.h>

#include "impl/esent.h"

namespace backstop::report {

using model::Op;

namespace {

enum Aspect : uint8_t { kInstance, kBackup, kFile, kDelivered, kLogs };

}  // namespace

EngineView::EngineView(const Aspects& initial, const model::Snapshot& state, unsigned slot)
    : seen_(initial) {
  const model::FileState& file = state.instances[slot].backup.file;
  delivers_ = file.kind != model::FileKind::kNone;
  delivered_ = file.offset_pages;
  size_ = file.size_pages;
}

void EngineView::Release() {
  seen_[kBackup] = "none";
  seen_[kFile] = "none";
  seen_[kLogs] = "";
  delivers_ = false;
}

void EngineView::Shows(const model::HistoryCall& call) {
  if (call.returned == model::kPending) return;
  switch (call.outcome.err) {
    case JET_errNoBackup:
      return Release();
    case JET_errBackupAbortByServer:
      seen_[kBackup] = "stopped";
      return;
    case JET_errBackupInProgress:
      if (seen_[kBackup] != "stopped") seen_[kBackup] = "in progress";
      return;
    case JET_errTermInProgress:
      seen_[kInstance] = "terminating";
      return;
    default:
      if (call.outcome.err >= 0) Succeeded(call);
  }
}

void EngineView::Ended() {
  Release();
  seen_[kInstance] = "absent";
}

void EngineView::Succeeded(const model::HistoryCall& call) {
  switch (call.call.op) {
    case Op::kInit:
      seen_[kInstance] = "ready";
      break;
    case Op::kTerm:
      Ended();
      break;
    case Op::kBeginExternalBackup:
      seen_[kBackup] = "in progress";
      break;
    case Op::kStopBackup:
      if (seen_[kBackup] == "in progress") seen_[kBackup] = "stopped";
      break;
    case Op::kEndExternalBackup:
    case Op::kEndExternalBackup2: {
      const bool unseen = seen_[kBackup] == "none";
      Release();
      if (unseen) seen_[kBackup] = "was in progress until now";
      break;
    }
    case Op::kOpenFile:
    case Op::kOpenFileSection:
      seen_[kFile] = "open";
      delivers_ = true;
      delivered_ = 0;
      size_ = call.outcome.size_pages;
      break;
    case Op::kReadFile:
      if (delivers_) delivered_ += call.outcome.pages;
      break;
    case Op::kCloseFile:
      seen_[kFile] = seen_[kFile] == "open" ? "none" : "was open until now";
      delivers_ = false;
      break;
    case Op::kGetLogInfo:
      seen_[kLogs] = fmt::format("{} to {}", call.outcome.low, call.outcome.high);
      break;
    default:
      break;
  }
}

Aspects EngineView::aspects() const {
  Aspects aspects = seen_;
  aspects[kDelivered] = delivers_ ? fmt::format("{} of {} pages", delivered_, size_) : "";
  return aspects;
}

}  // namespace backstop::report
