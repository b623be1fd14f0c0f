// SPDX-License-Identifier: MIT
#include "sim/scheduler/random_walk.h"

#include <gtest/gtest.h>

#include <vector>

#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

TEST(RandomWalk, FindsTheLostUpdateAtItsTrueRate) {
  Scheduler scheduler({});
  RandomWalk random(1);
  const int lost = CountTrue(1000, [&] { return LosesUpdate(scheduler, random, false); });
  // After the first load both tasks are as likely to go on, and the update is lost if it is the
  // other.
  EXPECT_GT(lost, 430);
  EXPECT_LT(lost, 570);
}

TEST(RandomWalk, NeverLosesAnUpdateUnderALock) {
  Scheduler scheduler({});
  RandomWalk random(1);
  EXPECT_EQ(CountTrue(1000, [&] { return LosesUpdate(scheduler, random, true); }), 0);
}

TEST(RandomWalk, DoesNotFindABugThatNeedsATaskToStandStill) {
  Scheduler scheduler({});
  RandomWalk random(1);
  EXPECT_EQ(CountTrue(5000, [&] { return StandsStill(scheduler, random); }), 0);
}

TEST(RandomWalk, FindsItWhenItPrefersToStayWithTheCurrentTask) {
  Scheduler scheduler({});
  RandomWalk sticky(1, {.stay_of_256 = 240});
  EXPECT_GT(CountTrue(5000, [&] { return StandsStill(scheduler, sticky); }), 0);
}

TEST(RandomWalk, EqualSeedsGiveEqualRuns) {
  Scheduler scheduler({});
  RandomWalk random(1);
  std::vector<uint64_t> hashes;
  for (int i = 0; i < 20; ++i) {
    random.Reseed(MixSeed(7, static_cast<uint64_t>(i % 10)));
    LosesUpdate(scheduler, random, false);
    hashes.push_back(scheduler.hash());
  }
  for (size_t i = 0; i < 10; ++i) EXPECT_EQ(hashes[i], hashes[i + 10]);
}

TEST(RandomWalk, DrawsAreHarmlessExceptOnceInSoMany) {
  RandomWalk random(5, {.fault_one_in = 10});
  int faults = 0;
  for (int i = 0; i < 10000; ++i) faults += random.Draw({.options = 3}) != 0 ? 1 : 0;
  EXPECT_GT(faults, 800);
  EXPECT_LT(faults, 1200);
  RandomWalk healthy(5, {.fault_one_in = 0});
  for (int i = 0; i < 100; ++i) EXPECT_EQ(healthy.Draw({.options = 3}), 0u);
}

}  // namespace
}  // namespace backstop::sched
