// SPDX-License-Identifier: MIT
// Runs sequences of the suite on the engine that is linked in, in a world that can fail and that
// stops another thread in the middle of its call.
#pragma once

#include "sim/harness/observed/engine_replay.h"

namespace backstop::conformance {

/// A step of the environment that the world does not have, or that no operation of the call met,
/// has its name as the `missing` of its result. Not thread-safe; reused for one sequence after
/// another.
class SuiteEngine {
 public:
  /// `api` must outlive this object and be the engine that is linked in.
  SuiteEngine(const harness::JetApi& api, const engine::Dialect& dialect) : replay_(api, dialect) {}

  /// Makes the first `count` steps.
  observed::EngineRun Run(const observed::Sequence& sequence, size_t count);

 private:
  struct World;

  observed::EngineReplay replay_;
};

}  // namespace backstop::conformance
