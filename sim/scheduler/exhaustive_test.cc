// SPDX-License-Identifier: MIT
// The number of runs of a program is known in advance: no run is missing and none is made twice.
#include <gtest/gtest.h>

#include <set>

#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

/// Every run of `tasks` tasks that make `calls` critical sections each. A task that asks for the
/// held lock cannot go on, and unlocking is a choice only if somebody could do something else, so
/// each call is one indivisible step: there are (tasks * calls)! / calls!^tasks runs.
uint64_t CriticalSections(unsigned tasks, int calls, std::set<uint64_t>* hashes) {
  Scheduler scheduler({});
  return ForEachRun(scheduler, [&](Strategy& strategy) {
    scheduler.Reset();
    const ObjectId lock = scheduler.NewObject("lock");
    for (unsigned i = 0; i < tasks; ++i) {
      scheduler.Spawn(std::string(1, static_cast<char>('A' + i)), [&] {
        for (int k = 0; k < calls; ++k) {
          scheduler.LockMutex(lock);
          scheduler.UnlockMutex(lock);
        }
      });
    }
    EXPECT_EQ(scheduler.Run(strategy), RunStatus::kCompleted);
    hashes->insert(scheduler.hash());
  });
}

TEST(Exhaustive, CriticalSectionsInterleaveInMultinomiallyManyWays) {
  const struct {
    unsigned tasks;
    int calls;
    uint64_t runs;
  } programs[] = {{1, 5, 1}, {2, 3, 20}, {2, 4, 70}, {3, 2, 90}, {3, 3, 1680}, {4, 2, 2520}};
  for (const auto& program : programs) {
    std::set<uint64_t> hashes;
    EXPECT_EQ(CriticalSections(program.tasks, program.calls, &hashes), program.runs);
    EXPECT_EQ(hashes.size(), program.runs) << "different runs have different hashes";
  }
}

TEST(Exhaustive, FreeStepsInterleaveInBinomiallyManyWays) {
  Scheduler scheduler({});
  const uint64_t runs = ForEachRun(scheduler, [&](Strategy& strategy) {
    scheduler.Reset();
    SharedNumber number(scheduler);
    for (const char* name : {"A", "B"}) {
      scheduler.Spawn(name, [&] {
        for (int i = 0; i < 4; ++i) number.Load();
      });
    }
    scheduler.Run(strategy);
  });
  EXPECT_EQ(runs, 70u);
}

TEST(Exhaustive, DrawsMultiplyTheRuns) {
  Scheduler scheduler({});
  std::set<uint32_t> drawn;
  const uint64_t runs = ForEachRun(scheduler, [&](Strategy& strategy) {
    scheduler.Reset();
    scheduler.Spawn("A", [&] {
      const uint32_t first = scheduler.Draw("first", 3);
      drawn.insert(10 * first + scheduler.Draw("second", 2));
    });
    scheduler.Run(strategy);
  });
  EXPECT_EQ(runs, 6u);
  EXPECT_EQ(drawn, (std::set<uint32_t>{0, 1, 10, 11, 20, 21}));
}

TEST(Exhaustive, TheLostUpdateIsInFourOfSixRuns) {
  Scheduler scheduler({});
  int lost = 0;
  EXPECT_EQ(
      ForEachRun(scheduler, [&](Strategy& s) { lost += LosesUpdate(scheduler, s, false) ? 1 : 0; }),
      6u);
  EXPECT_EQ(lost, 4);
}

TEST(Exhaustive, NoRunLosesAnUpdateUnderALock) {
  Scheduler scheduler({});
  EXPECT_EQ(
      ForEachRun(scheduler, [&](Strategy& s) { EXPECT_FALSE(LosesUpdate(scheduler, s, true)); }),
      2u);
}

}  // namespace
}  // namespace backstop::sched
