// SPDX-License-Identifier: MIT
// Runs a trace again and says what became of its failure.
#pragma once

#include <memory>
#include <string>

#include "sim/harness/checker.h"
#include "sim/harness/runner.h"
#include "sim/harness/trace.h"

namespace backstop::harness {

enum class ReplayVerdict : uint8_t {
  kReproduced,        ///< fails again; in the same way unless `violation` names another rule
  kGone,              ///< every decision found its place, and nothing fails
  kDiverged,          ///< nothing fails, but decisions, or a seed, could not be followed
  kNondeterministic,  ///< the same answers gave another hash
  kNotSetUp,          ///< the engine cannot be brought to the starting situation
};

struct ReplayResult {
  ReplayVerdict verdict = ReplayVerdict::kGone;
  std::optional<Violation> violation;
  uint64_t hash = 0;
  unsigned times = 0;
  sched::Replay::Counts counts;  ///< all zero for a trace that holds a seed
  /// Schedules tried beside the recorded one, as the code may have changed; the last of them failed
  /// if the verdict is kReproduced.
  unsigned searched = 0;
};

/// Enough to meet again what a shrunk program shows.
inline constexpr unsigned kReplaySearch = 1000;

/// The strategy that a trace asks for, whichever way it tells its schedule.
class TraceStrategy {
 public:
  explicit TraceStrategy(const Trace& trace);
  /// Ready for the next run.
  sched::Strategy& Prepare();
  /// Of the last run; all zero if the trace holds a seed.
  sched::Replay::Counts counts() const;

 private:
  std::unique_ptr<sched::Replay> replay_;
  Portfolio portfolio_;
  ScheduleSpec spec_;
};

/// Whether the code may have changed under a trace so that a schedule beside it fails in its place.
bool MayHaveMoved(const Trace& trace, const Provenance& here, const sched::Replay::Counts& counts);

/// Runs the trace `times` times (at least once). Hashes are compared with one another and, if
/// `here` equals the provenance of the trace, with the one recorded. If nothing fails and a point
/// of a decision was not where it was recorded, up to `search` schedules beside it are tried.
ReplayResult ReplayTrace(Runner& runner, Checker& checker, const Trace& trace,
                         const Provenance& here, unsigned times, unsigned search = kReplaySearch);

/// The trace of the run that `runner` has just made.
Trace TraceOfLastRun(const Runner& runner, const Provenance& made_by, const Program& program,
                     const Violation& violation, uint64_t hash);

}  // namespace backstop::harness
