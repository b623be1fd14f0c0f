// SPDX-License-Identifier: MIT
#include <algorithm>

#include "impl/esent.h"
#include "sim/harness/invariants/laws.h"

namespace backstop::harness {
namespace {

using model::HistoryCall;
using model::Op;

bool Returned(const HistoryCall& call) { return call.returned != model::kPending; }

bool SurelyPrecededBy(const View& view, const Indices& causes, Index call) {
  return std::any_of(causes.begin(), causes.end(),
                     [&](Index cause) { return view.Precedes(cause, call); });
}

/// One-instance mode ignores the handle, so that a dead one may name the instance made next.
bool HandlesAreIgnored(const View& view) {
  return view.history().initial.mode == model::Mode::kOneInstance;
}

std::optional<Index> CallAfterStopService(const View& view) {
  for (const Index call : view.streaming()) {
    if (!Returned(view[call]) || HandlesAreIgnored(view)) continue;
    if (!SurelyPrecededBy(view, view.stop_services(), call)) continue;
    const model::Err err = view[call].outcome.err;
    if (err == JET_errClientRequestToStopJetService) continue;
    // A term that came in between has freed the handle, or a legacy call is refused by the mode.
    const bool gone = err == JET_errInvalidParameter && !view.CertainlyAlive(call);
    if (!gone && err != JET_errRunningInMultiInstanceMode) return call;
  }
  for (const Index term : view.terms()) {
    if (view[term].outcome.err == JET_errClientRequestToStopJetService) return term;
  }
  return std::nullopt;
}

bool StopsBackup(const HistoryCall& term) {
  return (term.call.grbit & (JET_bitTermStopBackup | JET_bitTermAbrupt)) != 0;
}

std::optional<Index> TermWithStopBackupRefused(const View& view) {
  for (const Index term : view.terms()) {
    if (!Returned(view[term]) || !StopsBackup(view[term])) continue;
    if (view[term].outcome.err == JET_errBackupInProgress) return term;
  }
  if (HandlesAreIgnored(view)) return std::nullopt;
  for (const Index death : view.deaths()) {
    for (const Index call : view.streaming()) {
      if (!view.Precedes(death, call) || !Returned(view[call])) continue;
      const bool refused = view[call].outcome.err == JET_errInvalidParameter;
      if (!refused && StopsBackup(view[death])) return call;
    }
  }
  return std::nullopt;
}

bool IsPlainTerm(const HistoryCall& term) {
  return (term.call.grbit & (JET_bitTermStopBackup | JET_bitTermAbrupt | JET_bitTermDirty)) == 0;
}

std::optional<Index> PlainTermHurtsBackup(const View& view) {
  for (const Index term : view.terms()) {
    if (!Returned(view[term]) || !IsPlainTerm(view[term])) continue;
    const bool ended = view[term].outcome.err >= 0;
    if (ended && view.BackupAround(term)) return term;
  }
  for (const Index begin : view.begin_calls()) {
    const bool not_allowed =
        Returned(view[begin]) && view[begin].outcome.err == JET_errBackupNotAllowedYet;
    if (not_allowed && view.initial().life == model::Life::kReady) return begin;
  }
  return std::nullopt;
}

/// When the last instance is gone, parameters are those of the process and the handle is ignored.
bool MakesInstanceOrNeedsNone(Op op) {
  return op == Op::kCreateInstance || op == Op::kInit || op == Op::kSetSystemParameter;
}

std::optional<Index> FreedInstanceAnswers(const View& view) {
  if (HandlesAreIgnored(view)) return std::nullopt;
  for (const Index death : view.deaths()) {
    for (const Index call : view.all()) {
      if (MakesInstanceOrNeedsNone(view[call].call.op)) continue;
      if (!view.Precedes(death, call) || !Returned(view[call])) continue;
      const bool by_session = view[call].call.op >= Op::kBeginTransaction;
      if (view[call].outcome.err >= 0 && !by_session) return call;
    }
  }
  return std::nullopt;
}

std::optional<Index> CreatedInstanceAnswers(const View& view) {
  if (view.initial().life != model::Life::kCreated) return std::nullopt;
  const auto untouched = [&](Index call) {
    const auto later = [&](Index other) { return other == call || view.Precedes(call, other); };
    return std::all_of(view.inits().begin(), view.inits().end(), later) &&
           std::all_of(view.terms().begin(), view.terms().end(), later) &&
           std::none_of(view.stop_services().begin(), view.stop_services().end(),
                        [&](Index other) { return !view.Precedes(call, other); });
  };
  for (const Index call : view.all()) {
    const HistoryCall& it = view[call];
    if (!Returned(it) || !untouched(call) || it.call.legacy) continue;
    const bool streaming = IsStreamingCall(it.call.op) || it.call.op == Op::kBeginExternalBackup;
    if (streaming && it.outcome.err != JET_errNotInitialized) return call;
    const bool must_succeed = it.call.op == Op::kStopBackup || it.call.op == Op::kTerm;
    if (must_succeed && it.outcome.err != JET_errSuccess) return call;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Invariant> InstanceLaws() {
  return {
      {"INV-42",
       "after JetStopService every streaming call fails with ClientRequestToStopJetService",
       CallAfterStopService},
      {"INV-43", "JetTerm2 with StopBackup is not refused for a backup and frees the instance",
       TermWithStopBackupRefused},
      {"INV-44", "JetTerm2 without bits is refused during a backup and leaves it usable",
       PlainTermHurtsBackup, false},
      {"INV-45", "no call succeeds on an instance that was freed", FreedInstanceAnswers},
      {"INV-46", "an instance that is only created refuses streaming calls, not Stop and Term",
       CreatedInstanceAnswers},
  };
}

}  // namespace backstop::harness
