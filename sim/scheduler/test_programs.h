// SPDX-License-Identifier: MIT
// Small programs that the tests of this folder share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/recorded.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::sched {

/// A shared number whose increments are a load and a store.
class SharedNumber {
 public:
  explicit SharedNumber(Scheduler& scheduler)
      : scheduler_(scheduler), cell_(scheduler.NewObject("number")) {}

  int Load() {
    scheduler_.At(PointKind::kLoad, cell_);
    return value_;
  }
  void Store(int value) {
    scheduler_.At(PointKind::kStore, cell_);
    value_ = value;
  }
  void Increment() { Store(Load() + 1); }
  int value() const { return value_; }

 private:
  Scheduler& scheduler_;
  ObjectId cell_;
  int value_ = 0;
};

/// Two tasks increment a number, under a lock or not. True if an update was lost.
inline bool LosesUpdate(Scheduler& scheduler, Strategy& strategy, bool locked) {
  scheduler.Reset();
  SharedNumber number(scheduler);
  const ObjectId lock = scheduler.NewObject("lock");
  for (const char* name : {"A", "B"}) {
    scheduler.Spawn(name, [&] {
      if (locked) scheduler.LockMutex(lock);
      number.Increment();
      if (locked) scheduler.UnlockMutex(lock);
    });
  }
  scheduler.Run(strategy);
  return number.value() != 2;
}

/// One task stores twice; the other makes many steps. True if all the steps of the other fell
/// between the two stores, which takes a task that stands still.
inline bool StandsStill(Scheduler& scheduler, Strategy& strategy) {
  constexpr int kSteps = 20;
  scheduler.Reset();
  SharedNumber number(scheduler);
  const ObjectId other = scheduler.NewObject("other");
  int seen = 0;
  scheduler.Spawn("owner", [&] {
    number.Store(1);
    number.Store(0);
  });
  scheduler.Spawn("reader", [&] {
    for (int i = 0; i < kSteps; ++i) {
      scheduler.At(PointKind::kLoad, other);
      seen += number.value();
    }
  });
  scheduler.Run(strategy);
  return seen == kSteps;
}

/// Makes `runs` runs of `test` and returns in how many it was true.
template <class Test>
int CountTrue(int runs, Test test) {
  int n = 0;
  for (int i = 0; i < runs; ++i) n += test() ? 1 : 0;
  return n;
}

/// Makes every run of a program. `run` resets the scheduler, spawns and runs with the strategy it
/// is given. Returns the number of runs.
template <class Run>
uint64_t ForEachRun(Scheduler& scheduler, Run run) {
  EveryRun every;
  do {
    run(every.strategy());
  } while (every.Next(scheduler));
  return every.executions();
}

}  // namespace backstop::sched
