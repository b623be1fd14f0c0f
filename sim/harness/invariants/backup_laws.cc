// SPDX-License-Identifier: MIT
#include <algorithm>

#include "impl/esent.h"
#include "sim/harness/invariants/laws.h"

namespace backstop::harness {
namespace {

using model::HistoryCall;
using model::Op;

bool Returned(const HistoryCall& call) { return call.returned != model::kPending; }

bool IsPlainBegin(const HistoryCall& call) {
  return call.call.op == Op::kBeginExternalBackup && call.call.grbit == 0;
}

/// What a streaming call must return when certainly no backup is in progress.
bool SaysNoBackup(const HistoryCall& call) {
  if (!Returned(call) || IsEntryError(call.outcome.err)) return true;
  if (!HasValidEndBits(call.call) && call.call.op == Op::kEndExternalBackup2) return true;
  return call.outcome.err == JET_errNoBackup;
}

/// The handle of a freed or unknown instance is refused before anything else.
bool MayBeGone(const View& view, Index call) {
  if (view.initial().life == model::Life::kAbsent) return true;
  return std::any_of(view.deaths().begin(), view.deaths().end(),
                     [&](Index death) { return !view.Precedes(call, death); });
}

std::optional<Index> EndLeavesBackup(const View& view) {
  for (const Index end : view.ends()) {
    for (const Index call : view.all()) {
      if (!view.Precedes(end, call) || view.MayBeginBetween(end, call)) continue;
      if (MayBeGone(view, call)) continue;
      if (IsStreamingCall(view[call].call.op) && !SaysNoBackup(view[call])) return call;
    }
    for (const Index begin : view.begin_calls()) {
      if (!view.Precedes(end, begin) || view.MayBeginBetween(end, begin)) continue;
      const bool busy = view[begin].outcome.err == JET_errBackupInProgress;
      if (IsPlainBegin(view[begin]) && Returned(view[begin]) && busy) return begin;
    }
  }
  return std::nullopt;
}

std::optional<Index> MoreEndsThanBegins(const View& view) {
  for (size_t n = 0; n < view.ends().size(); ++n) {
    const Index end = view.ends()[n];
    const auto begun = std::count_if(view.begins().begin(), view.begins().end(),
                                     [&](Index begin) { return !view.Precedes(end, begin); });
    const auto ended = std::count_if(view.ends().begin(), view.ends().end(), [&](Index other) {
      return other == end || view.Precedes(other, end);
    });
    if (ended > begun) return end;
  }
  // Overlapping ends are counted together once all of them have returned.
  return view.ends().size() > view.begins().size() ? std::optional<Index>(view.ends().back())
                                                   : std::nullopt;
}

std::optional<Index> BadEndBitsAccepted(const View& view) {
  for (const Index call : view.streaming()) {
    const HistoryCall& it = view[call];
    if (it.call.op != Op::kEndExternalBackup2 || HasValidEndBits(it.call)) continue;
    if (!Returned(it) || IsEntryError(it.outcome.err)) continue;
    if (it.outcome.err != JET_errInvalidParameter) return call;
  }
  return std::nullopt;
}

std::optional<Index> OldHandleWorks(const View& view) {
  const auto succeeded_with = [&](Index call, model::FileRef file) {
    const HistoryCall& it = view[call];
    const bool uses = it.call.op == Op::kReadFile || it.call.op == Op::kCloseFile;
    return uses && it.call.file == file && Returned(it) && it.outcome.err >= 0;
  };
  for (const Index open : view.opens()) {
    const model::FileRef file = view[open].outcome.file;
    for (const Index other : view.opens()) {
      if (other > open && view[other].outcome.file == file) return other;
    }
    for (const Index end : view.ends()) {
      if (!view.Precedes(open, end)) continue;
      for (const Index call : view.streaming()) {
        if (view.Precedes(end, call) && succeeded_with(call, file)) return call;
      }
    }
  }
  return std::nullopt;
}

std::optional<Index> FailedBeginLeavesBackup(const View& view) {
  for (const Index begin : view.begin_calls()) {
    if (!Returned(view[begin]) || view[begin].outcome.err >= 0) continue;
    for (const Index call : view.streaming()) {
      if (!view.Precedes(begin, call) || !view.NoBackupEverBefore(call)) continue;
      if (MayBeGone(view, call)) continue;
      if (!SaysNoBackup(view[call])) return call;
    }
  }
  return std::nullopt;
}

std::optional<Index> TwoBackups(const View& view) {
  for (const Index call : view.begin_calls()) {
    if (!Returned(view[call])) continue;
    if (view[call].outcome.err >= 0 && view.BackupAround(call)) return call;
    const bool busy = view[call].outcome.err == JET_errBackupInProgress;
    const bool alone =
        std::none_of(view.begin_calls().begin(), view.begin_calls().end(),
                     [&](Index other) { return other != call && !view.Precedes(call, other); });
    if (busy && alone) return call;
  }
  return std::nullopt;
}

std::optional<Index> BackupOutOfNothing(const View& view) {
  for (const Index call : view.streaming()) {
    if (!view.NoBackupEverBefore(call) || MayBeGone(view, call)) continue;
    if (!SaysNoBackup(view[call])) return call;
  }
  return std::nullopt;
}

bool HasWrongArguments(const model::Call& call) {
  if (call.op == Op::kOpenFile) return call.name == model::NameKind::kNull;
  if (call.op == Op::kCloseFile) return call.file == model::kBogusFile;
  if (call.op != Op::kReadFile) return false;
  return call.file == model::kBogusFile || !call.aligned || !call.whole_pages || call.pages == 0;
}

std::optional<Index> WrongPrecedence(const View& view) {
  for (const Index call : view.streaming()) {
    const HistoryCall& it = view[call];
    if (!HasWrongArguments(it.call) || !Returned(it) || IsEntryError(it.outcome.err)) continue;
    const bool none = view.NoBackupEverBefore(call) && !MayBeGone(view, call);
    if (none && it.outcome.err != JET_errNoBackup) return call;
    const std::optional<Index> begin = view.BackupAround(call);
    if (!begin || !IsDataCall(it.call.op)) continue;
    const bool stopped = std::any_of(view.stops().begin(), view.stops().end(), [&](Index stop) {
      return view.Precedes(*begin, stop) && view.Precedes(stop, call);
    });
    if (stopped && it.outcome.err != JET_errBackupAbortByServer) return call;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Invariant> BackupLaws() {
  return {
      {"INV-10", "an End that did not fail with NoBackup has released the backup", EndLeavesBackup},
      {"INV-11", "of several Ends of one backup exactly one releases it", MoreEndsThanBegins},
      {"INV-12", "End with neither or both of Normal and Abort is InvalidParameter",
       BadEndBitsAccepted},
      {"INV-13", "the file handles of an ended backup never work again", OldHandleWorks, false},
      {"INV-16", "a Begin that fails leaves no backup behind", FailedBeginLeavesBackup},
      {"INV-17", "an instance has at most one backup, whatever other instances do", TwoBackups},
      {"INV-18", "without a backup every streaming call returns NoBackup", BackupOutOfNothing},
      {"INV-19", "NoBackup is tested before the stop, the stop before arguments", WrongPrecedence},
  };
}

}  // namespace backstop::harness
