// SPDX-License-Identifier: MIT
// What every strategy owes: it finds a race, never makes one up, and a seed is a run.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <vector>

#include "sim/scheduler/bounded.h"
#include "sim/scheduler/partial_order_sampling.h"
#include "sim/scheduler/surw.h"
#include "sim/scheduler/task_set.h"
#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

using Made = std::unique_ptr<Strategy>;

struct Maker {
  const char* name;
  Made (*make)(uint64_t seed);
};

class EveryStrategy : public ::testing::TestWithParam<Maker> {
 protected:
  Made Make(uint64_t seed) const { return GetParam().make(seed); }
  Scheduler scheduler_{{}};
};

TEST_P(EveryStrategy, FindsTheLostUpdate) {
  int lost = 0;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    const Made strategy = Make(seed);
    lost += LosesUpdate(scheduler_, *strategy, false) ? 1 : 0;
  }
  EXPECT_GT(lost, 20);
  EXPECT_LT(lost, 500);
}

TEST_P(EveryStrategy, NeverLosesAnUpdateUnderALock) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    const Made strategy = Make(seed);
    EXPECT_FALSE(LosesUpdate(scheduler_, *strategy, true));
  }
}

TEST_P(EveryStrategy, ASeedIsARun) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const Made one = Make(seed);
    LosesUpdate(scheduler_, *one, false);
    const uint64_t hash = scheduler_.hash();
    const Made two = Make(seed);
    LosesUpdate(scheduler_, *two, false);
    EXPECT_EQ(scheduler_.hash(), hash);
  }
}

TEST_P(EveryStrategy, DrawsAreMostlyHarmless) {
  const Made strategy = Make(3);
  int faults = 0;
  for (int i = 0; i < 10'000; ++i) faults += strategy->Draw({.options = 3}) != 0 ? 1 : 0;
  EXPECT_GT(faults, 1'500);
  EXPECT_LT(faults, 3'500);
}

INSTANTIATE_TEST_SUITE_P(
    Strategies, EveryStrategy,
    ::testing::Values(
        Maker{"pos",
              [](uint64_t seed) -> Made { return std::make_unique<PartialOrderSampling>(seed); }},
        Maker{"surw",
              [](uint64_t seed) -> Made {
                return std::make_unique<Surw>(seed,
                                              Surw::Options{.steps = 8, .interesting_one_in = 2});
              }},
        Maker{"delay",
              [](uint64_t seed) -> Made {
                return std::make_unique<Bounded>(seed, Bounded::Options{.steps = 8});
              }},
        Maker{"preemption",
              [](uint64_t seed) -> Made {
                return std::make_unique<Bounded>(
                    seed, Bounded::Options{.kind = Bounded::Kind::kPreemption, .steps = 8});
              }},
        Maker{"round_robin",
              [](uint64_t seed) -> Made { return std::make_unique<RoundRobin>(seed, 4); }}),
    [](const ::testing::TestParamInfo<Maker>& info) { return std::string(info.param.name); });

/// How often the last run left a task that could have gone on.
int Preemptions(const Scheduler& scheduler) {
  int n = 0;
  for (const Decision& d : scheduler.decisions()) {
    n += d.is_switch && d.answer != d.task && Contains(d.options, d.task) ? 1 : 0;
  }
  return n;
}

/// Three tasks of ten stores.
void Store(Scheduler& scheduler, Strategy& strategy) {
  scheduler.Reset();
  SharedNumber number(scheduler);
  for (const char* name : {"A", "B", "C"}) {
    scheduler.Spawn(name, [&] {
      for (int i = 0; i < 10; ++i) number.Store(i);
    });
  }
  scheduler.Run(strategy);
}

TEST(Bounded, InterferesNoMoreOftenThanItsBound) {
  Scheduler scheduler({});
  for (const auto kind : {Bounded::Kind::kDelay, Bounded::Kind::kPreemption}) {
    std::set<int> seen;
    for (uint64_t seed = 0; seed < 200; ++seed) {
      Bounded bounded(seed, {.kind = kind, .bound = 2, .steps = 30});
      Store(scheduler, bounded);
      seen.insert(Preemptions(scheduler));
    }
    EXPECT_LE(*seen.rbegin(), 2);
    EXPECT_EQ(*seen.rbegin(), 2) << "the bound is made use of";
  }
}

TEST(RoundRobin, GivesEachTaskItsTurn) {
  Scheduler scheduler({});
  RoundRobin fair(1, 1);
  Store(scheduler, fair);
  const auto& decisions = scheduler.decisions();
  for (size_t i = 3; i + 6 < decisions.size(); ++i) {
    EXPECT_EQ(decisions[i].answer, decisions[i - 3].answer) << "a quantum of one point";
    EXPECT_NE(decisions[i].answer, decisions[i - 1].answer);
  }
}

/// The orders of one racing pair come out about equally often, though one task has many more steps.
TEST(PartialOrderSampling, RacingStepsMeetInEitherOrderAboutEquallyOften) {
  Scheduler scheduler({});
  int first = 0;
  for (uint64_t seed = 0; seed < 2'000; ++seed) {
    PartialOrderSampling pos(seed);
    scheduler.Reset();
    SharedNumber number(scheduler);
    const ObjectId other = scheduler.NewObject("other");
    int seen = 0;
    scheduler.Spawn("short", [&] { number.Store(1); });
    scheduler.Spawn("long", [&] {
      for (int i = 0; i < 20; ++i) scheduler.At(PointKind::kLoad, other);
      seen = number.Load();
    });
    scheduler.Run(pos);
    first += seen == 0 ? 1 : 0;
  }
  // A random walk would make the long task come first once in a million runs.
  EXPECT_GT(first, 20);
  EXPECT_LT(first, 1'000);
}

}  // namespace
}  // namespace backstop::sched
