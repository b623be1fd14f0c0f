// SPDX-License-Identifier: MIT
// Whether a run is what its trace says: each is written as a trace, read again, and made once more
// from what was read.
#pragma once

#include <cstdint>
#include <string>

#include "sim/harness/replay_trace.h"
#include "sim/harness/runner.h"
#include "sim/harness/trace.h"

namespace backstop::harness {

/// Has a runner of its own, so that the second run lives at other addresses. Not thread-safe.
class HashCheck {
 public:
  explicit HashCheck(const JetApi& api) : runner_(api, {}) {}

  /// Whether a replay from the trace of the run that `made` has just made has the same hash. If it
  /// has not, why() says what came instead and trace() is the trace.
  bool Replays(const Runner& made, const Provenance& made_by, const Program& program,
               const RunResult& run);

  const std::string& why() const { return why_; }
  const Trace& trace() const { return trace_; }

 private:
  bool Fails(std::string why);

  Runner runner_;
  Trace trace_;
  std::string why_;
};

}  // namespace backstop::harness
