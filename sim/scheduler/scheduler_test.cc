// SPDX-License-Identifier: MIT
#include "sim/scheduler/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

using ::testing::ElementsAre;

class SchedulerTest : public ::testing::Test {
 protected:
  /// A task that writes its name to the log at each of `points` points.
  void SpawnLogger(const std::string& name, int points) {
    scheduler_.Spawn(name, [this, name, points] {
      for (int i = 0; i < points; ++i) {
        scheduler_.At(PointKind::kInvoke);
        log_ += name;
      }
    });
  }

  Scheduler scheduler_{{}};
  Recorded keep_going_;
  std::string log_;
};

TEST_F(SchedulerTest, WithoutASwitchTasksRunOneAfterTheOther) {
  SpawnLogger("A", 3);
  SpawnLogger("B", 3);
  EXPECT_EQ(scheduler_.Run(keep_going_), RunStatus::kCompleted);
  EXPECT_EQ(log_, "AAABBB");
}

TEST_F(SchedulerTest, ASwitchComesBeforeWhatTheTaskWasAboutToDo) {
  SpawnLogger("A", 2);
  SpawnLogger("B", 2);
  Recorded strategy({0, 1, 1, 1});
  scheduler_.Run(strategy);
  EXPECT_EQ(log_, "ABAB");
}

TEST_F(SchedulerTest, NobodyIsAskedWhenOnlyOneTaskCanGoOn) {
  SpawnLogger("A", 5);
  scheduler_.Run(keep_going_);
  EXPECT_TRUE(scheduler_.decisions().empty());
  EXPECT_EQ(scheduler_.steps(), 6u) << "five points and the end";
}

TEST_F(SchedulerTest, ADecisionSaysWhoWasWhere) {
  const ObjectId lock = scheduler_.NewObject("lock");
  for (const char* name : {"A", "B"}) {
    scheduler_.Spawn(name, [&] {
      scheduler_.Mark(7);
      for (int i = 0; i < 2; ++i) {
        scheduler_.LockMutex(lock);
        scheduler_.UnlockMutex(lock);
      }
    });
  }
  scheduler_.Run(keep_going_);
  ASSERT_EQ(scheduler_.decisions().size(), 2u);
  EXPECT_EQ(scheduler_.TaskName(scheduler_.decisions()[0].task), "-");
  const Decision& d = scheduler_.decisions()[1];
  EXPECT_EQ(d.task, 0);
  EXPECT_EQ(d.at, (Point{PointKind::kLock, lock}));
  EXPECT_EQ(d.options, 0b11u);
  EXPECT_EQ(d.answer, 0u);
  EXPECT_EQ(d.mark, 7u);
  EXPECT_EQ(d.occurrence, 1u) << "the first lock of the mark was passed at the first question";
}

TEST_F(SchedulerTest, EqualAnswersGiveEqualHashes) {
  RandomWalk random(1);
  for (int i = 0; i < 100; ++i) {
    scheduler_.Reset();
    SpawnLogger("A", 5);
    SpawnLogger("B", 5);
    scheduler_.Run(random);
    const uint64_t hash = scheduler_.hash();
    Recorded again(NormalForm(scheduler_.decisions()));
    Scheduler other({});
    for (const char* name : {"A", "B"}) {
      other.Spawn(name, [&other] {
        for (int k = 0; k < 5; ++k) other.At(PointKind::kInvoke);
      });
    }
    other.Run(again);
    EXPECT_EQ(other.hash(), hash);
  }
}

TEST_F(SchedulerTest, AnObservedValueChangesTheHash) {
  const auto hash_with = [this](uint64_t value) {
    scheduler_.Reset();
    scheduler_.Spawn("A", [this, value] { scheduler_.Observe(value); });
    scheduler_.Run(keep_going_);
    return scheduler_.hash();
  };
  EXPECT_EQ(hash_with(1), hash_with(1));
  EXPECT_NE(hash_with(1), hash_with(2));
}

// The number was computed once; it must not depend on the compiler, the build type or the machine.
TEST_F(SchedulerTest, TheHashOfARunIsTheSameEverywhere) {
  RandomWalk random(42);
  const ObjectId lock = scheduler_.NewObject("lock");
  for (const char* name : {"A", "B", "C"}) {
    scheduler_.Spawn(name, [&] {
      for (int i = 0; i < 200; ++i) {
        scheduler_.LockMutex(lock);
        scheduler_.Observe(scheduler_.Draw("number", 10));
        scheduler_.UnlockMutex(lock);
      }
    });
  }
  scheduler_.Run(random);
  EXPECT_EQ(scheduler_.hash(), 4772625200644235125u);
}

TEST_F(SchedulerTest, AConditionWakesAllWhoWaitAndTheyTakeTheLockInTurn) {
  const uint64_t runs = ForEachRun(scheduler_, [this](Strategy& strategy) {
    scheduler_.Reset();
    const ObjectId lock = scheduler_.NewObject("lock");
    const ObjectId ready = scheduler_.NewObject("ready");
    bool is_ready = false;
    int inside = 0;
    const auto critical = [&](auto body) {
      scheduler_.LockMutex(lock);
      body();
      EXPECT_EQ(++inside, 1) << "the lock is held, also after a wait";
      scheduler_.At(PointKind::kInvoke);
      --inside;
      scheduler_.UnlockMutex(lock);
    };
    for (const char* name : {"A", "B"}) {
      scheduler_.Spawn(name, [&] {
        critical([&] {
          while (!is_ready) scheduler_.WaitCondition(ready, lock);
        });
      });
    }
    scheduler_.Spawn("C", [&] {
      critical([&] {
        is_ready = true;
        scheduler_.NotifyAll(ready);
      });
    });
    EXPECT_EQ(scheduler_.Run(strategy), RunStatus::kCompleted);
  });
  EXPECT_GE(runs, 6u);
}

TEST_F(SchedulerTest, ANotificationBeforeTheWaitIsLost) {
  const ObjectId lock = scheduler_.NewObject("lock");
  const ObjectId ready = scheduler_.NewObject("ready");
  int deadlocks = 0;
  const uint64_t runs = ForEachRun(scheduler_, [&](Strategy& strategy) {
    scheduler_.Reset();
    scheduler_.NewObject("lock");
    scheduler_.NewObject("ready");
    scheduler_.Spawn("waiter", [&] {
      scheduler_.LockMutex(lock);
      scheduler_.WaitCondition(ready, lock);
      scheduler_.UnlockMutex(lock);
    });
    scheduler_.Spawn("notifier", [&] { scheduler_.NotifyAll(ready); });
    deadlocks += scheduler_.Run(strategy) == RunStatus::kDeadlock ? 1 : 0;
  });
  EXPECT_EQ(runs, 2u);
  EXPECT_EQ(deadlocks, 1);
}

TEST_F(SchedulerTest, OutsideARunEverythingActsAtOnce) {
  const ObjectId lock = scheduler_.NewObject("lock");
  scheduler_.LockMutex(lock);
  scheduler_.UnlockMutex(lock);
  scheduler_.NotifyAll(lock);
  scheduler_.At(PointKind::kInvoke);
  scheduler_.SleepMicros(5);
  EXPECT_EQ(scheduler_.Draw("fault", 3), 0u);
  EXPECT_EQ(scheduler_.NowMicros(), 5u);
  EXPECT_EQ(scheduler_.steps(), 0u);
  EXPECT_FALSE(scheduler_.running());
}

TEST_F(SchedulerTest, AnExceptionLeavesTheRunAfterAllTasksAreOver) {
  scheduler_.Spawn("A", [] { throw std::runtime_error("first"); });
  SpawnLogger("B", 2);
  try {
    scheduler_.Run(keep_going_);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "first");
  }
  EXPECT_EQ(log_, "BB");
}

TEST_F(SchedulerTest, ATaskThatSwitchesWhileItHandlesAnExceptionThrowsItAgain) {
  std::vector<std::string> caught(2);
  for (int i = 0; i < 2; ++i) {
    scheduler_.Spawn(i == 0 ? "A" : "B", [&, i] {
      try {
        try {
          throw std::runtime_error(i == 0 ? "A" : "B");
        } catch (...) {
          scheduler_.At(PointKind::kInvoke);
          scheduler_.At(PointKind::kInvoke);
          throw;
        }
      } catch (const std::runtime_error& error) {
        caught[static_cast<size_t>(i)] = error.what();
      }
    });
  }
  Recorded strategy({0, 1, 1});
  scheduler_.Run(strategy);
  EXPECT_THAT(caught, ElementsAre("A", "B"));
}

TEST_F(SchedulerTest, ObjectsAndTasksAreForgottenByReset) {
  scheduler_.NewObject("old");
  SpawnLogger("old", 1);
  scheduler_.Run(keep_going_);
  scheduler_.Reset();
  EXPECT_EQ(scheduler_.tasks(), 0u);
  EXPECT_EQ(scheduler_.steps(), 0u);
  EXPECT_STREQ(scheduler_.ObjectName(scheduler_.NewObject("new")), "new");
  EXPECT_EQ(scheduler_.hash(), Scheduler({}).hash());
}

using SchedulerDeathTest = SchedulerTest;

TEST_F(SchedulerDeathTest, AskingForAHeldLockOutsideARunIsABug) {
  const ObjectId lock = scheduler_.NewObject("the-lock");
  scheduler_.LockMutex(lock);
  EXPECT_DEATH(scheduler_.LockMutex(lock), "held lock is asked for outside a run: the-lock");
}

TEST_F(SchedulerDeathTest, ReleasingALockOneDoesNotHoldIsABug) {
  const ObjectId lock = scheduler_.NewObject("the-lock");
  EXPECT_DEATH(scheduler_.UnlockMutex(lock), "released by who does not hold it: the-lock");
}

}  // namespace
}  // namespace backstop::sched
