// SPDX-License-Identifier: MIT
// However a search is cut into parts, it meets every trace of plain enumeration once.
#include "sim/scheduler/explore/split_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/explore/random_program.h"
#include "sim/scheduler/explore/source_dpor.h"

namespace backstop::sched {
namespace {

constexpr uint64_t kMaxSplitRuns = 5'000;

/// Empty if there are more runs than kMaxSplitRuns.
std::set<uint64_t> Enumerate(const RandomProgram& program, Scheduler& scheduler) {
  std::set<uint64_t> traces;
  EveryRun every;
  HappensBefore order;
  do {
    RunRandomProgram(program, scheduler, every.strategy());
    order.Build(scheduler.accesses());
    traces.insert(order.Fingerprint());
    if (every.executions() >= kMaxSplitRuns) return {};
  } while (every.Next(scheduler));
  return traces;
}

struct Searched {
  std::set<uint64_t> traces;
  SearchCounts counts;
  uint64_t repeated = 0;
  uint64_t parts = 0;
};

SearchPartResult SearchOne(const RandomProgram& program, Scheduler& scheduler,
                           const SearchPart& part, Searched* searched) {
  SourceDpor dpor(part);
  for (bool more = true; more;) {
    RunRandomProgram(program, scheduler, dpor);
    more = dpor.Next(scheduler);
    if (dpor.cut()) continue;
    if (!searched->traces.insert(dpor.order().Fingerprint()).second) ++searched->repeated;
  }
  return dpor.Result();
}

struct Cut {
  uint32_t shared = 0;
  uint64_t runs = 0;
};

/// Searches the parts of a round first to last or last to first.
Searched Search(const RandomProgram& program, Scheduler& scheduler, Cut cut, bool backwards) {
  Searched searched;
  SplitSearch search(cut.shared, cut.runs);
  for (;;) {
    const std::vector<SearchPart> parts = search.TakeRound();
    if (parts.empty()) break;
    std::vector<SearchPartResult> results(parts.size());
    for (size_t i = 0; i < parts.size(); ++i) {
      const size_t index = backwards ? parts.size() - 1 - i : i;
      results[index] = SearchOne(program, scheduler, parts[index], &searched);
    }
    search.Finish(results);
  }
  searched.counts = search.counts();
  searched.parts = search.parts();
  return searched;
}

TEST(SplitSearch, MeetsEveryTraceOnceHoweverItIsCut) {
  Scheduler scheduler({.log = true, .join_sections = true});
  uint64_t programs = 0, parts = 0, repeated = 0;
  for (uint64_t seed = 20'000; seed < 20'300; ++seed) {
    const RandomProgram program = DrawRandomProgram(seed);
    const std::set<uint64_t> every = Enumerate(program, scheduler);
    if (every.empty()) continue;
    ++programs;
    for (const Cut cut : {Cut{}, Cut{1}, Cut{3}, Cut{8}, Cut{100}, Cut{0, 1}, Cut{0, 2}, Cut{0, 7},
                          Cut{3, 1}, Cut{5, 40}}) {
      const Searched searched = Search(program, scheduler, cut, false);
      ASSERT_EQ(searched.traces, every)
          << "seed " << seed << ", shared " << cut.shared << ", runs " << cut.runs << "\n"
          << ToText(program);
      parts += searched.parts;
      repeated += searched.repeated;
      const Searched again = Search(program, scheduler, cut, true);
      EXPECT_EQ(again.counts, searched.counts) << "the order in which parts are searched shows";
    }
  }
  EXPECT_GT(programs, 150u);
  EXPECT_GT(parts, 10 * programs);
  EXPECT_EQ(repeated, 0u);
}

}  // namespace
}  // namespace backstop::sched
