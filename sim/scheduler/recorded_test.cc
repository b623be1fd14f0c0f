// SPDX-License-Identifier: MIT
#include "sim/scheduler/recorded.h"

#include <gtest/gtest.h>

#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

TEST(Recorded, FindsTheBugThatItsAnswersLeadToAndNoOther) {
  Scheduler scheduler({});
  Recorded losing({0, 1});
  EXPECT_TRUE(LosesUpdate(scheduler, losing, false));
  Recorded without_switch;
  EXPECT_FALSE(LosesUpdate(scheduler, without_switch, false));
}

TEST(Recorded, NormalFormReproducesAnyRun) {
  Scheduler scheduler({});
  RandomWalk random(11);
  for (int i = 0; i < 200; ++i) {
    StandsStill(scheduler, random);
    const uint64_t hash = scheduler.hash();
    Recorded again(NormalForm(scheduler.decisions()));
    StandsStill(scheduler, again);
    ASSERT_EQ(scheduler.hash(), hash);
  }
}

TEST(Recorded, NormalFormHasNoTrailingZerosAndIsItsOwnNormalForm) {
  Scheduler scheduler({});
  Recorded odd({4, 3, 0, 0, 2});
  LosesUpdate(scheduler, odd, false);
  const Answers normal = NormalForm(scheduler.decisions());
  ASSERT_FALSE(normal.empty());
  EXPECT_NE(normal.back(), 0u);
  Recorded again(normal);
  LosesUpdate(scheduler, again, false);
  EXPECT_EQ(NormalForm(scheduler.decisions()), normal);
}

TEST(Recorded, AnyListIsARun) {
  Scheduler scheduler({});
  Random random(2);
  for (int i = 0; i < 200; ++i) {
    Answers answers;
    for (int k = 0; k < 30; ++k) answers.push_back(static_cast<uint32_t>(random.Next()));
    Recorded strategy(answers);
    LosesUpdate(scheduler, strategy, true);
    EXPECT_GT(strategy.asked(), 0u);
  }
}

}  // namespace
}  // namespace backstop::sched
