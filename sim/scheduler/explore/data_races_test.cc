// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/data_races.h"

#include <gtest/gtest.h>

#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

TEST(DataRaces, AnUnlockedCounterRacesInEveryRun) {
  Scheduler scheduler({.log = true});
  const uint64_t runs = ForEachRun(scheduler, [&](Strategy& strategy) {
    LosesUpdate(scheduler, strategy, false);
    const auto races = FindDataRaces(scheduler.accesses());
    ASSERT_FALSE(races.empty()) << "also where the two do not meet";
    EXPECT_NE(races[0].first.task, races[0].second.task);
  });
  EXPECT_EQ(runs, 6u);
}

TEST(DataRaces, BothSitesAreNamed) {
  Scheduler scheduler({.log = true});
  Recorded in_order;
  LosesUpdate(scheduler, in_order, false);
  const auto races = FindDataRaces(scheduler.accesses());
  ASSERT_EQ(races.size(), 1u);
  EXPECT_EQ(ToText(races[0], scheduler),
            "data race on 'number': A (call 0) store, B (call 0) load");
}

TEST(DataRaces, ALockedCounterHasNone) {
  Scheduler scheduler({.log = true});
  ForEachRun(scheduler, [&](Strategy& strategy) {
    LosesUpdate(scheduler, strategy, true);
    EXPECT_TRUE(FindDataRaces(scheduler.accesses()).empty());
  });
}

/// A task stores before it notifies, the other loads after it was woken, without a lock of its own.
void Notify(Scheduler& scheduler, Strategy& strategy, bool before) {
  scheduler.Reset();
  SharedNumber number(scheduler);
  const ObjectId lock = scheduler.NewObject("lock");
  const ObjectId changed = scheduler.NewObject("changed");
  scheduler.Spawn("waiter", [&, lock, changed] {
    scheduler.LockMutex(lock);
    scheduler.WaitCondition(changed, lock);
    number.Load();
    scheduler.UnlockMutex(lock);
  });
  scheduler.Spawn("notifier", [&, changed, before] {
    if (before) number.Store(1);
    scheduler.NotifyAll(changed);
    if (!before) number.Store(1);
  });
  scheduler.Run(strategy);
}

TEST(DataRaces, ANotificationOrdersWhatCameBeforeIt) {
  Scheduler scheduler({.log = true});
  for (const bool before : {true, false}) {
    Recorded waiter_first;
    Notify(scheduler, waiter_first, before);
    EXPECT_EQ(FindDataRaces(scheduler.accesses()).empty(), before);
  }
}

TEST(DataRaces, TimeOrdersNothing) {
  Scheduler scheduler({.log = true});
  SharedNumber number(scheduler);
  scheduler.Spawn("A", [&] { number.Store(1); });
  scheduler.Spawn("B", [&] {
    scheduler.SleepMicros(10);
    number.Load();
  });
  Recorded in_order;
  scheduler.Run(in_order);
  EXPECT_EQ(FindDataRaces(scheduler.accesses()).size(), 1u);
}

}  // namespace
}  // namespace backstop::sched
