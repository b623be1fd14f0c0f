// SPDX-License-Identifier: MIT
// The run that a trace tells of, as a timeline.
#pragma once

#include <optional>

#include "sim/harness/timeline.h"
#include "sim/scheduler/recorded.h"

namespace backstop::harness {

struct TraceTimeline {
  Timeline timeline;
  sched::Answers answers;  ///< lead to this run again
  /// Schedules tried beside the recorded one before one failed, as the code has changed; 0 if this
  /// is the recorded one.
  unsigned searched = 0;
};

/// Runs the trace on the build `here`, and where the code may have changed and nothing fails a
/// schedule beside it that does, if there is one. Nothing if the engine cannot be brought to its
/// start.
std::optional<TraceTimeline> RecordTrace(Runner& runner, Checker& checker, const Trace& trace,
                                         const Provenance& here);

}  // namespace backstop::harness
