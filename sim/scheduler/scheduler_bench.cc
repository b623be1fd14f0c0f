// SPDX-License-Identifier: MIT
// What a point costs. BareFiberLoop is the floor: the same number of switches and nothing else.
#include <benchmark/benchmark.h>

#include "sim/scheduler/fiber.h"
#include "sim/scheduler/pct.h"
#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::sched {
namespace {

struct PingPong {
  Fiber* fiber = nullptr;
  Fiber* back = nullptr;

  static void Run(void* self) {
    auto* pair = static_cast<PingPong*>(self);
    for (;;) pair->fiber->SwitchTo(*pair->back);
  }
};

void BareFiberLoop(benchmark::State& state) {
  StackPool stacks;
  Fiber outside;
  PingPong pair;
  Fiber fiber(stacks, &PingPong::Run, &pair);
  pair = {&fiber, &outside};
  for (auto _ : state) outside.SwitchTo(fiber);
  state.counters["switches"] = benchmark::Counter(2.0 * static_cast<double>(state.iterations()),
                                                  benchmark::Counter::kIsRate);
}
BENCHMARK(BareFiberLoop);

/// Three tasks of three calls, each a critical section on one context: the program that craft
/// compares tools with.
template <class S>
void ThreeByThree(benchmark::State& state, S& strategy) {
  Scheduler scheduler({});
  uint64_t steps = 0;
  uint64_t switches = 0;
  for (auto _ : state) {
    scheduler.Reset();
    const ObjectId lock = scheduler.NewObject("lock");
    int owner = 0;
    int calls = 0;
    for (const char* name : {"A", "B", "C"}) {
      scheduler.Spawn(name, [&] {
        for (int i = 0; i < 3; ++i) {
          scheduler.LockMutex(lock);
          owner = scheduler.current();
          ++calls;
          scheduler.UnlockMutex(lock);
        }
      });
    }
    benchmark::DoNotOptimize(scheduler.Run(strategy));
    benchmark::DoNotOptimize(owner + calls);
    steps += scheduler.steps();
    switches += scheduler.switches();
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["points"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
  state.counters["switches"] =
      benchmark::Counter(static_cast<double>(switches), benchmark::Counter::kIsRate);
}

void RandomThreeByThree(benchmark::State& state) {
  RandomWalk strategy(1);
  ThreeByThree(state, strategy);
}
BENCHMARK(RandomThreeByThree);

void PctThreeByThree(benchmark::State& state) {
  Pct strategy(1, {.changes = 2, .steps = 20});
  ThreeByThree(state, strategy);
}
BENCHMARK(PctThreeByThree);

/// Long runs of nothing but points, so that what a run costs to set up does not count.
void RandomPoints(benchmark::State& state) {
  Scheduler scheduler({.max_steps = 100'000, .record = false});
  RandomWalk strategy(1);
  constexpr int kPoints = 1'000;
  uint64_t steps = 0;
  for (auto _ : state) {
    scheduler.Reset();
    const ObjectId cell = scheduler.NewObject("cell");
    for (const char* name : {"A", "B", "C"}) {
      scheduler.Spawn(name, [&] {
        for (int i = 0; i < kPoints; ++i) scheduler.At(PointKind::kStore, cell);
      });
    }
    scheduler.Run(strategy);
    steps += scheduler.steps();
  }
  state.counters["points"] =
      benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
}
BENCHMARK(RandomPoints);

void ResetAlone(benchmark::State& state) {
  Scheduler scheduler({});
  for (auto _ : state) scheduler.Reset();
}
BENCHMARK(ResetAlone);

}  // namespace
}  // namespace backstop::sched
