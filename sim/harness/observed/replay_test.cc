// SPDX-License-Identifier: MIT
// Short sequences, written by hand, on the built-in engine: what is right agrees, and every kind of
// difference that binds is seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/harness/observed/compare.h"
#include "sim/harness/observed/engine_replay.h"
#include "sim/harness/observed/judge.h"
#include "sim/harness/observed/model_replay.h"

namespace backstop::observed {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Step Made(const std::string& line, int32_t err, const std::string& out = "{}") {
  Step step = *ParseLine(line);
  step.err = err;
  step.out = nlohmann::json::parse(out);
  return step;
}

/// A stopped backup, as the original engine does it.
Sequence StoppedBackup() {
  Sequence sequence;
  sequence.id = "hand/stopped";
  sequence.steps = {
      Made("JetCreateInstance2 as=i1 name=i1", 0),
      Made("JetInit3", 0),
      Made("JetBeginSession", 0),
      Made("JetCreateDatabase2 name=db1.edb", 0),
      Made("WriteRows rows=100", 0, R"({"rows":100})"),
      Made("CountRows", 0, R"({"rows":100})"),
      Made("JetBeginExternalBackupInstance grbit=0", 0),
      Made("JetGetAttachInfoInstance", 0, R"({"cbActual":41,"n":1,"names":["db1.edb"]})"),
      Made("JetOpenFileInstance name=db1.edb", 0, R"({"h":0,"size":1052672})"),
      Made("sleep ms=60000", 0),
      Made("JetStopBackupInstance", 0),
      Made("JetReadFileInstance cb=65536", -801, R"({"cbActual":"untouched"})"),
      Made("JetCloseFileInstance", 0),
      Made("JetEndExternalBackupInstance", 0),
      Made("JetGetDatabaseInfo", 0, R"({"dbstate":2,"full":[0,0],"fullCur":[0,0]})"),
      Made("JetTerm2 grbit=JET_bitTermComplete", 0),
  };
  return sequence;
}

class Replay : public ::testing::Test {
 protected:
  Replay() : api_(harness::BuiltinJetApi("engine")), engine_(api_) {}

  /// Judges the engine alone.
  Tally Judge(const Sequence& sequence) {
    Tally tally;
    Sides sides;
    sides.engine = [&](const Sequence& one, size_t count) { return engine_.Run(one, count); };
    JudgeSequence(sequence, sides, &tally);
    return tally;
  }
  /// The one disagreement there must be.
  std::string Complaint(const Sequence& sequence) {
    const Tally tally = Judge(sequence);
    EXPECT_FALSE(tally.clean());
    EXPECT_THAT(tally.disagreements(), SizeIs(1));
    return tally.disagreements().empty() ? "" : ToText(tally.disagreements()[0]);
  }

  harness::JetApi api_;
  EngineReplay engine_;
};

TEST_F(Replay, AgreesWithWhatTheOriginalDoes) {
  const Tally tally = Judge(StoppedBackup());
  EXPECT_TRUE(tally.clean());
  EXPECT_THAT(tally.disagreements(), IsEmpty());
  EXPECT_EQ(tally.steps, 16u);
  EXPECT_EQ(tally.harness_steps, 1u);
  EXPECT_EQ(tally.engine_checked, 15u);
  EXPECT_EQ(tally.engine_equal, 15u);
}

TEST_F(Replay, ReportsEveryWrongCode) {
  const Sequence good = StoppedBackup();
  for (size_t i = 0; i < good.steps.size(); ++i) {
    if (Player::IsHarnessStep(good.steps[i])) continue;
    Sequence wrong = good;
    wrong.steps[i].err = wrong.steps[i].err == 0 ? -1003 : 0;
    EXPECT_THAT(Complaint(wrong), HasSubstr("hand/stopped step " + std::to_string(i) + ": " +
                                            good.steps[i].call + ": code recorded "));
  }
}

TEST_F(Replay, ReportsWrongOutputs) {
  struct Case {
    size_t step;
    const char* out;
    const char* complaint;
  };
  const Case cases[] = {
      {4, R"({"rows":99})", "rows recorded 99"},
      {5, R"({"rows":101})", "rows recorded 101"},
      {7, R"({"cbActual":"untouched"})", "cbActual recorded \"untouched\""},
      {7, R"({"n":2})", "n recorded 2"},
      {8, R"({"h":"untouched"})", "h recorded \"untouched\""},
      {11, R"({"cbActual":0})", "cbActual recorded 0"},
      {14, R"({"full":[1,2]})", "full recorded [1,2]"},
      {14, R"({"dbstate":3})", "dbstate recorded 3"},
  };
  for (const Case& one : cases) {
    Sequence wrong = StoppedBackup();
    wrong.steps[one.step].out = nlohmann::json::parse(one.out);
    EXPECT_THAT(Complaint(wrong), HasSubstr(one.complaint));
  }
}

TEST_F(Replay, TakesSizesAndHandlesAsTheyAre) {
  Sequence other = StoppedBackup();
  other.steps[7].out = {{"cbActual", 9999}, {"n", 1}, {"names", {"other.edb"}}};
  other.steps[8].out = {{"h", 17}, {"size", 4096}};
  EXPECT_TRUE(Judge(other).clean());
}

TEST_F(Replay, GivesOnlyTheFirstOfSeveralDifferencesButCountsAll) {
  Sequence wrong = StoppedBackup();
  wrong.steps[12].err = -1003;
  wrong.steps[13].err = -520;
  const Tally tally = Judge(wrong);
  EXPECT_EQ(tally.engine_checked - tally.engine_equal, 2u);
  EXPECT_THAT(tally.disagreements(), SizeIs(1));
}

TEST_F(Replay, MakesNoStepThatIsSkipped) {
  Sequence sequence = StoppedBackup();
  sequence.steps.insert(sequence.steps.begin() + 9, Made("JetReadFileInstance h=@5 cb=65536", 0));
  const Tally tally = Judge(sequence);
  EXPECT_EQ(tally.engine_checked, 9u);
  EXPECT_EQ(tally.skipped[static_cast<size_t>(Skip::kUndefined)], 8u);
}

TEST_F(Replay, NamesAFunctionThatTheEngineLacks) {
  api_.JetStopBackupInstance = nullptr;
  const Tally tally = Judge(StoppedBackup());
  EXPECT_TRUE(tally.clean());
  EXPECT_EQ(tally.skipped[static_cast<size_t>(Skip::kMissingFunction)], 6u);
  EXPECT_THAT(tally.missing, ::testing::ElementsAre(::testing::Pair("JetStopBackupInstance", 1)));
}

JET_ERR JET_API WaitForEver(JET_INSTANCE) {
  auto& env = engine::Process::Current().env();
  const auto lock = env.NewMutex("for ever");
  const auto never = env.NewCondition("for ever");
  lock->Lock();
  never->Wait(*lock);
  return 0;
}

TEST_F(Replay, ReportsACallThatNeverReturns) {
  api_.JetStopBackupInstance = &WaitForEver;
  EXPECT_THAT(Complaint(StoppedBackup()), HasSubstr("a call never returns: main waits"));
}

TEST_F(Replay, RunsTheOtherThreadWhileTheFirstGoesOn) {
  Sequence sequence = StoppedBackup();
  const Step async = Made("async id=1", 0);
  sequence.steps[10] = async;
  sequence.steps[10].args["line"] = "JetStopBackupInstance";
  sequence.steps.insert(sequence.steps.begin() + 11, Made("JetStopBackupInstance", 0));
  sequence.steps.insert(sequence.steps.begin() + 12, Made("join id=1", 0));
  const Tally tally = Judge(sequence);
  EXPECT_TRUE(tally.clean()) << ToText(tally.disagreements()[0]);
  EXPECT_EQ(tally.engine_checked, 15u);
}

TEST_F(Replay, HasTheSettingsOfTheSequence) {
  Sequence sequence = StoppedBackup();
  sequence.settings["JET_paramRecovery"] = "Off";
  EXPECT_THAT(Complaint(sequence), HasSubstr("step 6: JetBeginExternalBackupInstance: code "
                                             "recorded 0 JET_errSuccess, the engine gives -516"));
}

TEST_F(Replay, NoticesDamageWhereTheRecordingDoes) {
  Sequence sequence;
  sequence.id = "hand/damage";
  sequence.steps = {
      Made("JetCreateInstance2 as=i1 name=i1", 0),
      Made("JetInit3", 0),
      Made("JetBeginSession", 0),
      Made("JetCreateDatabase2 name=db1.edb", 0),
      Made("WriteRows rows=200", 0),
      Made("JetBeginExternalBackupInstance grbit=0", 0),
      Made("JetGetLogInfoInstance", 0),
      Made("corrupt path=edb00000001.log at=8192 n=64", 0, R"({"written":64})"),
      Made("JetOpenFileInstance name=log:0", 0),
      Made("ReadAll cb=65536", -612, R"({"total":0,"reads":1})"),
      Made("JetGetAttachInfoInstance", -520),
  };
  EXPECT_TRUE(Judge(sequence).clean());
  sequence.steps[9] = Made("ReadAll cb=65536", 0, R"({"total":131072,"reads":3})");
  sequence.steps[10].err = 0;
  EXPECT_TRUE(Judge(sequence).clean());
}

TEST_F(Replay, AsksForANewInstanceWhereJetInitFreedTheOneThatWasNamed) {
  Sequence sequence;
  sequence.id = "hand/freed";
  sequence.steps = {Made("JetCreateInstance2 as=i1 name=i1", 0),
                    Made("JetInit3 inst=i1 given=bad-map", -1003), Made("JetInit inst=i1", 0),
                    Made("JetInit inst=i1", -1030),
                    Made("JetTerm2 inst=i1 grbit=JET_bitTermComplete", 0)};
  EXPECT_TRUE(Judge(sequence).clean());
  model::Lifecycle lifecycle(model::kEse);
  ModelReplay replay(sequence, lifecycle);
  for (size_t i = 0; i < sequence.steps.size(); ++i) EXPECT_TRUE(replay.Check(i).agrees) << i;
}

TEST(Judging, HoldsTheSpecificationAgainstEveryStepThatIsNotSkipped) {
  Sequence sequence = StoppedBackup();
  sequence.steps.push_back(Made("JetEndSurrogateBackup", 0));
  Tally tally;
  std::vector<size_t> asked;
  Sides sides;
  sides.model = [&](const Sequence&) -> CheckStep {
    return [&](size_t index) -> std::optional<Disagreement> {
      asked.push_back(index);
      if (index < 14) return std::nullopt;
      return Disagreement{.sequence = "hand", .step = index, .side = "model", .clause = "READ-2"};
    };
  };
  JudgeSequence(sequence, sides, &tally);
  EXPECT_THAT(asked, SizeIs(16));
  EXPECT_EQ(tally.model_checked, 15u);
  EXPECT_EQ(tally.model_allowed, 13u);
  EXPECT_EQ(tally.engine_checked, 0u);
  EXPECT_THAT(tally.disagreements(), SizeIs(1));
  EXPECT_EQ(ToJson(tally)["disagreements"][0]["clause"], "READ-2");
  EXPECT_EQ(ToJson(tally)["skipped"]["surrogate"], 1);
}

}  // namespace
}  // namespace backstop::observed
