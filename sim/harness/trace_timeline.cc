// SPDX-License-Identifier: MIT
#include "sim/harness/trace_timeline.h"

#include "sim/harness/replay_search.h"
#include "sim/harness/replay_trace.h"

namespace backstop::harness {

std::optional<TraceTimeline> RecordTrace(Runner& runner, Checker& checker, const Trace& trace,
                                         const Provenance& here) {
  TraceTimeline shown;
  TraceStrategy strategy(trace);
  if (!RecordTimeline(runner, checker, trace.program, strategy.Prepare(), &shown.timeline)) {
    return std::nullopt;
  }
  shown.answers = sched::NormalForm(runner.scheduler().decisions());
  if (shown.timeline.violation || !MayHaveMoved(trace, here, strategy.counts())) return shown;
  const NearbyResult nearby =
      SearchNearby(runner, checker, trace.program, trace.rule, kReplaySearch);
  if (!nearby.violation) return shown;
  shown.answers = sched::NormalForm(runner.scheduler().decisions());
  shown.searched = nearby.schedules;
  sched::Recorded recorded(shown.answers);
  RecordTimeline(runner, checker, trace.program, recorded, &shown.timeline);
  return shown;
}

}  // namespace backstop::harness
