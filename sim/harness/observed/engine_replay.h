// SPDX-License-Identifier: MIT
// Runs sequences on the built-in engine, each in a simulated world of its own: empty disk, fresh
// engine process, virtual clock.
#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "impl/engine/dialect.h"
#include "impl/engine/process.h"
#include "sim/harness/jet_api.h"
#include "sim/harness/observed/sequence.h"
#include "sim/harness/observed/sequence_run.h"
#include "sim/scheduler/scheduler.h"
#include "sim/world/sim_env.h"

namespace backstop::observed {

/// The world of one sequence. Derived ones can fail, or watch the steps.
struct EngineWorld {
  EngineWorld(sched::Scheduler& scheduler, const harness::JetApi& api,
              const engine::Dialect& dialect, const Sequence& sequence, size_t count);
  virtual ~EngineWorld() = default;

  world::SimEnv env;
  engine::Process process;
  EngineRun run;
  SequenceRun steps;
};

/// Not thread-safe; reused for one sequence after another.
class EngineReplay {
 public:
  /// How a run says that it ended because a call waits for ever; who waits for what follows.
  static constexpr std::string_view kNeverReturns = "a call never returns: ";

  /// `api` must outlive this object and be the engine that is linked in. Recordings are of the
  /// dialect ese.
  explicit EngineReplay(const harness::JetApi& api, const engine::Dialect& dialect = engine::kEse);
  ~EngineReplay();

  /// Makes the first `count` steps.
  EngineRun Run(const Sequence& sequence, size_t count);

  /// The same in a world of another kind, whose `strategy` decides who goes on.
  template <class World>
  EngineRun Run(const Sequence& sequence, size_t count) {
    scheduler_.Reset();
    auto world = std::make_unique<World>(scheduler_, api_, dialect_, sequence, count);
    sched::Strategy& strategy = world->strategy;
    return Finish(std::move(world), strategy);
  }

 private:
  EngineRun Finish(std::unique_ptr<EngineWorld> world, sched::Strategy& strategy);

  const harness::JetApi& api_;
  const engine::Dialect& dialect_;
  sched::Scheduler scheduler_;
  /// The worlds of runs that never ended: their stacks may still refer to them.
  std::vector<std::unique_ptr<EngineWorld>> abandoned_;
};

}  // namespace backstop::observed
