// SPDX-License-Identifier: MIT
// How long a story a failing run is.
#pragma once

#include <cstddef>

#include "sim/harness/program.h"
#include "sim/scheduler/explore/few_deviations.h"

namespace backstop::harness {

/// Calls + context switches + faults. A switch counts if another thread than the default goes on:
/// the default stays with the thread, and where that cannot go on takes the next one.
inline size_t TraceLength(const Program& program, const sched::Answers& answers) {
  return program.CallCount() + sched::Deviations(answers);
}

}  // namespace backstop::harness
