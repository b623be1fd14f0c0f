// SPDX-License-Identifier: MIT
// A run as readable, versioned, self-contained text: program, decisions by name, verdict and hash.
// traces/FORMAT.md has the grammar.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/harness/program.h"
#include "sim/harness/schedule.h"
#include "sim/scheduler/replay.h"

namespace backstop::harness {

inline constexpr unsigned kTraceVersion = 1;
inline constexpr size_t kMaxTraceLine = 4096;
/// A trace may be of any length; what is read of it is kept up to here. A run cannot make more
/// decisions than steps (Runner::Options::max_steps), so the others could not be followed.
inline constexpr size_t kMostDecisions = 200'000;
inline constexpr size_t kMostResults = 2'000;

/// What made a trace. Equal provenance means that a replay must give an equal hash.
struct Provenance {
  std::string engine;  ///< "engine", or the name of a mutant
  std::string build;   ///< digest of the sources of engine, simulator and harness
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

struct Trace {
  Provenance made_by;
  Program program;
  /// Either the seed of a schedule or every decision that matters.
  std::variant<ScheduleSpec, std::vector<sched::ReplayEntry>> schedule;
  /// The failure class; empty in the trace of a run that had not ended when it was written.
  std::string rule;
  std::string text;
  std::optional<uint64_t> hash;
  /// The line of the first decision, for messages; 0 if the trace was not read from text.
  size_t decisions_at = 0;
  /// What made the run, as "key=value" words: version, compiler, strategy, seed. For readers only.
  std::string origin;
  /// What each call returned, the clause and the state of the specification, as
  /// sim/harness/trace_results.h writes them. For readers only: a replay finds its own.
  std::vector<std::string> results;
  /// Lines that were read and not kept.
  uint64_t decisions_beyond = 0;
  uint64_t results_beyond = 0;
};

std::string WriteTrace(const Trace& trace);

/// Everything up to the schedule line, the schedule line itself (fixed length for a seed), and what
/// follows: lets a campaign rewrite only the middle part.
struct TraceParts {
  std::string before, schedule, after;
};
TraceParts WriteRunningTrace(const Provenance& made_by, const Program& program,
                             const ScheduleSpec& schedule);

/// Parses a whole trace, with memory that has a bound. On failure the error names the line: "line
/// 7: no call is named 'X'".
bool ParseTrace(const std::string& text, Trace* trace, std::string* error);

/// Reads and parses a file line by line; errors name the file.
bool ReadTraceFile(const std::string& path, Trace* trace, std::string* error);

}  // namespace backstop::harness
