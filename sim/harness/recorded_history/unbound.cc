// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/unbound.h"

#include <algorithm>
#include <string_view>

#include "impl/esent.h"
#include "model/addressing.h"

namespace backstop::recorded {

using model::HistoryCall;
using model::Op;

namespace {

bool Overlap(const HistoryCall& a, const HistoryCall& b) {
  return a.invoked <= b.returned && b.invoked <= a.returned;
}

template <class Predicate>
bool AnyOverlaps(const std::vector<HistoryCall>& calls, size_t call, const Predicate& predicate) {
  for (size_t other = 0; other < calls.size(); ++other) {
    if (other != call && predicate(calls[other]) && Overlap(calls[other], calls[call])) return true;
  }
  return false;
}

bool IsEnd(const HistoryCall& call) {
  return call.call.op == Op::kEndExternalBackup || call.call.op == Op::kEndExternalBackup2;
}

/// A termination that found an instance to terminate.
bool Terminates(const HistoryCall& call) {
  if (call.call.op != Op::kTerm) return false;
  return call.returned == model::kPending ||
         (call.outcome.err != JET_errInvalidParameter &&
          call.outcome.err != JET_errNotInitialized && call.outcome.err != JET_errTermInProgress);
}

bool ListsLogs(const HistoryCall& call) {
  return call.call.op == Op::kGetLogInfo || call.call.op == Op::kGetLogInfo2 ||
         call.call.op == Op::kGetTruncateLogInfo;
}

bool MovesTheStamp(const HistoryCall& call) {
  return call.call.op == Op::kStopBackup || call.call.op == Op::kTruncateLog;
}

}  // namespace

bool IsExcused(const std::vector<HistoryCall>& calls, size_t call) {
  const HistoryCall& refused = calls[call];
  if (refused.returned == model::kPending) return false;
  const model::EventId door = model::DoorOf(refused.call);
  if (refused.outcome.err == JET_errTermInProgress &&
      (door == model::EventId::kSessionDoor || door == model::EventId::kReleasingSessionDoor)) {
    return AnyOverlaps(calls, call, Terminates);
  }
  return refused.call.op == Op::kTruncateLog && refused.outcome.err == JET_errLogFileNotCopied &&
         AnyOverlaps(calls, call, ListsLogs);
}

bool HeadersBind(const std::vector<HistoryCall>& calls) {
  for (size_t call = 0; call < calls.size(); ++call) {
    const bool ends = IsEnd(calls[call]) && calls[call].outcome.err >= 0;
    if (ends && AnyOverlaps(calls, call, MovesTheStamp)) return false;
  }
  return true;
}

std::optional<uint64_t> StaleSlotFrom(const model::Snapshot& initial,
                                      const std::vector<HistoryCall>& calls) {
  // The earliest invocation of a call of this kind that may come after `time`.
  const auto first_after = [&](std::optional<uint64_t> time, const auto& is_kind) {
    std::optional<uint64_t> first;
    for (const HistoryCall& call : calls) {
      const bool succeeded = call.returned == model::kPending || call.outcome.err >= 0;
      if (!time || !succeeded || call.returned < *time || !is_kind(call)) continue;
      first = std::min(first.value_or(call.invoked), call.invoked);
    }
    return first;
  };
  const bool open_before = std::ranges::any_of(initial.instances, [](const auto& instance) {
    return instance.backup.file.kind == model::FileKind::kDatabase;
  });
  const auto opened = open_before ? 0 : first_after(0, [](const HistoryCall& call) {
    return call.call.op == Op::kOpenFile && call.call.name == model::NameKind::kDatabase;
  });
  const auto ended = first_after(opened, IsEnd);
  return first_after(
      ended, [](const HistoryCall& call) { return call.call.op == Op::kBeginExternalBackup; });
}

void MendSizes(std::vector<HistoryCall>* calls) {
  const auto is_open = [](const HistoryCall& call) {
    return call.call.op == Op::kOpenFile && call.outcome.err >= 0;
  };
  for (HistoryCall& call : *calls) {
    if (!is_open(call) || call.outcome.size_pages > 0) continue;
    const auto other = std::ranges::find_if(*calls, [&](const HistoryCall& same) {
      return is_open(same) && same.outcome.size_pages > 0 && same.call.name == call.call.name &&
             same.call.database == call.call.database &&
             same.call.generation == call.call.generation;
    });
    call.outcome.size_pages = other == calls->end() ? 1 : other->outcome.size_pages;
  }
}

bool ReadsAFreeSlot(const HistoryCall& call, const model::Reaction& reaction) {
  return call.call.op == Op::kReadFile && reaction.row != model::kNoRow &&
         model::Rows()[reaction.row].clause == std::string_view("READ-16");
}

}  // namespace backstop::recorded
