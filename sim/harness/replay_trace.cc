// SPDX-License-Identifier: MIT
#include "sim/harness/replay_trace.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/harness/replay_search.h"

namespace backstop::harness {

TraceStrategy::TraceStrategy(const Trace& trace) {
  if (const auto* entries = std::get_if<std::vector<sched::ReplayEntry>>(&trace.schedule)) {
    replay_ = std::make_unique<sched::Replay>(*entries);
  } else {
    spec_ = std::get<ScheduleSpec>(trace.schedule);
  }
}

sched::Strategy& TraceStrategy::Prepare() {
  return replay_ ? static_cast<sched::Strategy&>(*replay_) : portfolio_.Prepare(spec_);
}

sched::Replay::Counts TraceStrategy::counts() const {
  return replay_ ? replay_->counts() : sched::Replay::Counts{};
}

namespace {

/// What lies beyond the decisions that are kept could not be made.
sched::Replay::Counts CountsOf(const TraceStrategy& strategy, const Trace& trace) {
  sched::Replay::Counts counts = strategy.counts();
  if (trace.decisions_beyond == 0) return counts;
  if (counts.lost == 0) counts.first_lost = kMostDecisions;
  constexpr uint64_t kMost = std::numeric_limits<uint32_t>::max() - 2 * kMostDecisions;
  counts.lost += static_cast<uint32_t>(std::min(trace.decisions_beyond, kMost));
  return counts;
}

/// A seed leads through the points of one build only, so that on another its failure is not shown
/// to be gone.
bool IsForeignSeed(const Trace& trace, const Provenance& here) {
  const bool is_seed = std::holds_alternative<ScheduleSpec>(trace.schedule);
  return is_seed && !trace.rule.empty() && trace.made_by != here;
}

ReplayVerdict VerdictOf(const ReplayResult& result, const Trace& trace, const Provenance& here) {
  const bool same_build = trace.made_by == here && trace.hash.has_value();
  if (same_build && *trace.hash != result.hash) return ReplayVerdict::kNondeterministic;
  if (result.violation) return ReplayVerdict::kReproduced;
  if (result.counts.lost > 0 || IsForeignSeed(trace, here)) return ReplayVerdict::kDiverged;
  return ReplayVerdict::kGone;
}

}  // namespace

bool MayHaveMoved(const Trace& trace, const Provenance& here, const sched::Replay::Counts& counts) {
  return !trace.rule.empty() &&
         (trace.made_by != here || counts.resynchronised > 0 || counts.lost > 0);
}

ReplayResult ReplayTrace(Runner& runner, Checker& checker, const Trace& trace,
                         const Provenance& here, unsigned times, unsigned search) {
  ReplayResult result;
  TraceStrategy strategy(trace);
  bool equal = true;
  for (unsigned i = 0; i < times || i == 0; ++i) {
    const RunResult run = runner.Run(trace.program, strategy.Prepare());
    if (!run.set_up) {
      result.verdict = ReplayVerdict::kNotSetUp;
      return result;
    }
    if (i == 0) {
      result.hash = run.hash;
      result.violation = checker.Check(run, runner.scheduler(), nullptr);
      result.counts = CountsOf(strategy, trace);
    }
    equal = equal && run.hash == result.hash;
    ++result.times;
  }
  if (!equal) {
    result.verdict = ReplayVerdict::kNondeterministic;
    return result;
  }
  if (!result.violation && MayHaveMoved(trace, here, result.counts)) {
    NearbyResult nearby = SearchNearby(runner, checker, trace.program, trace.rule, search);
    result.violation = std::move(nearby.violation);
    result.searched = nearby.schedules;
  }
  result.verdict = VerdictOf(result, trace, here);
  return result;
}

Trace TraceOfLastRun(const Runner& runner, const Provenance& made_by, const Program& program,
                     const Violation& violation, uint64_t hash) {
  return {.made_by = made_by,
          .program = program,
          .schedule = sched::ReplayEntries(runner.scheduler()),
          .rule = violation.rule,
          .text = violation.text,
          .hash = hash};
}

}  // namespace backstop::harness
