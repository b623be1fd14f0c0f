// SPDX-License-Identifier: MIT
#include <algorithm>

#include "impl/esent.h"
#include "sim/harness/invariants/laws.h"
#include "sim/harness/stream_position.h"

namespace backstop::harness {
namespace {

using model::HistoryCall;
using model::Op;

bool Succeeded(const HistoryCall& call) {
  return call.returned != model::kPending && call.outcome.err >= 0;
}

std::optional<Index> SecondFileOpens(const View& view) {
  for (const Index open : view.opens()) {
    if (view.FileOpenAround(open)) return open;
  }
  return std::nullopt;
}

bool IsLogCall(Op op) {
  return op == Op::kGetLogInfo || op == Op::kGetTruncateLogInfo || op == Op::kTruncateLog;
}

std::optional<Index> DatabaseOpensInLogPhase(const View& view) {
  for (const Index open : view.opens()) {
    if (view[open].call.name != model::NameKind::kDatabase) continue;
    const std::optional<Index> begin = view.BackupAround(open);
    if (!begin) continue;
    for (const Index call : view.streaming()) {
      const Op op = view[call].call.op;
      const bool advances = op == Op::kGetLogInfo || op == Op::kGetTruncateLogInfo;
      if (!advances || !Succeeded(view[call])) continue;
      if (view.Precedes(*begin, call) && view.Precedes(call, open)) return open;
    }
  }
  return std::nullopt;
}

std::optional<Index> LogCallWithOpenFile(const View& view) {
  for (const Index call : view.streaming()) {
    if (!IsLogCall(view[call].call.op) || !Succeeded(view[call])) continue;
    if (view.FileOpenAround(call)) return call;
  }
  return std::nullopt;
}

/// Successful reads through one handle that say where their data belongs, in order of return.
Indices ReadsOf(const View& view, model::FileRef file) {
  Indices reads;
  for (const Index call : view.streaming()) {
    const HistoryCall& it = view[call];
    if (it.call.op != Op::kReadFile || it.call.file != file) continue;
    if (Succeeded(it) && it.outcome.pages > 0) reads.push_back(call);
  }
  std::sort(reads.begin(), reads.end(),
            [&](Index a, Index b) { return view[a].returned < view[b].returned; });
  return reads;
}

/// A read that never returned may have moved the position all the same.
bool AReadWasCutOff(const View& view) {
  return view.history().power_lost && std::ranges::any_of(view.all(), [&](Index call) {
           return view[call].call.op == Op::kReadFile && view[call].returned == model::kPending;
         });
}

/// Whether the stream offsets of `a` and `b`, of which `a` returned first, contradict each other:
/// the same page twice, or a gap although no third read can have filled it.
bool Contradict(const View& view, const Indices& reads, Index a, Index b) {
  const HistoryCall& first = view[a];
  const HistoryCall& second = view[b];
  if (first.outcome.first_page < 0 || second.outcome.first_page < 0) return false;
  const int32_t first_end = first.outcome.first_page + first.outcome.pages;
  const int32_t second_end = second.outcome.first_page + second.outcome.pages;
  if (first.outcome.first_page < second_end && second.outcome.first_page < first_end) return true;
  if (!view.Precedes(a, b) || AReadWasCutOff(view)) return false;
  const bool neighbours = std::none_of(reads.begin(), reads.end(), [&](Index c) {
    return c != a && c != b && !view.Precedes(c, a) && !view.Precedes(b, c);
  });
  return neighbours && second.outcome.first_page != first_end;
}

std::optional<Index> StreamIsBroken(const View& view) {
  for (const Index open : view.opens()) {
    const Indices reads = ReadsOf(view, view[open].outcome.file);
    for (size_t j = 0; j < reads.size(); ++j) {
      if (view[reads[j]].outcome.first_page == kPositionTorn) return reads[j];
      for (size_t i = 0; i < j; ++i) {
        if (Contradict(view, reads, reads[i], reads[j])) return reads[j];
      }
    }
  }
  return std::nullopt;
}

std::optional<Index> StreamIsTooLong(const View& view) {
  for (const Index open : view.opens()) {
    uint64_t total = 0;
    for (const Index read : ReadsOf(view, view[open].outcome.file)) {
      total += view[read].outcome.pages;
      if (total > view[open].outcome.size_pages) return read;
    }
  }
  return std::nullopt;
}

std::optional<Index> ListChanges(const View& view) {
  for (const Index later : view.streaming()) {
    const Op op = view[later].call.op;
    const bool lists =
        op == Op::kGetLogInfo || op == Op::kGetTruncateLogInfo || op == Op::kGetAttachInfo;
    if (!lists || !Succeeded(view[later])) continue;
    const std::optional<Index> begin = view.BackupAround(later);
    if (!begin) continue;
    for (const Index earlier : view.streaming()) {
      if (view[earlier].call.op != op || !Succeeded(view[earlier])) continue;
      if (!view.Precedes(*begin, earlier) || !view.Precedes(earlier, later)) continue;
      const model::Outcome& a = view[earlier].outcome;
      const model::Outcome& b = view[later].outcome;
      // A database created meanwhile joins the list; none leaves it.
      const bool lost = (a.databases & ~b.databases) != 0;
      if (a.low != b.low || a.high != b.high || lost) return later;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Invariant> FileLaws() {
  return {
      {"INV-21", "a backup has at most one file open", SecondFileOpens},
      {"INV-22", "after log info no database can be opened", DatabaseOpensInLogPhase, false},
      {"INV-23", "log info and truncation are refused while a file is open", LogCallWithOpenFile},
      {"INV-26", "the reads of a file are one gapless stream, whatever failing calls come between",
       StreamIsBroken, false},
      {"INV-27", "asking again for a list gives the same list", ListChanges},
      {"INV-38", "the reads of a file never exceed the size given at its opening", StreamIsTooLong,
       false},
  };
}

}  // namespace backstop::harness
