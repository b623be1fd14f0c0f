// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string>

#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

class TimeTest : public ::testing::Test {
 protected:
  void SpawnSleeper(const std::string& name, uint64_t micros) {
    scheduler_.Spawn(name, [this, name, micros] {
      scheduler_.SleepMicros(micros);
      log_ += name + "@" + std::to_string(scheduler_.NowMicros()) + " ";
    });
  }

  Scheduler scheduler_{{}};
  Recorded keep_going_;
  std::string log_;
};

TEST_F(TimeTest, SleepersWakeInTheOrderOfTheirTime) {
  SpawnSleeper("A", 30);
  SpawnSleeper("B", 10);
  SpawnSleeper("C", 20);
  EXPECT_EQ(scheduler_.Run(keep_going_), RunStatus::kCompleted);
  EXPECT_EQ(log_, "B@10 C@20 A@30 ");
}

TEST_F(TimeTest, TimeStandsStillWhileSomebodyCanGoOn) {
  SpawnSleeper("A", 1);
  scheduler_.Spawn("B", [this] {
    for (int i = 0; i < 100; ++i) scheduler_.At(PointKind::kLoad);
    log_ += "B@" + std::to_string(scheduler_.NowMicros()) + " ";
  });
  scheduler_.Run(keep_going_);
  EXPECT_EQ(log_, "B@0 A@1 ");
}

TEST_F(TimeTest, SleepersOfOneTimeWakeInEveryOrder) {
  std::set<std::string> logs;
  const uint64_t runs = ForEachRun(scheduler_, [&](Strategy& strategy) {
    scheduler_.Reset();
    log_.clear();
    SpawnSleeper("A", 5);
    SpawnSleeper("B", 5);
    scheduler_.Run(strategy);
    logs.insert(log_);
  });
  EXPECT_EQ(runs, 2u);
  EXPECT_EQ(logs, (std::set<std::string>{"A@5 B@5 ", "B@5 A@5 "}));
}

TEST_F(TimeTest, ASleepOfNothingIsAPointLikeAnyOther) {
  SpawnSleeper("A", 0);
  SpawnSleeper("B", 0);
  Recorded strategy({1});
  scheduler_.Run(strategy);
  EXPECT_EQ(log_, "B@0 A@0 ");
}

TEST_F(TimeTest, ASleepBeyondTheEndOfTimeEndsThere) {
  constexpr uint64_t kEnd = std::numeric_limits<uint64_t>::max();
  scheduler_.SleepMicros(7);
  SpawnSleeper("A", kEnd);
  scheduler_.Run(keep_going_);
  EXPECT_EQ(scheduler_.NowMicros(), kEnd);
}

TEST_F(TimeTest, WhoHoldsALockAsleepIsNoDeadlock) {
  const ObjectId lock = scheduler_.NewObject("lock");
  for (const char* name : {"A", "B"}) {
    scheduler_.Spawn(name, [&] {
      scheduler_.LockMutex(lock);
      scheduler_.SleepMicros(10);
      scheduler_.UnlockMutex(lock);
    });
  }
  EXPECT_EQ(scheduler_.Run(keep_going_), RunStatus::kCompleted);
  EXPECT_EQ(scheduler_.NowMicros(), 20u);
}

TEST_F(TimeTest, AWaitThatMayEndByItselfEndsByANotificationOrInTime) {
  for (const uint64_t notified : {10u, 30u}) {
    scheduler_.Reset();
    log_.clear();
    const ObjectId mutex = scheduler_.NewObject("mutex"), changed = scheduler_.NewObject("changed");
    scheduler_.Spawn("A", [&] {
      scheduler_.LockMutex(mutex);
      scheduler_.WaitConditionFor(changed, mutex, 20);
      log_ += "A@" + std::to_string(scheduler_.NowMicros()) + " ";
      scheduler_.UnlockMutex(mutex);
    });
    scheduler_.Spawn("B", [&, notified] {
      scheduler_.SleepMicros(notified);
      scheduler_.LockMutex(mutex);
      log_ += "B@" + std::to_string(scheduler_.NowMicros()) + " ";
      scheduler_.NotifyAll(changed);
      scheduler_.UnlockMutex(mutex);
    });
    ASSERT_EQ(scheduler_.Run(keep_going_), RunStatus::kCompleted);
    EXPECT_EQ(log_, notified < 20 ? "B@10 A@10 " : "A@20 B@30 ");
  }
}

TEST_F(TimeTest, AWaitThatEndedInTimeStillTakesItsLock) {
  const ObjectId mutex = scheduler_.NewObject("mutex"), changed = scheduler_.NewObject("changed");
  scheduler_.Spawn("A", [&] {
    scheduler_.LockMutex(mutex);
    scheduler_.WaitConditionFor(changed, mutex, 20);
    log_ += "A@" + std::to_string(scheduler_.NowMicros()) + " ";
    scheduler_.UnlockMutex(mutex);
  });
  scheduler_.Spawn("B", [&] {
    scheduler_.SleepMicros(10);
    scheduler_.LockMutex(mutex);
    scheduler_.SleepMicros(30);
    scheduler_.UnlockMutex(mutex);
  });
  ASSERT_EQ(scheduler_.Run(keep_going_), RunStatus::kCompleted);
  EXPECT_EQ(log_, "A@40 ");
}

}  // namespace
}  // namespace backstop::sched
