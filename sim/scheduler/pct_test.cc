// SPDX-License-Identifier: MIT
#include "sim/scheduler/pct.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

TEST(Pct, FindsTheLostUpdate) {
  Scheduler scheduler({});
  Pct pct(1, {.changes = 1, .steps = 6});
  EXPECT_GT(CountTrue(1000, [&] { return LosesUpdate(scheduler, pct, false); }), 100);
}

TEST(Pct, NeverLosesAnUpdateUnderALock) {
  Scheduler scheduler({});
  Pct pct(1, {.changes = 2, .steps = 10});
  EXPECT_EQ(CountTrue(1000, [&] { return LosesUpdate(scheduler, pct, true); }), 0);
}

TEST(Pct, FindsABugThatNeedsATaskToStandStill) {
  Scheduler scheduler({});
  Pct pct(1, {.changes = 1, .steps = 25});
  EXPECT_GT(CountTrue(1000, [&] { return StandsStill(scheduler, pct); }), 5);
}

TEST(Pct, DoesNotFindABugThatNeedsMoreOrderingsThanItHasChangePoints) {
  Scheduler scheduler({});
  Pct pct(1, {.changes = 0, .steps = 6});
  EXPECT_EQ(CountTrue(1000, [&] { return LosesUpdate(scheduler, pct, false); }), 0);
}

TEST(Pct, EveryTaskIsFirstEquallyOften) {
  Scheduler scheduler({});
  Pct pct(9, {.changes = 0, .steps = 1});
  std::vector<int> first(3);
  for (int i = 0; i < 3000; ++i) {
    scheduler.Reset();
    for (const char* name : {"A", "B", "C"}) {
      scheduler.Spawn(name, [&] { scheduler.At(PointKind::kLoad); });
    }
    scheduler.Run(pct);
    ++first[scheduler.decisions()[0].answer];
  }
  for (const int n : first) {
    EXPECT_GT(n, 850);
    EXPECT_LT(n, 1150);
  }
}

TEST(Pct, EqualSeedsGiveEqualRuns) {
  Scheduler scheduler({});
  Pct pct(1, {});
  LosesUpdate(scheduler, pct, false);
  pct.Reseed(77);
  LosesUpdate(scheduler, pct, false);
  const uint64_t hash = scheduler.hash();
  LosesUpdate(scheduler, pct, false);
  pct.Reseed(77);
  LosesUpdate(scheduler, pct, false);
  EXPECT_EQ(scheduler.hash(), hash);
}

}  // namespace
}  // namespace backstop::sched
