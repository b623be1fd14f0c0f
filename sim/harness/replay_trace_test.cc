// SPDX-License-Identifier: MIT
// What a replay says of a trace that its build cannot follow, and what it tries.
#include "sim/harness/replay_trace.h"

#include <gtest/gtest.h>

#include "sim/harness/durability/power_cut.h"
#include "sim/harness/replay_search.h"
#include "sim/harness/trace_timeline.h"

namespace backstop::harness {
namespace {

const Provenance kHere{.engine = "engine", .build = "here"};

class ReplayTest : public ::testing::Test {
 protected:
  Trace TraceOf(const char* rule) {
    Trace trace;
    trace.made_by = {.engine = "engine", .build = "elsewhere"};
    trace.program.setup.start = Start::kFileOpen;
    trace.program.threads = {{{.op = model::Op::kStopBackup}},
                             {{.op = model::Op::kReadFile, .pages = 4}}};
    trace.rule = rule;
    return trace;
  }
  ReplayResult Replay(const Trace& trace, unsigned search = 20) {
    return ReplayTrace(runner_, checker_, trace, kHere, 2, search);
  }

  JetApi api_ = BuiltinJetApi("engine");
  Runner runner_{api_, {}};
  Checker checker_;
};

TEST_F(ReplayTest, ASeedOfAnotherBuildDoesNotShowThatItsFailureIsGone) {
  Trace trace = TraceOf("INV-01");
  trace.schedule = ScheduleSpec{.kind = StrategyKind::kRandom, .steps = 50, .seed = 3};
  EXPECT_EQ(Replay(trace).verdict, ReplayVerdict::kDiverged);
  trace.made_by = kHere;
  EXPECT_EQ(Replay(trace).verdict, ReplayVerdict::kGone);
  trace = TraceOf("");
  EXPECT_EQ(Replay(trace).verdict, ReplayVerdict::kGone) << "nothing had failed";
}

sched::ReplayEntry SwitchBefore(const char* object) {
  return {.is_switch = true,
          .task = "T0",
          .kind = sched::PointKind::kLock,
          .object = object,
          .chosen = "T1"};
}

TEST_F(ReplayTest, WherePointsMayHaveMovedTheSchedulesBesideAreTried) {
  Trace trace = TraceOf("INV-01");
  trace.schedule = std::vector{SwitchBefore("a lock that has gone")};
  const ReplayResult moved = Replay(trace);
  EXPECT_NE(moved.counts.resynchronised + moved.counts.lost, 0u);
  EXPECT_EQ(moved.searched, 20u);
  EXPECT_EQ(Replay(trace, 0).searched, 0u);
  trace.schedule = std::vector<sched::ReplayEntry>{};
  EXPECT_EQ(Replay(trace).searched, 20u) << "another build may pass other points";
  trace.made_by = kHere;
  EXPECT_EQ(Replay(trace).searched, 0u);
}

TEST_F(ReplayTest, TheSchedulesBesideAreTheSameEveryTime) {
  Trace trace = TraceOf("INV-01");
  trace.schedule = std::vector{SwitchBefore("a lock that has gone")};
  std::vector<uint64_t> hashes;
  for (int time = 0; time < 2; ++time) {
    Replay(trace);
    hashes.push_back(runner_.scheduler().hash());
  }
  EXPECT_EQ(hashes[0], hashes[1]);
}

TEST_F(ReplayTest, ThePowerMayFailAtAnotherOperationWhereTheCodeHasChanged) {
  Trace trace = TraceOf("lost-commit");
  trace.program.faults = Faults::kHeavy;
  trace.program.threads = {{{.op = model::Op::kReadFile, .pages = 4}}};
  trace.schedule = std::vector<sched::ReplayEntry>{
      {.is_switch = false, .task = "T0", .label = kPowerCutLabel, .answer = 77}};
  const ReplayResult result = Replay(trace, 200);
  EXPECT_EQ(result.verdict, ReplayVerdict::kGone);
  EXPECT_EQ(result.searched, 200u);
}

TEST_F(ReplayTest, ATraceIsShownAsItRan) {
  Trace trace = TraceOf("INV-01");
  trace.schedule = std::vector<sched::ReplayEntry>{};
  const auto shown = RecordTrace(runner_, checker_, trace, kHere);
  ASSERT_TRUE(shown.has_value());
  EXPECT_EQ(shown->searched, 0u);
  EXPECT_FALSE(shown->timeline.violation.has_value());
  EXPECT_FALSE(shown->timeline.history.calls.empty());
}

}  // namespace
}  // namespace backstop::harness
