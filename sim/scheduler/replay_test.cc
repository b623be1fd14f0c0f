// SPDX-License-Identifier: MIT
#include "sim/scheduler/replay.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "sim/scheduler/random_walk.h"
#include "sim/scheduler/test_programs.h"

namespace backstop::sched {
namespace {

/// A program drawn from a seed: tasks that lock, touch, notify, sleep and draw. Several objects
/// share a name, and some programs deadlock.
class DrawnProgram {
 public:
  explicit DrawnProgram(uint64_t seed) : seed_(seed) {}

  RunStatus Run(Scheduler& scheduler, Strategy& strategy) {
    scheduler.Reset();
    for (int i = 0; i < 6; ++i) scheduler.NewObject(i < 3 ? "lock" : "cell");
    Random random(seed_);
    const uint32_t tasks = 2 + random.Below(3);
    for (uint32_t i = 0; i < tasks; ++i) {
      const uint64_t seed = random.Next();
      scheduler.Spawn("task" + std::to_string(i), [&scheduler, seed] { Body(scheduler, seed); });
    }
    return scheduler.Run(strategy);
  }

 private:
  static void Body(Scheduler& scheduler, uint64_t seed) {
    Random random(seed);
    for (uint32_t call = 0; call < 3; ++call) {
      scheduler.Mark(call);
      for (int i = 0; i < 4; ++i) Step(scheduler, random);
    }
  }

  static void Step(Scheduler& scheduler, Random& random) {
    const ObjectId lock = random.Below(3);
    const ObjectId cell = 3 + random.Below(3);
    switch (random.Below(5)) {
      case 0:
        scheduler.LockMutex(lock);
        if (random.OneIn(2)) Step(scheduler, random);
        scheduler.UnlockMutex(lock);
        break;
      case 1:
        scheduler.SleepMicros(random.Below(3));
        break;
      case 2:
        scheduler.Observe(scheduler.Draw(random.OneIn(2) ? "short" : "error", 3));
        break;
      default:
        scheduler.At(PointKind::kLoad, cell);
    }
  }

  uint64_t seed_;
};

TEST(Replay, AnUnchangedProgramIsReproducedExactly) {
  Scheduler scheduler({});
  int deadlocks = 0;
  size_t entries_in_all = 0;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    DrawnProgram program(seed);
    RandomWalk random(seed);
    const RunStatus status = program.Run(scheduler, random);
    deadlocks += status == RunStatus::kDeadlock ? 1 : 0;
    const uint64_t hash = scheduler.hash();
    const std::vector<ReplayEntry> entries = ReplayEntries(scheduler);
    entries_in_all += entries.size();
    Replay replay(entries);
    ASSERT_EQ(program.Run(scheduler, replay), status);
    ASSERT_EQ(scheduler.hash(), hash) << "seed " << seed;
    ASSERT_EQ(replay.counts(), (Replay::Counts{.exact = static_cast<uint32_t>(entries.size())}));
    ASSERT_EQ(ReplayEntries(scheduler), entries);
  }
  EXPECT_GT(deadlocks, 0);
  EXPECT_GT(entries_in_all, 1000u);
}

/// The lost update in two calls a task, with room for changes of the code.
class ChangingProgram {
 public:
  /// Called at the start of each call of task A.
  std::function<void(Scheduler&)> prelude = [](Scheduler&) {};
  uint32_t first_mark = 0;
  const char* b_name = "B";

  bool LosesUpdate(Strategy& strategy) {
    scheduler.Reset();
    SharedNumber number(scheduler);
    int expected = 0;
    const auto body = [&](bool is_a) {
      for (uint32_t call = 0; call < 2; ++call) {
        scheduler.Mark(first_mark + call);
        if (is_a) prelude(scheduler);
        number.Increment();
        ++expected;
      }
    };
    scheduler.Spawn("A", [&] { body(true); });
    scheduler.Spawn(b_name, [&] { body(false); });
    scheduler.Run(strategy);
    return number.value() != expected;
  }

  Scheduler scheduler{{}};
};

/// A loads, B makes both calls, A stores.
std::vector<ReplayEntry> LosingEntries() {
  ChangingProgram program;
  Recorded strategy({0, 1});
  EXPECT_TRUE(program.LosesUpdate(strategy));
  return ReplayEntries(program.scheduler);
}

TEST(Replay, EntriesNameThePlaceAndTheChosenTask) {
  const std::vector<ReplayEntry> entries = LosingEntries();
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].task, "-");
  EXPECT_EQ(entries[0].chosen, "A");
  EXPECT_EQ(entries[1], (ReplayEntry{.task = "A",
                                     .mark = 0,
                                     .occurrence = 0,
                                     .kind = PointKind::kStore,
                                     .object = "number",
                                     .chosen = "B"}));
}

TEST(Replay, PointsAddedBeforeThePlaceDoNotMatter) {
  ChangingProgram program;
  program.prelude = [](Scheduler& s) {
    const ObjectId added = s.NewObject("added");
    for (int i = 0; i < 3; ++i) s.At(PointKind::kStore, added);
  };
  Replay replay(LosingEntries());
  EXPECT_TRUE(program.LosesUpdate(replay));
  EXPECT_EQ(replay.counts(), (Replay::Counts{.exact = 2}));
}

TEST(Replay, ASwitchWhosePlaceIsGoneIsMadeAtTheNextQuestion) {
  ChangingProgram program;
  program.first_mark = 5;  // the place was in a call with a smaller index
  Replay replay(LosingEntries());
  program.LosesUpdate(replay);
  EXPECT_EQ(replay.counts(), (Replay::Counts{.exact = 1, .resynchronised = 1}));
}

TEST(Replay, ASwitchOfATaskThatIsOverIsMadeAtTheNextQuestion) {
  const std::vector<ReplayEntry> entries = {
      {.task = "A", .mark = 9, .kind = PointKind::kLoad, .object = "cell", .chosen = "C"}};
  Scheduler scheduler({});
  const ObjectId cell = scheduler.NewObject("cell");
  std::string log;
  for (const char* name : {"A", "B", "C"}) {
    scheduler.Spawn(name, [&, name] {
      scheduler.At(PointKind::kLoad, cell);
      log += name;
    });
  }
  Replay replay(entries);
  scheduler.Run(replay);
  EXPECT_EQ(log, "ACB") << "A is over at its end, where B would have been next";
  EXPECT_EQ(replay.counts(), (Replay::Counts{.resynchronised = 1}));
}

TEST(Replay, ASwitchToATaskThatDoesNotExistIsLost) {
  ChangingProgram program;
  program.b_name = "renamed";
  Replay replay(LosingEntries());
  EXPECT_FALSE(program.LosesUpdate(replay));
  EXPECT_EQ(replay.counts(), (Replay::Counts{.exact = 1, .lost = 1, .first_lost = 1}));
}

TEST(Replay, WhatIsNeverReachedIsLost) {
  std::vector<ReplayEntry> entries = LosingEntries();
  entries.push_back({.is_switch = false, .task = "A", .label = "no such draw", .answer = 1});
  ChangingProgram program;
  Replay replay(entries);
  EXPECT_TRUE(program.LosesUpdate(replay));
  EXPECT_EQ(replay.counts(), (Replay::Counts{.exact = 2, .lost = 1, .first_lost = 2}));
}

TEST(Replay, ASwitchToABlockedTaskIsMadeWhenItCanGoOn) {
  // B waits for the lock at the recorded place, and can run only after A has released it.
  const std::vector<ReplayEntry> entries = {
      {.task = "-", .kind = PointKind::kStart, .chosen = "A"},
      {.task = "A", .kind = PointKind::kLoad, .object = "cell", .chosen = "B"}};
  Scheduler scheduler({});
  const ObjectId lock = scheduler.NewObject("lock");
  const ObjectId cell = scheduler.NewObject("cell");
  std::string log;
  for (const char* name : {"A", "B", "C"}) {
    scheduler.Spawn(name, [&, name] {
      if (*name != 'C') scheduler.LockMutex(lock);
      scheduler.At(PointKind::kLoad, cell);
      if (*name != 'C') scheduler.UnlockMutex(lock);
      scheduler.At(PointKind::kStore, cell);
      log += name;
    });
  }
  Replay replay(entries);
  scheduler.Run(replay);
  EXPECT_EQ(log, "BCA");
  EXPECT_EQ(replay.counts(), (Replay::Counts{.exact = 1, .resynchronised = 1}));
}

TEST(Replay, WhereNothingIsRecordedTheTaskOfTheNextEntryIsPreferred) {
  const std::vector<ReplayEntry> entries = {
      {.task = "A", .occurrence = 1, .kind = PointKind::kLoad, .object = "cell", .chosen = "B"}};
  Scheduler scheduler({});
  const ObjectId cell = scheduler.NewObject("cell");
  std::string log;
  for (const char* name : {"N", "B", "A"}) {
    scheduler.Spawn(name, [&, name] {
      for (int i = 0; i < 2; ++i) {
        scheduler.At(PointKind::kLoad, cell);
        log += name;
      }
    });
  }
  Replay replay(entries);
  scheduler.Run(replay);
  EXPECT_EQ(log, "ABBANN");
  EXPECT_EQ(replay.counts(), (Replay::Counts{.exact = 1}));
}

uint32_t DrawTwice(Strategy& strategy, bool extra) {
  Scheduler scheduler({});
  uint32_t drawn = 0;
  scheduler.Spawn("A", [&] {
    if (extra) scheduler.Draw("other", 4);
    drawn = scheduler.Draw("read", 4);
    drawn = 10 * drawn + scheduler.Draw("read", 4);
  });
  scheduler.Run(strategy);
  return drawn;
}

TEST(Replay, ADrawIsFoundByItsLabelAndItsOccurrence) {
  const std::vector<ReplayEntry> entries = {
      {.is_switch = false, .task = "A", .occurrence = 1, .label = "read", .answer = 3}};
  for (const bool extra : {false, true}) {
    Replay replay(entries);
    EXPECT_EQ(DrawTwice(replay, extra), 3u);
    EXPECT_EQ(replay.counts(), (Replay::Counts{.exact = 1}));
  }
}

TEST(Replay, ServesOneRunAfterAnother) {
  ChangingProgram program;
  Replay replay(LosingEntries());
  EXPECT_TRUE(program.LosesUpdate(replay));
  const uint64_t hash = program.scheduler.hash();
  EXPECT_TRUE(program.LosesUpdate(replay));
  EXPECT_EQ(program.scheduler.hash(), hash);
}

}  // namespace
}  // namespace backstop::sched
