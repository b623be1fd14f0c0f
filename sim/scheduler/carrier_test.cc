// SPDX-License-Identifier: MIT
// Fibers and threads carry the same runs: equal answers give equal hashes, decisions and waits.
#include <gtest/gtest.h>

#include <stdexcept>

#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

/// Locks, a condition, sleeping, draws and an unlocked counter; deadlocks now and then.
RunStatus RunMixed(Scheduler& scheduler, Strategy& strategy) {
  scheduler.Reset();
  SharedNumber number(scheduler);
  const ObjectId first = scheduler.NewObject("first");
  const ObjectId second = scheduler.NewObject("second");
  const ObjectId changed = scheduler.NewObject("changed");
  scheduler.Spawn("A", [&, first, second] {
    scheduler.LockMutex(first);
    scheduler.LockMutex(second);
    number.Increment();
    scheduler.UnlockMutex(second);
    scheduler.UnlockMutex(first);
  });
  scheduler.Spawn("B", [&, first, second, changed] {
    scheduler.LockMutex(second);
    if (scheduler.Draw("order", 2) == 0) scheduler.LockMutex(first);
    scheduler.Observe(static_cast<uint64_t>(number.Load()));
    scheduler.NotifyAll(changed);
    if (scheduler.current() == 1 && number.Load() < 0) scheduler.UnlockMutex(first);
    scheduler.UnlockMutex(second);
  });
  scheduler.Spawn("C", [&, changed] {
    scheduler.SleepMicros(5);
    scheduler.NotifyAll(changed);
    number.Increment();
  });
  return scheduler.Run(strategy);
}

TEST(Carrier, EqualAnswersGiveEqualRuns) {
  Scheduler fibers({.max_steps = 1'000});
  Scheduler threads({.max_steps = 1'000, .threads = true});
  int deadlocks = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    RandomWalk one(seed), two(seed);
    const RunStatus status = RunMixed(fibers, one);
    ASSERT_EQ(RunMixed(threads, two), status);
    ASSERT_EQ(fibers.hash(), threads.hash());
    ASSERT_EQ(NormalForm(fibers.decisions()), NormalForm(threads.decisions()));
    ASSERT_EQ(fibers.waits().size(), threads.waits().size());
    deadlocks += status == RunStatus::kDeadlock ? 1 : 0;
  }
  EXPECT_GT(deadlocks, 5) << "the threads of a deadlock are left behind";
  EXPECT_LT(deadlocks, 195);
}

TEST(Carrier, AnExceptionLeavesAThreadAsItLeavesAFiber) {
  Scheduler threads({.threads = true});
  threads.Spawn("A", [] { throw std::runtime_error("out"); });
  Recorded in_order;
  EXPECT_THROW(threads.Run(in_order), std::runtime_error);
}

}  // namespace
}  // namespace backstop::sched
