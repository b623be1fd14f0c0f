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
  /// Schedules tried beside the recorded one before one failed, as its points have moved; 0 if this
  /// is the recorded one.
  unsigned searched = 0;
};

/// Runs the trace, and where its points have moved and nothing fails a schedule beside it that
/// does, if there is one. Nothing if the engine cannot be brought to its start.
std::optional<TraceTimeline> RecordTrace(Runner& runner, Checker& checker, const Trace& trace);

}  // namespace backstop::harness
