// SPDX-License-Identifier: MIT
// The reduction loses nothing: on programs small enough to enumerate it meets every Mazurkiewicz
// trace and every result that plain enumeration meets, and no others.
#include "sim/scheduler/explore/source_dpor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/explore/random_program.h"

namespace backstop::sched {
namespace {

constexpr uint64_t kMaxRuns = 20'000;

/// Results by trace.
using Found = std::map<uint64_t, std::set<uint64_t>>;

struct Reduced {
  Found found;
  uint64_t repeated = 0;  ///< runs of a trace of which there had been one
};

/// Whether a call began though it could only wait: such runs are left out where calls begin late.
bool WaitsAtOnce(const Scheduler& scheduler) {
  return std::ranges::any_of(scheduler.accesses(), [](const Access& access) {
    return access.mode == AccessMode::kBlocked;
  });
}

/// False if there are more runs than kMaxRuns.
bool Enumerate(const RandomProgram& program, Scheduler& scheduler, Found* found) {
  EveryRun every;
  HappensBefore order;
  do {
    const uint64_t result = RunRandomProgram(program, scheduler, every.strategy());
    if (!WaitsAtOnce(scheduler)) {
      order.Build(scheduler.accesses());
      (*found)[order.Fingerprint()].insert(result);
    }
    if (every.executions() >= kMaxRuns) return false;
  } while (every.Next(scheduler));
  return true;
}

/// `run` makes one run and returns its result.
template <class Run>
Reduced Reduce(Scheduler& scheduler, SourceDpor* dpor, Run run) {
  Reduced reduced;
  std::set<uint64_t> traces;
  bool more = true;
  while (more) {
    const uint64_t result = run(*dpor);
    more = dpor->Next(scheduler);
    if (dpor->cut()) continue;
    const uint64_t trace = dpor->order().Fingerprint();
    if (!traces.insert(trace).second) ++reduced.repeated;
    if (!WaitsAtOnce(scheduler)) reduced.found[trace].insert(result);
  }
  return reduced;
}

struct Totals {
  uint64_t programs = 0, runs = 0, traces = 0, executions = 0, redundant = 0, repeated = 0;
};

/// Compares the two on the program of each seed.
Totals Compare(uint64_t first_seed, uint64_t last_seed, bool join_invoke) {
  Scheduler scheduler({.log = true, .join_invoke = join_invoke});
  Totals totals;
  for (uint64_t seed = first_seed; seed < last_seed; ++seed) {
    const RandomProgram program = DrawRandomProgram(seed);
    Found every;
    if (!Enumerate(program, scheduler, &every)) continue;
    for (const auto& [trace, results] : every) {
      EXPECT_EQ(results.size(), 1u) << "one trace, two results; seed " << seed << "\n"
                                    << ToText(program);
    }
    SourceDpor dpor;
    const Reduced reduced = Reduce(scheduler, &dpor, [&](Strategy& strategy) {
      return RunRandomProgram(program, scheduler, strategy);
    });
    EXPECT_TRUE(reduced.found == every)
        << reduced.found.size() << " of " << every.size() << " traces; seed " << seed << "\n"
        << ToText(program);
    ++totals.programs;
    totals.traces += every.size();
    totals.executions += dpor.counts().executions;
    totals.redundant += dpor.counts().redundant;
    totals.repeated += reduced.repeated;
    if (::testing::Test::HasFailure()) break;
  }
  return totals;
}

TEST(SourceDpor, MeetsTheTracesAndResultsOfPlainEnumeration) {
  const Totals totals = Compare(0, 1'000, false);
  EXPECT_GT(totals.programs, 800u);
  EXPECT_EQ(totals.repeated, 0u);
  EXPECT_LE(totals.redundant * 20, totals.executions);
  std::cout << totals.programs << " programs, " << totals.traces << " traces, " << totals.executions
            << " runs, " << totals.redundant << " of them redundant\n";
}

TEST(SourceDpor, MeetsThemAlsoWhereCallsBeginLate) {
  const Totals totals = Compare(10'000, 11'000, true);
  EXPECT_GT(totals.programs, 600u);
  EXPECT_EQ(totals.repeated, 0u);
  std::cout << totals.programs << " programs, " << totals.traces << " traces, " << totals.executions
            << " runs, " << totals.redundant << " of them redundant\n";
}

/// Two tasks that store to one cell; the store of the second says that it is a load, or does not.
uint64_t RunTwoStores(Scheduler& scheduler, Strategy& strategy, bool honest) {
  scheduler.Reset();
  const ObjectId cell = scheduler.NewObject("cell");
  uint64_t value = 0;
  scheduler.Spawn("A", [&] {
    scheduler.At(PointKind::kLoad, cell);
    value = value * 2 + 1;
  });
  scheduler.Spawn("B", [&] {
    scheduler.At(honest ? PointKind::kStore : PointKind::kLoad, cell);
    value = value * 2;
  });
  scheduler.Run(strategy);
  return value;
}

TEST(SourceDpor, AWorldThatHidesAWriteIsSeenByItsResults) {
  Scheduler scheduler({.log = true});
  for (const bool honest : {true, false}) {
    Found every;
    EveryRun naive;
    HappensBefore order;
    do {
      const uint64_t result = RunTwoStores(scheduler, naive.strategy(), honest);
      order.Build(scheduler.accesses());
      every[order.Fingerprint()].insert(result);
    } while (naive.Next(scheduler));
    EXPECT_EQ(every.size(), honest ? 2u : 1u);
    EXPECT_EQ(every.begin()->second.size(), honest ? 1u : 2u) << "one trace with two results";
    SourceDpor dpor;
    Reduce(scheduler, &dpor,
           [&](Strategy& strategy) { return RunTwoStores(scheduler, strategy, honest); });
    EXPECT_EQ(dpor.counts().executions, honest ? 2u : 1u);
  }
}

/// Critical sections on one lock: nothing commutes but the empty steps, and all orders are met.
TEST(SourceDpor, CriticalSectionsAreAllOrdered) {
  Scheduler scheduler({.log = true});
  SourceDpor dpor;
  const Reduced reduced = Reduce(scheduler, &dpor, [&](Strategy& strategy) {
    scheduler.Reset();
    const ObjectId lock = scheduler.NewObject("lock");
    for (const char* name : {"A", "B", "C"}) {
      scheduler.Spawn(name, [&] {
        for (int i = 0; i < 3; ++i) {
          scheduler.LockMutex(lock);
          scheduler.UnlockMutex(lock);
        }
      });
    }
    scheduler.Run(strategy);
    return uint64_t{0};
  });
  EXPECT_EQ(reduced.found.size(), 1680u);
  EXPECT_EQ(dpor.counts().executions, 1680u);
}

TEST(SourceDpor, FindsTheDeadlockOfTwoLocks) {
  Scheduler scheduler({.log = true});
  SourceDpor dpor;
  int deadlocks = 0;
  bool more = true;
  while (more) {
    scheduler.Reset();
    const ObjectId locks[] = {scheduler.NewObject("first"), scheduler.NewObject("second")};
    for (const int first : {0, 1}) {
      scheduler.Spawn(first == 0 ? "A" : "B", [&, first] {
        scheduler.LockMutex(locks[first]);
        scheduler.LockMutex(locks[1 - first]);
        scheduler.UnlockMutex(locks[1 - first]);
        scheduler.UnlockMutex(locks[first]);
      });
    }
    deadlocks += scheduler.Run(dpor) == RunStatus::kDeadlock ? 1 : 0;
    more = dpor.Next(scheduler);
  }
  EXPECT_EQ(deadlocks, 1);
  EXPECT_EQ(dpor.counts(), (SourceDpor::Counts{.executions = 3, .redundant = 0}));
}

}  // namespace
}  // namespace backstop::sched
