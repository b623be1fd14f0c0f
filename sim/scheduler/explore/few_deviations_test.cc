// SPDX-License-Identifier: MIT
// The bounded search makes exactly the runs with few deviations, each once.
#include "sim/scheduler/explore/few_deviations.h"

#include <gtest/gtest.h>

#include <set>

#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/explore/random_program.h"

namespace backstop::sched {
namespace {

std::set<Answers> RunsOf(const RandomProgram& program, size_t bound) {
  Scheduler scheduler({});
  std::set<Answers> runs;
  EveryRun every;
  do {
    RunRandomProgram(program, scheduler, every.strategy());
    const Answers answers = NormalForm(scheduler.decisions());
    if (Deviations(answers) <= bound) runs.insert(answers);
  } while (every.executions() < 50'000 && every.Next(scheduler));
  return every.executions() < 50'000 ? runs : std::set<Answers>{};
}

TEST(FewDeviations, MakesEveryRunWithFewDeviationsOnce) {
  unsigned programs = 0;
  for (uint64_t seed = 0; seed < 120; ++seed) {
    const RandomProgram program = DrawRandomProgram(seed);
    for (const size_t bound : {0, 1, 2, 3}) {
      const std::set<Answers> wanted = RunsOf(program, bound);
      if (wanted.empty()) break;
      Scheduler scheduler({});
      FewDeviations few(bound);
      std::multiset<Answers> made;
      size_t announced = 0;
      do {
        RunRandomProgram(program, scheduler, few.strategy());
        made.insert(NormalForm(scheduler.decisions()));
        announced = few.deviations();
        ASSERT_EQ(Deviations(NormalForm(scheduler.decisions())), announced);
      } while (few.Next(scheduler));
      ASSERT_EQ(std::multiset<Answers>(wanted.begin(), wanted.end()), made)
          << "seed " << seed << " bound " << bound << "\n"
          << ToText(program);
      ++programs;
    }
  }
  EXPECT_GT(programs, 200u);
}

}  // namespace
}  // namespace backstop::sched
