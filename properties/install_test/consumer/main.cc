// SPDX-License-Identifier: MIT
// Uses each installed library once: the engine, its specification, the scheduler and the parallel
// tests for RapidCheck.
#include <cstdio>

#include "impl/esent.h"
#include "model/lifecycle.h"
#include "sim/rapidcheck/parallel.h"
#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/scheduler.h"

namespace {

bool EngineAnswers() { return JetStopBackupInstance(JET_instanceNil) == JET_errInvalidParameter; }

bool ModelHasRows() { return !backstop::model::Rows().empty(); }

bool SchedulerRunsATask() {
  bool ran = false;
  backstop::sched::Scheduler scheduler({});
  scheduler.Spawn("task", [&] { ran = true; });
  backstop::sched::RandomWalk strategy(1);
  return scheduler.Run(strategy) == backstop::sched::RunStatus::kCompleted && ran;
}

/// Counts without a lock, so that two additions can become one.
struct Counter {
  int Add() {
    const int before = value.load();
    value.store(before + 1);
    return before;
  }
  backstop::sched::Atomic<int> value{0, "counter"};
};

struct Add : backstop::parallel::Command<int, Counter, int> {
  int apply(int& model) const override { return model++; }
  int run(Counter& counter) const override { return counter.Add(); }
  void show(std::ostream& os) const override { os << "Add()"; }
};

bool ParallelTestFindsTheLostUpdate() {
  using Command = backstop::parallel::Command<int, Counter, int>;
  const auto add = std::make_shared<const Add>();
  backstop::parallel::ParallelTest<Command> test(0, [] { return std::make_unique<Counter>(); }, {});
  const auto failure = test.Failure({.prefix = {add}, .branches = {{add}, {add}}});
  if (failure) std::printf("%s", failure->c_str());
  return failure.has_value();
}

}  // namespace

int main() {
  const bool engine = EngineAnswers();
  const bool model = ModelHasRows();
  const bool scheduler = SchedulerRunsATask();
  const bool parallel = ParallelTestFindsTheLostUpdate();
  std::printf("engine %d, model %d, scheduler %d, parallel %d\n", engine, model, scheduler,
              parallel);
  return engine && model && scheduler && parallel ? 0 : 1;
}
