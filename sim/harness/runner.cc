// SPDX-License-Identifier: MIT
#include "sim/harness/runner.h"

#include <fmt/format.h>

#include "impl/engine/process.h"
#include "sim/world/sim_env.h"

namespace backstop::harness {
namespace {

/// Feeds what the engine asks of chance (signatures); one value serves all runs.
constexpr uint64_t kWorldSeed = 0xb5;

}  // namespace

struct Runner::World {
  World(sched::Scheduler& scheduler, world::SimDisk disk, bool ese)
      : env(scheduler, std::move(disk), kWorldSeed),
        process(env, ese ? engine::kEse : engine::kStrict) {}
  world::SimEnv env;
  engine::Process process;
};

Runner::Runner(const JetApi& api, Options options)
    : api_(api),
      scheduler_({.max_steps = options.max_steps,
                  .record = options.record,
                  .log = options.log,
                  .join_sections = options.join_sections,
                  .threads = options.threads}),
      faults_(scheduler_),
      executor_(api_, scheduler_, faults_),
      worlds_(api_) {}

Runner::~Runner() {
  // An abandoned stack may hold references into its world; leaking both is the only safe end.
  for (auto& world : abandoned_) static_cast<void>(world.release());
}

void Runner::Crash(const World& world, const Program& program, RunResult* result) {
  Restart restart(api_, scheduler_, faults_.power());
  result->restart = restart.Verify(world.env.disk().AfterPowerLoss(faults_.power().NextKeep()),
                                   program.setup, executor_.ledger(), executor_.backups().kept());
  scheduler_.Observe(result->restart->rows);
}

RunResult Runner::Run(const Program& program, sched::Strategy& strategy) {
  RunResult result;
  std::optional<world::SimDisk> disk = worlds_.Clone(program.setup.settings);
  if (!disk) {
    result.set_up = false;
    return result;
  }
  scheduler_.Reset();
  auto world = std::make_unique<World>(scheduler_, std::move(*disk), program.ese);
  world->env.SetFaults(&faults_);
  if (program.faults == Faults::kHeavy) world->env.disk().TrackDurability();
  const engine::ProcessBinding binding(world->process);

  executor_.BeginRun(program, world->env.disk());
  result.history = &executor_.history();
  result.set_up = executor_.RunSetup();
  if (!result.set_up) return result;
  for (unsigned thread = 0; thread < program.threads.size(); ++thread) {
    scheduler_.Spawn(fmt::format("T{}", thread), [this, thread, &process = world->process] {
      // Where tasks are threads each has to be told; a fiber's thread has been.
      const engine::ProcessBinding binding(process);
      executor_.RunThread(thread);
    });
  }
  result.status = scheduler_.Run(strategy);
  result.steps = scheduler_.steps();
  if (result.status != sched::RunStatus::kCompleted) {
    result.hash = scheduler_.hash();
    abandoned_.push_back(std::move(world));
    return result;
  }
  if (faults_.power().drawn()) {
    Crash(*world, program, &result);
  } else {
    executor_.RunEpilogue();
  }
  if (executor_.breach()) result.breach = &*executor_.breach();
  result.hash = scheduler_.hash();
  if (!result.restart && executor_.all_freed()) result.leaked_files = world->env.OpenFiles();
  return result;
}

}  // namespace backstop::harness
