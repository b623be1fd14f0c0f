// SPDX-License-Identifier: MIT
// The cache loses nothing: every trace and every result of plain enumeration is met.
#include "sim/scheduler/explore/cached_search.h"

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>

#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/explore/random_program.h"

namespace backstop::sched {
namespace {

constexpr uint64_t kMaxCachedRuns = 20'000;

/// Results by trace.
using Found = std::map<uint64_t, std::set<uint64_t>>;

void Add(const RandomResult& result, const Scheduler& scheduler, Found* found) {
  HappensBefore order;
  order.Build(scheduler.accesses());
  (*found)[order.Fingerprint()].insert(result.digest);
}

/// False if there are more runs than kMaxCachedRuns.
bool Enumerate(const RandomProgram& program, Scheduler& scheduler, Found* found, uint64_t* runs) {
  EveryRun every;
  do {
    Add(RunRandomProgram(program, scheduler, every.strategy()), scheduler, found);
    if (every.executions() >= kMaxCachedRuns) return false;
  } while (every.Next(scheduler));
  *runs += every.executions();
  return true;
}

TEST(CachedSearch, MeetsTheTracesAndResultsOfPlainEnumeration) {
  uint64_t every_runs = 0, cached_runs = 0, states = 0, programs = 0;
  for (const bool join : {false, true}) {
    Scheduler scheduler({.log = true, .join_sections = join});
    for (uint64_t seed = 20'000; seed < 20'300; ++seed) {
      const RandomProgram program = DrawRandomProgram(seed);
      Found every, met;
      if (!Enumerate(program, scheduler, &every, &every_runs)) continue;
      CachedSearch cached;
      bool more = true;
      while (more) {
        const RandomResult result = RunRandomProgram(program, scheduler, cached);
        more = cached.Next(scheduler);
        if (!cached.cut()) Add(result, scheduler, &met);
      }
      ASSERT_TRUE(met == every) << met.size() << " of " << every.size() << " traces, seed " << seed
                                << "\n"
                                << ToText(program);
      cached_runs += cached.executions();
      states += cached.states();
      ++programs;
    }
  }
  EXPECT_GT(programs, 400u);
  EXPECT_LT(cached_runs * 2, every_runs);
  std::cout << programs << " programs, " << every_runs << " runs, with the cache " << cached_runs
            << " in " << states << " states\n";
}

}  // namespace
}  // namespace backstop::sched
