// SPDX-License-Identifier: MIT
// Searches of all interleavings of a program on the engine: complete, resumable, the same with any
// number of processes.
#include "sim/harness/explore/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "sim/harness/explore/codec.h"
#include "sim/harness/explore/scenario.h"
#include "sim/scheduler/explore/source_dpor.h"

namespace backstop::harness {
namespace {

using ::testing::HasSubstr;

Program Builtin(const std::string& name) {
  Scenario scenario;
  std::string error;
  EXPECT_TRUE(FindScenario(name, &scenario, &error)) << error;
  return scenario.program;
}

class ExploreTest : public ::testing::Test {
 protected:
  /// Gives up after `runs` runs; 0: never.
  ExploreResult Run(const std::string& name, ExploreOptions options, uint64_t runs = 0) {
    const JetApi api = BuiltinJetApi("engine");
    const Program program = Builtin(name);
    PartSearch search(api, program);
    return Explore(
        search, program, options, [&] { return runs != 0 && search.runs() >= runs; },
        [](const ExploreStatus&) {});
  }

  std::string StateFile() {
    const std::string path = ::testing::TempDir() + "explore-" +
                             ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove(path);
    return path;
  }
};

TEST_F(ExploreTest, SearchesASmallScenarioCompletely) {
  const ExploreResult result = Run("2x3", {});
  EXPECT_EQ(result.end, ExploreEnd::kComplete);
  EXPECT_GT(result.status.classes, 20u);
  EXPECT_LE(result.status.redundant * 20, result.status.executions);
}

TEST_F(ExploreTest, GivesTheSameResultWithSeveralProcesses) {
  const ExploreResult one = Run("3x2", {.jobs = 1});
  const ExploreResult two = Run("3x2", {.jobs = 2});
  EXPECT_EQ(one.end, ExploreEnd::kComplete);
  EXPECT_EQ(two.end, ExploreEnd::kComplete);
  EXPECT_EQ(one.status.classes, two.status.classes);
  EXPECT_EQ(one.status.executions, two.status.executions);
  EXPECT_EQ(one.status.states, two.status.states);
  EXPECT_GT(one.status.parts, 10u) << "there is something to divide";
}

TEST_F(ExploreTest, TheSearchWithACacheMeetsTheSameTraces) {
  for (const char* scenario : {"2x2", "2x3"}) {
    const ExploreResult dpor = Run(scenario, {});
    const ExploreResult cached = Run(scenario, {.strategy = ExploreStrategy::kCached});
    EXPECT_EQ(cached.end, ExploreEnd::kComplete);
    EXPECT_EQ(cached.status.classes, dpor.status.classes) << scenario;
    EXPECT_GT(cached.status.states, 0u);
  }
}

TEST_F(ExploreTest, GoesOnWhereItWasInterrupted) {
  const ExploreResult whole = Run("3x2", {});
  const ExploreOptions options{.state_file = StateFile()};
  EXPECT_EQ(Run("3x2", options, 500).end, ExploreEnd::kStopped);
  const ExploreResult rest = Run("3x2", options);
  EXPECT_EQ(rest.end, ExploreEnd::kComplete);
  EXPECT_GT(rest.status.resumed, 0u);
  EXPECT_EQ(rest.status.executions, whole.status.executions);
  EXPECT_EQ(rest.status.classes, whole.status.classes);
  EXPECT_EQ(rest.status.states, whole.status.states);
}

TEST_F(ExploreTest, WhatAnInterruptedSearchMadeIsCounted) {
  for (const auto strategy : {ExploreStrategy::kDpor, ExploreStrategy::kNaive}) {
    const ExploreResult some = Run("3x2", {.strategy = strategy}, 777);
    EXPECT_EQ(some.end, ExploreEnd::kStopped);
    EXPECT_EQ(some.status.executions, 777u);
    EXPECT_GT(some.status.classes, 1u);
    EXPECT_EQ(some.status.redundant, 777 - some.status.classes);
  }
  const ExploreResult two = Run("3x2", {.jobs = 2}, 777);
  EXPECT_GE(two.status.executions, 777u) << "each process is stopped by itself";
}

TEST_F(ExploreTest, MayBeInterruptedBeforeTheFirstRunOfAPart) {
  for (const uint64_t runs : {1, 5, 40}) {
    const ExploreResult some = Run("3x2", {.shared = 0, .runs_a_part = 1}, runs);
    EXPECT_EQ(some.end, ExploreEnd::kStopped);
    EXPECT_EQ(some.status.executions, runs);
  }
}

TEST_F(ExploreTest, IsTheSameHoweverItIsCut) {
  const ExploreResult whole = Run("3x2", {.shared = 0, .runs_a_part = 0});
  for (const uint64_t runs : {1, 10, 300}) {
    const ExploreResult cut = Run("3x2", {.shared = 0, .runs_a_part = runs});
    EXPECT_EQ(cut.end, ExploreEnd::kComplete);
    EXPECT_EQ(cut.status.classes, whole.status.classes);
    EXPECT_EQ(cut.status.executions, whole.status.executions);
  }
}

TEST_F(ExploreTest, GoesOnAfterAStateFileWasTorn) {
  const ExploreOptions options{.state_file = StateFile()};
  const ExploreResult whole = Run("2x3", options);
  std::filesystem::resize_file(options.state_file,
                               std::filesystem::file_size(options.state_file) - 3);
  const ExploreResult again = Run("2x3", options);
  EXPECT_EQ(again.end, ExploreEnd::kComplete);
  EXPECT_EQ(again.status.classes, whole.status.classes);
  EXPECT_EQ(again.status.resumed + 1, whole.status.parts);
}

TEST_F(ExploreTest, RefusesTheStateFileOfAnotherSearch) {
  const ExploreOptions options{.state_file = StateFile()};
  Run("2x2", options);
  const ExploreResult other = Run("2x3", options);
  EXPECT_EQ(other.end, ExploreEnd::kBadState);
  EXPECT_THAT(other.error, HasSubstr("another search"));
  std::ofstream(options.state_file) << "something else";
  EXPECT_THAT(Run("2x3", options).error, HasSubstr("no state file"));
}

TEST_F(ExploreTest, AFailingRunIsFoundAndCanBeMadeAgain) {
  static JetApi api;
  api = BuiltinJetApi("planted");
  // Without its test of the stop, as far as callers can tell.
  api.JetStopBackupInstance = [](JET_INSTANCE) -> JET_ERR { return JET_errSuccess; };
  const Program program = Builtin("2x2");
  PartSearch search(api, program);
  const ExploreResult result = Explore(
      search, program, {}, [] { return false; }, [](const ExploreStatus&) {});
  ASSERT_EQ(result.end, ExploreEnd::kViolation);
  const RunResult run = search.Make(result.found->steps);
  const auto violation = Checker().Check(run, search.runner().scheduler(), nullptr);
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->rule, result.found->rule);
}

/// What the calls of a run returned, thread by thread, then what the epilogue saw.
std::vector<int64_t> Outcome(const History& history) {
  std::map<std::pair<unsigned, unsigned>, std::vector<int64_t>> calls;
  for (size_t i = 0; i < history.calls.size(); ++i) {
    const model::Outcome& outcome = history.calls[i].outcome;
    calls[{history.calls[i].thread, history.index[i]}] = {outcome.err, outcome.pages,
                                                          outcome.first_page, outcome.databases};
  }
  std::vector<int64_t> all;
  for (const auto& [call, results] : calls) all.insert(all.end(), results.begin(), results.end());
  return all;
}

std::set<std::vector<int64_t>> Outcomes(const Program& program, bool join_sections) {
  const JetApi api = BuiltinJetApi("engine");
  Runner runner(api, {.log = true, .join_sections = join_sections});
  sched::SourceDpor dpor;
  std::set<std::vector<int64_t>> outcomes;
  for (bool more = true; more;) {
    const RunResult run = runner.Run(program, dpor);
    outcomes.insert(Outcome(*run.history));
    more = dpor.Next(runner.scheduler());
  }
  return outcomes;
}

// The engine says which sections of its locks commute; a search that does not believe it makes a
// hundred times as many runs and sees the same.
TEST(Explore, SectionsThatAreSaidToCommuteDo) {
  const Program program = Builtin("2x2");
  const auto believing = Outcomes(program, true);
  EXPECT_GT(believing.size(), 3u);
  EXPECT_EQ(believing, Outcomes(program, false));
}

TEST(ExploreCodec, WhatIsWrittenIsRead) {
  SearchedPart part;
  part.result.counts = {3, 1, 40};
  part.result.nodes.push_back({.enabled = 3,
                               .chosen = 1,
                               .sleepers = {{0,
                                             {{.range = {2, 5},
                                               .object = 7,
                                               .task = 0,
                                               .mode = sched::AccessMode::kWrite,
                                               .kind = sched::PointKind::kStore,
                                               .begins_step = true}}}}});
  part.result.wishes.push_back({.depth = 4, .initials = 2, .plan = {1, 0, 1}});
  part.traces = {1, 0xffffffffffffffff, 3};
  part.found = FoundRun{.rule = "INV-01", .text = "why", .steps = {.tasks = {0, 1}, .draws = {}}};
  SearchedPart read;
  ASSERT_TRUE(Decode(Encode(part), &read));
  EXPECT_EQ(Encode(read), Encode(part));
  EXPECT_EQ(read.traces, part.traces);
  EXPECT_EQ(read.found->steps.tasks, part.found->steps.tasks);
  EXPECT_FALSE(Decode({1, 2, 3}, &read));
}

}  // namespace
}  // namespace backstop::harness
