// SPDX-License-Identifier: MIT
#include "sim/scheduler/fair_tail.h"

#include <gtest/gtest.h>

#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

/// A task that looks at a number until it is 1, which another makes it, or nobody does.
RunStatus WaitBusily(Scheduler& scheduler, Strategy& strategy, bool somebody_sets) {
  scheduler.Reset();
  SharedNumber number(scheduler);
  scheduler.Spawn("waiter", [&] {
    while (number.Load() != 1) scheduler.Draw("fault", 2);
  });
  scheduler.Spawn("setter", [&, somebody_sets] { number.Store(somebody_sets ? 1 : 2); });
  return scheduler.Run(strategy);
}

TEST(FairTail, AnUnfairStrategyIsNoLivelock) {
  Scheduler scheduler({.max_steps = 1'000});
  Recorded keeps_going;
  EXPECT_EQ(WaitBusily(scheduler, keeps_going, true), RunStatus::kNoProgress);
  FairTail fair(500);
  EXPECT_EQ(WaitBusily(scheduler, fair.Over(keeps_going), true), RunStatus::kCompleted);
  EXPECT_GT(scheduler.steps(), 500u) << "the safety phase comes first";
}

TEST(FairTail, ALivelockIsFoundAndNamesWhoCannotEnd) {
  Scheduler scheduler({.max_steps = 1'000});
  Recorded keeps_going;
  FairTail fair(500);
  EXPECT_EQ(WaitBusily(scheduler, fair.Over(keeps_going), false), RunStatus::kNoProgress);
  ASSERT_EQ(scheduler.waits().size(), 1u);
  EXPECT_EQ(scheduler.TaskName(scheduler.waits()[0].task), "waiter");
}

TEST(FairTail, NothingFailsInTheLivenessPhase) {
  Scheduler scheduler({.max_steps = 1'000});
  class AlwaysFails : public Recorded {
   public:
    uint32_t Draw(const DrawQuestion&) override { return 1; }
  } always_fails;
  FairTail fair(100);
  WaitBusily(scheduler, fair.Over(always_fails), false);
  uint64_t last_fault = 0, draws = 0;
  for (const Decision& decision : scheduler.decisions()) {
    if (decision.is_switch) continue;
    ++draws;
    if (decision.answer != 0) last_fault = draws;
  }
  EXPECT_GT(last_fault, 50u);
  EXPECT_LT(last_fault, 105u);
  EXPECT_GT(draws, 500u);
}

}  // namespace
}  // namespace backstop::sched
