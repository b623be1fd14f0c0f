// SPDX-License-Identifier: MIT
// The shortest failing run is found where there is one, and the shrinker comes as near as it says.
#include "sim/harness/minimum/minimum.h"

#include <gtest/gtest.h>

#include <set>

#include "sim/harness/minimum/alphabet.h"
#include "sim/harness/schedule.h"

namespace backstop::harness {
namespace {

using model::Op;

TEST(Alphabet, HoldsEachCallOnceAndEachMeansSomething) {
  std::set<std::string> setups;
  for (const harness::Setup& setup : AllSetups(Alphabet::kFull)) {
    EXPECT_TRUE(setups.insert(ToText(setup)).second);
    std::set<std::string> calls;
    for (const ProgramCall& call : AllCalls(Alphabet::kFull, setup, true)) {
      EXPECT_TRUE(calls.insert(ToText(call)).second) << ToText(call);
      EXPECT_EQ(Normalized(call), call);
    }
    EXPECT_GT(calls.size(), 100u);
  }
  EXPECT_GT(setups.size(), 40u);
}

TEST(Minimum, TheEngineHasNoFailingRunOfOneCall) {
  const JetApi api = BuiltinJetApi("engine");
  Runner runner(api, {});
  Checker checker;
  const MinimumResult result = FindMinimum(runner, checker, {.max_length = 1});
  EXPECT_TRUE(result.set_up) << runner.error();
  EXPECT_FALSE(result.run.has_value()) << result.run->violation.text;
  EXPECT_EQ(result.complete_to, 1u);
  EXPECT_GT(result.programs, 4'000u);
}

/// A stop that stops nothing, as far as callers can tell.
JetApi WithoutStop() {
  JetApi api = BuiltinJetApi("planted");
  api.JetStopBackupInstance = [](JET_INSTANCE) -> JET_ERR { return JET_errSuccess; };
  return api;
}

TEST(Minimum, AStopThatStopsNothingNeedsTwoCalls) {
  const JetApi api = WithoutStop();
  Runner runner(api, {});
  Checker checker;
  const MinimumResult result =
      FindMinimum(runner, checker, {.max_length = 2, .faults = Faults::kNone});
  ASSERT_TRUE(result.run.has_value());
  EXPECT_LE(TraceLength(result.run->program, result.run->answers), 2u);
}

ProgramCall Call(Op op, uint8_t pages = 0) {
  ProgramCall call;
  call.op = op;
  call.pages = pages;
  return call;
}

TEST(Minimum, TheShrinkerComesNear) {
  const JetApi api = WithoutStop();
  Runner runner(api, {});
  Checker checker;
  Program program;
  program.setup.start = Start::kReady;
  program.threads = {{Call(Op::kGetAttachInfo), Call(Op::kBeginExternalBackup), Call(Op::kOpenFile),
                      Call(Op::kReadFile, 2), Call(Op::kStopBackup), Call(Op::kReadFile, 3)},
                     {Call(Op::kGetLogInfo), Call(Op::kStopBackup), Call(Op::kReadFile, 1)},
                     {Call(Op::kCloseFile)}};
  Portfolio portfolio;
  for (uint32_t i = 0;; ++i) {
    ASSERT_LT(i, 1'000u) << "no schedule fails";
    const RunResult run = runner.Run(program, portfolio.Prepare(PortfolioSchedule(1, i, 100)));
    const auto violation = checker.Check(run, runner.scheduler(), nullptr);
    if (!violation) continue;
    const FailingRun failing{program, sched::NormalForm(runner.scheduler().decisions()),
                             *violation};
    const ShrinkResult shrunk = Shrink(runner, checker, failing, {});
    EXPECT_LE(TraceLength(shrunk.run.program, shrunk.run.answers), 3u);
    EXPECT_EQ(shrunk.run.violation.rule, violation->rule);
    return;
  }
}

}  // namespace
}  // namespace backstop::harness
