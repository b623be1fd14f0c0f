// SPDX-License-Identifier: MIT
// Campaigns make millions of runs: once warmed up, a run takes no more memory.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <memory>

#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/sanitizer.h"
#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

constexpr int kRuns = 50'000;

#if defined(BACKSTOP_ASAN) || defined(BACKSTOP_TSAN)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

/// Pages of memory in use by the process.
long ResidentPages() {
  std::ifstream statm("/proc/self/statm");
  long total = 0;
  long resident = 0;
  statm >> total >> resident;
  return resident;
}

/// By how many pages the process grows in kRuns runs, after some to warm up.
template <class Run>
long Growth(Run run) {
  for (int i = 0; i < 1000; ++i) run();
  const long before = ResidentPages();
  for (int i = 0; i < kRuns; ++i) run();
  return ResidentPages() - before;
}

TEST(Memory, IsFlatOverRuns) {
  if (kSanitized) GTEST_SKIP() << "the sanitizers keep books of their own";
  Scheduler scheduler({});
  RandomWalk random(1);
  EXPECT_LT(Growth([&] { LosesUpdate(scheduler, random, true); }), 100);
}

TEST(Memory, IsFlatOverDeadlocks) {
  if (kSanitized) GTEST_SKIP() << "the sanitizers keep books, and abandoned stacks, of their own";
  Scheduler scheduler({});
  RandomWalk random(1);
  EXPECT_LT(Growth([&] {
              scheduler.Reset();
              const ObjectId lock = scheduler.NewObject("lock");
              for (const char* name : {"A", "B"}) {
                scheduler.Spawn(name, [&scheduler, lock] { scheduler.LockMutex(lock); });
              }
              EXPECT_EQ(scheduler.Run(random), RunStatus::kDeadlock);
            }),
            100);
}

#ifdef BACKSTOP_ASAN
TEST(Memory, WhatAnAbandonedTaskOwnsIsNoLeak) {
  {
    Scheduler scheduler({});
    RandomWalk random(1);
    for (int i = 0; i < 100; ++i) {
      scheduler.Reset();
      const ObjectId lock = scheduler.NewObject("lock");
      for (const char* name : {"A", "B"}) {
        scheduler.Spawn(name, [&scheduler, lock] {
          const auto owned = std::make_unique<std::array<int, 100>>();
          scheduler.LockMutex(lock);
        });
      }
      EXPECT_EQ(scheduler.Run(random), RunStatus::kDeadlock);
    }
  }
  EXPECT_EQ(__lsan_do_recoverable_leak_check(), 0);
}
#endif

}  // namespace
}  // namespace backstop::sched
