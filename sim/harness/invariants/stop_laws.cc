// SPDX-License-Identifier: MIT
#include <algorithm>

#include "impl/esent.h"
#include "sim/harness/invariants/laws.h"

namespace backstop::harness {
namespace {

using model::HistoryCall;
using model::Op;

bool Failed(const HistoryCall& call, model::Err err) {
  return call.returned != model::kPending && call.outcome.err == err;
}

/// A stop that certainly hit the backup which is in progress around `index`.
std::optional<Index> StopBefore(const View& view, Index index) {
  const std::optional<Index> begin = view.BackupAround(index);
  if (!begin) return std::nullopt;
  for (const Index stop : view.stops()) {
    if (view.Precedes(*begin, stop) && view.Precedes(stop, index)) return stop;
  }
  return std::nullopt;
}

/// Whether `stop` may have hit a backup to which the call `index` may belong: its Begin may have
/// taken effect before the stop and was not certainly followed by another Begin before `index`.
bool MayHaveHitBackupOf(const View& view, Index stop, Index index) {
  const auto may_be_the_begin = [&](Index begin) {
    if (view.Precedes(stop, begin) || view.Precedes(index, begin)) return false;
    return std::none_of(view.begins().begin(), view.begins().end(), [&](Index later) {
      return view.Precedes(begin, later) && view.Precedes(later, index);
    });
  };
  return std::any_of(view.begins().begin(), view.begins().end(), may_be_the_begin);
}

bool SomeStopExplains(const View& view, Index index) {
  return std::any_of(view.stops().begin(), view.stops().end(), [&](Index stop) {
    return !view.Precedes(index, stop) && MayHaveHitBackupOf(view, stop, index);
  });
}

std::optional<Index> DataCallAfterStop(const View& view) {
  for (const Index call : view.streaming()) {
    if (!IsDataCall(view[call].call.op) || view[call].returned == model::kPending) continue;
    const model::Err err = view[call].outcome.err;
    if (err == JET_errBackupAbortByServer || IsEntryError(err)) continue;
    if (StopBefore(view, call)) return call;
  }
  return std::nullopt;
}

/// A call that `judged` picks and that reports an abort which no stop explains.
template <class Judged>
std::optional<Index> UnexplainedAbort(const View& view, Judged judged) {
  for (const Index call : view.streaming()) {
    if (!judged(view[call].call.op)) continue;
    if (!Failed(view[call], JET_errBackupAbortByServer)) continue;
    if (!SomeStopExplains(view, call)) return call;
  }
  return std::nullopt;
}

std::optional<Index> AbortWithoutStop(const View& view) {
  return UnexplainedAbort(view, IsDataCall);
}

std::optional<Index> AbortAfterFailingStop(const View& view) {
  const auto all_stops_failed = [&](Index call) {
    bool any = false;
    for (Index i = 0; i < view.history().calls.size(); ++i) {
      const HistoryCall& stop = view[i];
      if (stop.call.op != Op::kStopBackup || view.Precedes(call, i)) continue;
      if (stop.returned == model::kPending || stop.outcome.err >= 0) return false;
      any = true;
    }
    return any;
  };
  for (const Index call : view.streaming()) {
    if (Failed(view[call], JET_errBackupAbortByServer) && all_stops_failed(call)) return call;
  }
  return std::nullopt;
}

std::optional<Index> StopTwiceUndoesStop(const View& view) {
  for (const Index call : view.streaming()) {
    if (!IsDataCall(view[call].call.op) || view[call].outcome.err < 0) continue;
    if (view[call].returned == model::kPending) continue;
    const std::optional<Index> begin = view.BackupAround(call);
    if (!begin) continue;
    const auto hits = std::count_if(view.stops().begin(), view.stops().end(), [&](Index stop) {
      return view.Precedes(*begin, stop) && view.Precedes(stop, call);
    });
    if (hits >= 2) return call;
  }
  return std::nullopt;
}

std::optional<Index> OldStopHitsNewBackup(const View& view) {
  if (view.stops().empty()) return std::nullopt;
  return UnexplainedAbort(view, IsStreamingCall);
}

std::optional<Index> StopFails(const View& view) {
  for (const Index call : view.stop_calls()) {
    if (!view.CertainlyAlive(call)) continue;
    const bool hangs = view[call].returned == model::kPending;
    if (hangs ? !view.history().power_lost : view[call].outcome.err != JET_errSuccess) return call;
  }
  return std::nullopt;
}

bool AllowedForRead(model::Err err, bool faults) {
  if (err == JET_errSuccess || err == JET_errBackupAbortByServer || err == JET_errNoBackup ||
      err == JET_errInvalidParameter || IsEntryError(err)) {
    return true;
  }
  return faults && err == JET_errDiskIO;
}

/// A success that stops short of both the buffer and the end of the file.
bool PartialRead(const View& view, Index read) {
  const HistoryCall& call = view[read];
  if (call.outcome.err < 0 || call.outcome.pages >= call.call.pages) return false;
  if (call.outcome.first_page < 0) return false;
  for (const Index open : view.opens()) {
    if (view[open].outcome.file != call.call.file || !view.Precedes(open, read)) continue;
    const auto end = static_cast<uint32_t>(call.outcome.first_page) + call.outcome.pages;
    if (end != view[open].outcome.size_pages) return true;
  }
  return false;
}

std::optional<Index> ReadOverlappingStopIsPartial(const View& view) {
  for (const Index read : view.streaming()) {
    if (view[read].call.op != Op::kReadFile || view[read].returned == model::kPending) continue;
    const bool overlaps = std::any_of(view.stops().begin(), view.stops().end(),
                                      [&](Index stop) { return view.Overlap(stop, read); });
    if (!overlaps) continue;
    const bool faults = view[read].call.environment.fault != model::Fault::kNone;
    if (!AllowedForRead(view[read].outcome.err, faults) || PartialRead(view, read)) return read;
  }
  return std::nullopt;
}

std::optional<Index> CloseOrEndRefusedAfterStop(const View& view) {
  for (const Index call : view.streaming()) {
    const HistoryCall& it = view[call];
    if (it.returned == model::kPending || IsEntryError(it.outcome.err)) continue;
    if (!StopBefore(view, call)) continue;
    if (it.call.op == Op::kCloseFile) {
      const std::optional<Index> open = view.FileOpenAround(call);
      const bool the_file = open && view[*open].outcome.file == it.call.file;
      if (the_file && it.outcome.err != JET_errSuccess) return call;
    }
    const bool ends = it.call.op == Op::kEndExternalBackup || it.call.op == Op::kEndExternalBackup2;
    if (!ends || !HasValidEndBits(it.call)) continue;
    const model::Err err = it.outcome.err;
    if (err < 0 && err != JET_errBackupAbortByServer && err != JET_errBackupAbortByCaller) {
      return call;
    }
  }
  return std::nullopt;
}

std::optional<Index> StopReleasesSomething(const View& view) {
  for (const Index call : view.all()) {
    const HistoryCall& it = view[call];
    const bool locked_out = it.call.op == Op::kAttachDatabase ||
                            it.call.op == Op::kDetachDatabase ||
                            (it.call.op == Op::kBeginExternalBackup && it.call.grbit == 0);
    if (!locked_out || it.returned == model::kPending || it.outcome.err < 0) continue;
    if (StopBefore(view, call)) return call;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Invariant> StopLaws() {
  return {
      {"INV-01", "after a stop, every data call of that backup fails with BackupAbortByServer",
       DataCallAfterStop},
      {"INV-02", "BackupAbortByServer comes only from a stop that may have hit this backup",
       AbortWithoutStop},
      {"INV-03", "a failing stop changes nothing", AbortAfterFailingStop},
      {"INV-04", "stopping twice is as good as stopping once", StopTwiceUndoesStop},
      {"INV-05", "a stop that returned before Begin does not touch the backup begun afterwards",
       OldStopHitsNewBackup},
      {"INV-06", "a stop never fails or hangs on a live instance", StopFails},
      {"INV-07", "a read that overlaps a stop gives all of its data or none",
       ReadOverlappingStopIsPartial},
      {"INV-08", "closing a file and ending the backup are allowed after a stop",
       CloseOrEndRefusedAfterStop},
      {"INV-09", "a stop by itself releases nothing", StopReleasesSomething},
  };
}

}  // namespace backstop::harness
