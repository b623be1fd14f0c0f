// SPDX-License-Identifier: MIT
// Runs sequences of the suite on the engine that is linked in, in a world that can fail and that
// stops another thread in the middle of its call.
#pragma once

#include <memory>
#include <vector>

#include "impl/engine/process.h"
#include "sim/harness/jet_api.h"
#include "sim/harness/observed/sequence_run.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::conformance {

/// A step of the environment that the world does not have, or that no operation of the call met,
/// has its name as the `missing` of its result. Not thread-safe; reused for one sequence after
/// another.
class SuiteEngine {
 public:
  /// What a run says that ended because a call waits for ever.
  static constexpr const char* kNeverReturns = "a call never returns";

  /// `api` must outlive this object and be the engine that is linked in.
  SuiteEngine(const harness::JetApi& api, const engine::Dialect& dialect);
  ~SuiteEngine();

  /// Makes the first `count` steps.
  observed::EngineRun Run(const observed::Sequence& sequence, size_t count);

 private:
  struct World;

  const harness::JetApi& api_;
  const engine::Dialect& dialect_;
  sched::Scheduler scheduler_;
  /// The worlds of runs that never ended: their stacks may still refer to them.
  std::vector<std::unique_ptr<World>> abandoned_;
};

}  // namespace backstop::conformance
