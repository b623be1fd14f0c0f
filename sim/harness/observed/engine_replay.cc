// SPDX-License-Identifier: MIT
#include "sim/harness/observed/engine_replay.h"

#include <fmt/format.h>

#include <bit>

namespace backstop::observed {
namespace {

constexpr uint64_t kMaxSteps = 50'000'000;
constexpr uint64_t kWorldSeed = 0xb5;

/// The other thread goes on as soon as it can: recordings gave it time to get where it waits.
class OtherThreadFirst : public sched::Strategy {
 public:
  const char* name() const override { return "other thread first"; }
  void Begin(unsigned) override {}
  sched::TaskId Switch(const sched::SwitchQuestion& question) override {
    return static_cast<sched::TaskId>(std::bit_width(question.enabled) - 1);
  }
  uint32_t Draw(const sched::DrawQuestion&) override { return 0; }
};

struct PlainWorld : EngineWorld {
  using EngineWorld::EngineWorld;
  OtherThreadFirst strategy;
};

std::string WaitsText(const sched::Scheduler& scheduler) {
  std::string text;
  for (const sched::WaitInfo& wait : scheduler.waits()) {
    text +=
        fmt::format("{}{} waits at {} {}", text.empty() ? "" : ", ", scheduler.TaskName(wait.task),
                    sched::PointKindName(wait.waits.kind), scheduler.ObjectName(wait.waits.object));
  }
  return text;
}

}  // namespace

EngineWorld::EngineWorld(sched::Scheduler& scheduler, const harness::JetApi& api,
                         const engine::Dialect& dialect, const Sequence& sequence, size_t count)
    : env(scheduler, world::SimDisk(), kWorldSeed),
      process(env, dialect),
      steps(api, env, sequence, count,
            [this](size_t index, const StepResult& result) { run.results[index] = result; }) {
  run.results.resize(sequence.steps.size());
}

EngineReplay::EngineReplay(const harness::JetApi& api, const engine::Dialect& dialect)
    : api_(api), dialect_(dialect), scheduler_({.max_steps = kMaxSteps, .record = false}) {}

EngineReplay::~EngineReplay() {
  // An abandoned stack may hold references into its world; leaking both is the only safe end.
  for (auto& world : abandoned_) static_cast<void>(world.release());
}

EngineRun EngineReplay::Run(const Sequence& sequence, size_t count) {
  return Run<PlainWorld>(sequence, count);
}

EngineRun EngineReplay::Finish(std::unique_ptr<EngineWorld> world, sched::Strategy& strategy) {
  const engine::ProcessBinding binding(world->process);
  SequenceRun* const steps = &world->steps;
  scheduler_.Spawn("main", [steps] { steps->RunMain(); });
  if (steps->NeedsOther()) scheduler_.Spawn("other", [steps] { steps->RunOther(); });
  const sched::RunStatus status = scheduler_.Run(strategy);
  EngineRun run = std::move(world->run);
  if (status == sched::RunStatus::kCompleted) {
    run.stopped = steps->failure();
    return run;
  }
  run.stopped = status == sched::RunStatus::kDeadlock
                    ? std::string(kNeverReturns) + WaitsText(scheduler_)
                    : "a call makes no progress";
  abandoned_.push_back(std::move(world));
  return run;
}

}  // namespace backstop::observed
