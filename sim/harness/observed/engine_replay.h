// SPDX-License-Identifier: MIT
// Runs sequences on the built-in engine, each in a simulated world of its own: empty disk, fresh
// engine process, virtual clock.
#pragma once

#include <memory>
#include <vector>

#include "impl/engine/dialect.h"
#include "sim/harness/jet_api.h"
#include "sim/harness/observed/sequence.h"
#include "sim/harness/observed/sequence_run.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::observed {

/// Not thread-safe; reused for one sequence after another.
class EngineReplay {
 public:
  /// `api` must outlive this object and be the engine that is linked in. Recordings are of the
  /// dialect ese.
  explicit EngineReplay(const harness::JetApi& api, const engine::Dialect& dialect = engine::kEse);
  ~EngineReplay();

  /// Makes the first `count` steps.
  EngineRun Run(const Sequence& sequence, size_t count);

 private:
  struct World;

  const harness::JetApi& api_;
  const engine::Dialect& dialect_;
  sched::Scheduler scheduler_;
  /// The worlds of runs that never ended: their stacks may still refer to them.
  std::vector<std::unique_ptr<World>> abandoned_;
};

}  // namespace backstop::observed
