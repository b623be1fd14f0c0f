// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

class DeadlockTest : public ::testing::Test {
 protected:
  /// Two tasks that take two locks, in opposite order or not.
  RunStatus RunLocks(Strategy& strategy, bool opposite) {
    scheduler_.Reset();
    first_ = scheduler_.NewObject("first");
    second_ = scheduler_.NewObject("second");
    scheduler_.Spawn("A", [this] { Take(first_, second_); });
    scheduler_.Spawn(
        "B", [this, opposite] { opposite ? Take(second_, first_) : Take(first_, second_); });
    return scheduler_.Run(strategy);
  }

  void Take(ObjectId outer, ObjectId inner) {
    scheduler_.LockMutex(outer);
    scheduler_.LockMutex(inner);
    scheduler_.UnlockMutex(inner);
    scheduler_.UnlockMutex(outer);
  }

  const WaitInfo& WaitOf(size_t i) { return scheduler_.waits().at(i); }

  Scheduler scheduler_{{.max_steps = 1000}};
  Recorded keep_going_;
  ObjectId first_ = kNoObject;
  ObjectId second_ = kNoObject;
};

TEST_F(DeadlockTest, LocksTakenInOppositeOrderNameWaiterAndHolder) {
  Recorded strategy({0, 1});
  ASSERT_EQ(RunLocks(strategy, true), RunStatus::kDeadlock);
  ASSERT_EQ(scheduler_.waits().size(), 2u);
  EXPECT_EQ(WaitOf(0).task, 0);
  EXPECT_EQ(WaitOf(0).waits, (Point{PointKind::kLock, second_}));
  EXPECT_EQ(WaitOf(0).holder, 1);
  EXPECT_EQ(WaitOf(1).task, 1);
  EXPECT_EQ(WaitOf(1).waits, (Point{PointKind::kLock, first_}));
  EXPECT_EQ(WaitOf(1).holder, 0);
}

TEST_F(DeadlockTest, EveryOrderOfEqualLockOrdersCompletes) {
  ForEachRun(scheduler_, [&](Strategy& strategy) {
    EXPECT_EQ(RunLocks(strategy, false), RunStatus::kCompleted);
    EXPECT_TRUE(scheduler_.waits().empty());
  });
}

TEST_F(DeadlockTest, RunsAfterADeadlockAreAsIfItHadNotBeen) {
  RandomWalk random(3);
  int deadlocks = 0;
  for (int i = 0; i < 1000; ++i) {
    deadlocks += RunLocks(random, true) == RunStatus::kDeadlock ? 1 : 0;
    const uint64_t hash = scheduler_.hash();
    Recorded again(NormalForm(scheduler_.decisions()));
    RunLocks(again, true);
    ASSERT_EQ(scheduler_.hash(), hash);
  }
  EXPECT_GT(deadlocks, 100);
  EXPECT_LT(deadlocks, 900);
}

TEST_F(DeadlockTest, ATaskThatAsksForItsOwnLockWaitsForItself) {
  const ObjectId lock = scheduler_.NewObject("lock");
  scheduler_.Spawn("A", [&] { Take(lock, lock); });
  EXPECT_EQ(scheduler_.Run(keep_going_), RunStatus::kDeadlock);
  EXPECT_EQ(WaitOf(0).holder, 0);
}

TEST_F(DeadlockTest, ALockLeftHeldByAFinishedTaskIsReportedWithItsHolder) {
  const ObjectId lock = scheduler_.NewObject("lock");
  for (const char* name : {"A", "B"}) {
    scheduler_.Spawn(name, [&] { scheduler_.LockMutex(lock); });
  }
  EXPECT_EQ(scheduler_.Run(keep_going_), RunStatus::kDeadlock);
  ASSERT_EQ(scheduler_.waits().size(), 1u);
  EXPECT_EQ(WaitOf(0).task, 1);
  EXPECT_EQ(WaitOf(0).holder, 0);
  EXPECT_TRUE(scheduler_.Finished(WaitOf(0).holder));
}

TEST_F(DeadlockTest, AWaitThatNobodyEndsNamesTheCondition) {
  const ObjectId lock = scheduler_.NewObject("lock");
  const ObjectId condition = scheduler_.NewObject("condition");
  scheduler_.Spawn("A", [&] {
    scheduler_.LockMutex(lock);
    scheduler_.WaitCondition(condition, lock);
  });
  EXPECT_EQ(scheduler_.Run(keep_going_), RunStatus::kDeadlock);
  EXPECT_EQ(WaitOf(0).waits, (Point{PointKind::kWait, condition}));
  EXPECT_EQ(WaitOf(0).holder, kNoTask);
}

TEST_F(DeadlockTest, ATaskThatNeverEndsPassesTheStepBound) {
  scheduler_.Spawn("A", [this] {
    for (;;) scheduler_.At(PointKind::kLoad);
  });
  EXPECT_EQ(scheduler_.Run(keep_going_), RunStatus::kNoProgress);
  EXPECT_EQ(scheduler_.steps(), 1001u);
  ASSERT_EQ(scheduler_.waits().size(), 1u);
  EXPECT_EQ(WaitOf(0).waits.kind, PointKind::kLoad);
}

}  // namespace
}  // namespace backstop::sched
