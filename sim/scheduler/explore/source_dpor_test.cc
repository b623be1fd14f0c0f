// SPDX-License-Identifier: MIT
// The reduction loses nothing: on programs small enough to enumerate it meets every Mazurkiewicz
// trace and every result that plain enumeration meets, and no others.
#include "sim/scheduler/explore/source_dpor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/explore/random_program.h"
#include "sim/scheduler/explore/strict_order.h"

namespace backstop::sched {
namespace {

constexpr uint64_t kMaxRuns = 20'000;

/// Results by trace.
using Found = std::map<uint64_t, std::set<uint64_t>>;

/// Which calls had returned before which began, as pairs of call numbers; calls are numbered task
/// by task.
using RealTime = std::set<std::pair<size_t, size_t>>;
/// By result.
using Histories = std::map<uint64_t, std::set<RealTime>>;

RealTime RealTimeOf(std::vector<RandomCall> calls) {
  std::stable_sort(calls.begin(), calls.end(), [](const RandomCall& a, const RandomCall& b) {
    return a.task != b.task ? a.task < b.task : a.invoked < b.invoked;
  });
  RealTime pairs;
  for (size_t a = 0; a < calls.size(); ++a) {
    for (size_t b = 0; b < calls.size(); ++b) {
      if (calls[a].returned < calls[b].invoked) pairs.emplace(a, b);
    }
  }
  return pairs;
}

/// The calls of the run with the times they have in the strict order of its trace.
std::vector<RandomCall> StrictCalls(const HappensBefore& order) {
  const std::vector<uint32_t> places = PlacesOf(StrictOrder(order));
  std::vector<RandomCall> calls;
  std::map<TaskId, size_t> open;
  for (uint32_t i = 0; i < order.steps().size(); ++i) {
    const Step& step = order.steps()[i];
    if (order.AccessesOf(step).front().kind == PointKind::kInvoke) {
      open[step.task] = calls.size();
      calls.push_back({.task = step.task, .invoked = 2 * places[i]});
    }
    if (open.count(step.task) != 0) calls[open[step.task]].returned = 2 * places[i] + 1;
  }
  return calls;
}

/// Whether sections that commute meet others of their lock: then histories may be less strict.
bool MixesSections(const RandomProgram& program) {
  std::set<unsigned> commuting, others;
  for (const auto& task : program.tasks) {
    for (const RandomOp& op : task) {
      if (op.kind == RandomOp::Kind::kCount) commuting.insert(op.object);
      if (op.kind == RandomOp::Kind::kLock) others.insert(op.object);
    }
  }
  return std::ranges::any_of(commuting, [&](unsigned lock) { return others.contains(lock); });
}

/// Whether tasks do nothing outside of calls.
bool OnlyCalls(const RandomProgram& program) {
  return std::ranges::all_of(program.tasks, [](const std::vector<RandomOp>& task) {
    bool inside = false;
    return std::ranges::all_of(task, [&](const RandomOp& op) {
      if (op.kind == RandomOp::Kind::kCall) inside = true;
      const bool allowed = inside;
      if (op.kind == RandomOp::Kind::kReturn) inside = false;
      return allowed;
    });
  });
}

struct Reduced {
  Found found;
  Histories histories;
  uint64_t repeated = 0;  ///< runs of a trace of which there had been one
};

/// False if there are more runs than kMaxRuns.
bool Enumerate(const RandomProgram& program, Scheduler& scheduler, Reduced* all) {
  EveryRun every;
  HappensBefore order;
  do {
    const RandomResult result = RunRandomProgram(program, scheduler, every.strategy());
    order.Build(scheduler.accesses());
    all->found[order.Fingerprint()].insert(result.digest);
    if (result.completed) all->histories[result.digest].insert(RealTimeOf(result.calls));
    if (every.executions() >= kMaxRuns) return false;
  } while (every.Next(scheduler));
  return true;
}

/// `run` makes one run and returns its result, whose digest is used.
template <class Run>
Reduced Reduce(Scheduler& scheduler, SourceDpor* dpor, Run run) {
  Reduced reduced;
  bool more = true;
  while (more) {
    const RandomResult result = run(*dpor);
    more = dpor->Next(scheduler);
    if (dpor->cut()) continue;
    auto& results = reduced.found[dpor->order().Fingerprint()];
    if (!results.empty()) ++reduced.repeated;
    results.insert(result.digest);
    if (result.completed) {
      reduced.histories[result.digest].insert(RealTimeOf(StrictCalls(dpor->order())));
    }
  }
  return reduced;
}

struct Totals {
  uint64_t programs = 0, traces = 0, executions = 0, redundant = 0, repeated = 0, strict = 0;
};

void ExpectEqualTraces(const Reduced& reduced, const Reduced& every) {
  for (const auto& [trace, results] : every.found) {
    EXPECT_EQ(results.size(), 1u) << "one trace, two results";
  }
  EXPECT_TRUE(reduced.found == every.found)
      << reduced.found.size() << " of " << every.found.size() << " traces";
}

/// Every strict history is the history of a run, and excuses no more than any other with its
/// result.
void ExpectStrictHistories(const Reduced& reduced, const Reduced& every) {
  for (const auto& [result, histories] : every.histories) {
    const auto strict = reduced.histories.find(result);
    ASSERT_NE(strict, reduced.histories.end());
    EXPECT_TRUE(std::ranges::includes(histories, strict->second)) << "a history of no run";
    for (const RealTime& history : histories) {
      EXPECT_TRUE(std::ranges::any_of(strict->second, [&](const RealTime& stricter) {
        return std::ranges::includes(stricter, history);
      })) << "a history stricter than all";
    }
  }
}

/// Compares the two on the program of each seed.
Totals Compare(uint64_t first_seed, uint64_t last_seed, bool join_sections) {
  Scheduler scheduler({.log = true, .join_sections = join_sections});
  Totals totals;
  for (uint64_t seed = first_seed; seed < last_seed; ++seed) {
    const RandomProgram program = DrawRandomProgram(seed);
    Reduced every;
    if (!Enumerate(program, scheduler, &every)) continue;
    SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + ToText(program));
    SourceDpor dpor;
    const Reduced reduced = Reduce(scheduler, &dpor, [&](Strategy& strategy) {
      return RunRandomProgram(program, scheduler, strategy);
    });
    ExpectEqualTraces(reduced, every);
    ++totals.programs;
    totals.traces += every.found.size();
    totals.executions += dpor.counts().executions;
    totals.redundant += dpor.counts().redundant;
    totals.repeated += reduced.repeated;
    if (join_sections && OnlyCalls(program) && !MixesSections(program)) {
      ExpectStrictHistories(reduced, every);
      ++totals.strict;
    }
    if (::testing::Test::HasFailure()) break;
  }
  return totals;
}

void Report(const Totals& totals) {
  std::cout << totals.programs << " programs, " << totals.traces << " traces, " << totals.executions
            << " runs, " << totals.redundant << " of them redundant\n";
}

TEST(SourceDpor, MeetsTheTracesAndResultsOfPlainEnumeration) {
  const Totals totals = Compare(0, 500, false);
  EXPECT_GT(totals.programs, 400u);
  EXPECT_EQ(totals.repeated, 0u);
  EXPECT_LE(totals.redundant * 20, totals.executions);
  Report(totals);
}

TEST(SourceDpor, MeetsThemAlsoWhereSectionsAreSteps) {
  const Totals totals = Compare(10'000, 10'600, true);
  EXPECT_GT(totals.programs, 400u);
  EXPECT_EQ(totals.repeated, 0u);
  EXPECT_LE(totals.redundant * 20, totals.executions);
  EXPECT_GT(totals.strict, 50u);
  Report(totals);
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
    Reduce(scheduler, &dpor, [&](Strategy& strategy) {
      return RandomResult{RunTwoStores(scheduler, strategy, honest), {}, false};
    });
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
    return RandomResult{.completed = false};
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
  EXPECT_EQ(dpor.counts().executions, 3u);
  EXPECT_EQ(dpor.counts().redundant, 0u);
}

}  // namespace
}  // namespace backstop::sched
