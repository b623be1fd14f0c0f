// SPDX-License-Identifier: MIT
#include "sim/harness/invariants/view.h"

#include <algorithm>

#include "impl/esent.h"

namespace backstop::harness {
namespace {

using model::HistoryCall;
using model::InstanceRef;
using model::Op;

constexpr uint32_t kTermBitsThatEndBackups =
    JET_bitTermAbrupt | JET_bitTermStopBackup | JET_bitTermDirty;

bool Pending(const HistoryCall& call) { return call.returned == model::kPending; }
bool SucceededOrPending(const HistoryCall& call) { return Pending(call) || call.outcome.err >= 0; }

bool IsEnd(Op op) { return op == Op::kEndExternalBackup || op == Op::kEndExternalBackup2; }

/// A failing OpenFile of the log phase tears the backup down; so may any failure of a transfer.
bool MayTearDown(const HistoryCall& call) {
  if (Pending(call)) return true;
  const model::Err err = call.outcome.err;
  if (err >= 0 || IsEntryError(err) || err == JET_errNoBackup ||
      err == JET_errBackupAbortByServer) {
    return false;
  }
  if (call.call.op == Op::kOpenFile) {
    return call.call.name != model::NameKind::kNull && err != JET_errDatabaseNotFound &&
           err != JET_errOutOfMemory;
  }
  if (call.call.op == Op::kReadFile) return err != JET_errInvalidParameter;
  if (call.call.op == Op::kGetLogInfo || call.call.op == Op::kGetTruncateLogInfo) {
    return err != JET_errInvalidBackupSequence;
  }
  return false;
}

bool ReleasesBackup(const HistoryCall& call) {
  const model::Err err = call.outcome.err;
  return IsEnd(call.call.op) && !Pending(call) &&
         (err >= 0 || err == JET_errBackupAbortByServer || err == JET_errBackupAbortByCaller);
}

bool MayChange(const HistoryCall& call) {
  const Op op = call.call.op;
  if (op == Op::kBeginExternalBackup) return SucceededOrPending(call);
  if (IsEnd(op)) return Pending(call) || ReleasesBackup(call);
  if (op == Op::kTerm) {
    return SucceededOrPending(call) || (call.call.grbit & kTermBitsThatEndBackups) != 0;
  }
  return MayTearDown(call);
}

bool MayCloseFile(const HistoryCall& call) {
  if (call.call.op == Op::kCloseFile) return SucceededOrPending(call);
  return call.call.op == Op::kReadFile && MayTearDown(call);
}

bool FreesInstance(const HistoryCall& call) {
  return call.call.op == Op::kTerm && !Pending(call) &&
         (call.outcome.err >= 0 || call.outcome.err == JET_errDirtyShutdown ||
          call.outcome.err == JET_errLogWriteFail);
}

}  // namespace

bool IsEntryError(model::Err err) {
  return err == JET_errClientRequestToStopJetService || err == JET_errTermInProgress ||
         err == JET_errNotInitialized || err == JET_errRunningInMultiInstanceMode ||
         err == JET_errInstanceUnavailable || err == JET_errRestoreInProgress ||
         err == JET_errInvalidSesid;
}

bool IsDataCall(Op op) {
  return op == Op::kGetAttachInfo || op == Op::kOpenFile || op == Op::kReadFile ||
         op == Op::kGetLogInfo || op == Op::kGetTruncateLogInfo || op == Op::kTruncateLog;
}

bool IsStreamingCall(Op op) { return IsDataCall(op) || op == Op::kCloseFile || IsEnd(op); }

bool HasValidEndBits(const model::Call& call) {
  if (call.op == Op::kEndExternalBackup) return true;
  const uint32_t bits = call.grbit & (JET_bitBackupEndNormal | JET_bitBackupEndAbort);
  return bits == JET_bitBackupEndNormal || bits == JET_bitBackupEndAbort;
}

View::View(const History& history, unsigned slot) : history_(history), slot_(slot) {
  for (Index i = 0; i < history.calls.size(); ++i) {
    if (Targets(history.calls[i].call)) Sort(i);
  }
}

bool View::Targets(const model::Call& call) const {
  if (history_.initial.mode == model::Mode::kOneInstance) return slot_ == 0;
  if (call.legacy) return false;
  return call.instance == (slot_ == 0 ? InstanceRef::kFirst : InstanceRef::kSecond);
}

void View::Sort(Index index) {
  const HistoryCall& call = history_.calls[index];
  const Op op = call.call.op;
  all_.push_back(index);
  if (IsStreamingCall(op)) streaming_.push_back(index);
  if (MayChange(call)) changers_.push_back(index);
  if (MayCloseFile(call)) file_closers_.push_back(index);
  if (ReleasesBackup(call)) ends_.push_back(index);
  if (FreesInstance(call)) deaths_.push_back(index);
  if (op == Op::kBeginExternalBackup) {
    begin_calls_.push_back(index);
    if (SucceededOrPending(call)) begins_.push_back(index);
  }
  if (op == Op::kStopBackup) {
    stop_calls_.push_back(index);
    if (SucceededOrPending(call)) stops_.push_back(index);
  }
  if (op == Op::kTerm) terms_.push_back(index);
  if (op == Op::kInit) inits_.push_back(index);
  if (op == Op::kOpenFile && !Pending(call) && call.outcome.err >= 0) opens_.push_back(index);
  const bool stops_all =
      op == Op::kStopService || (op == Op::kStopServiceInstance2 && call.call.grbit == 0);
  if (stops_all && !Pending(call) && call.outcome.err >= 0) stop_services_.push_back(index);
}

bool View::MayChangeBackup(Index from, Index to) const {
  const uint64_t start = (*this)[from].invoked;
  const uint64_t end = (*this)[to].returned;
  return std::any_of(changers_.begin(), changers_.end(), [&](Index i) {
    return i != from && i != to && (*this)[i].invoked < end && (*this)[i].returned > start;
  });
}

std::optional<Index> View::BackupAround(Index index) const {
  for (const Index begin : begins_) {
    if (begin != index && Precedes(begin, index) && !MayChangeBackup(begin, index)) return begin;
  }
  return std::nullopt;
}

std::optional<Index> View::FileOpenAround(Index index) const {
  const std::optional<Index> begin = BackupAround(index);
  if (!begin) return std::nullopt;
  for (const Index open : opens_) {
    if (open == index || !Precedes(open, index) || !Precedes(*begin, open)) continue;
    const bool closed = std::any_of(file_closers_.begin(), file_closers_.end(), [&](Index i) {
      return i != index && !Precedes(i, open) && !Precedes(index, i);
    });
    if (!closed) return open;
  }
  return std::nullopt;
}

bool View::MayBeginBetween(Index from, Index to) const {
  return std::any_of(begins_.begin(), begins_.end(), [&](Index i) {
    return i != to && (*this)[i].returned > (*this)[from].invoked &&
           (*this)[i].invoked < (*this)[to].returned;
  });
}

bool View::NoBackupEverBefore(Index index) const {
  return std::none_of(begins_.begin(), begins_.end(), [&](Index i) {
    return i != index && (*this)[i].invoked < (*this)[index].returned;
  });
}

bool View::CertainlyAlive(Index index) const {
  const bool exists = initial().life != model::Life::kAbsent;
  return exists && std::none_of(terms_.begin(), terms_.end(), [&](Index i) {
           return i != index && (*this)[i].invoked < (*this)[index].returned;
         });
}

}  // namespace backstop::harness
