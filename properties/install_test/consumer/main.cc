// SPDX-License-Identifier: MIT
// Uses each installed library once: the engine, its specification and the scheduler.
#include <cstdio>

#include "impl/esent.h"
#include "model/lifecycle.h"
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

}  // namespace

int main() {
  const bool engine = EngineAnswers();
  const bool model = ModelHasRows();
  const bool scheduler = SchedulerRunsATask();
  std::printf("engine %d, model %d, scheduler %d\n", engine, model, scheduler);
  return engine && model && scheduler ? 0 : 1;
}
