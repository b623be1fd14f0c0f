// SPDX-License-Identifier: MIT
#include "model/linearize/linearize.h"

#include <gtest/gtest.h>

#include "model/testing/calls.h"

namespace backstop::model {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): words of the tests

HistoryCall At(uint64_t invoked, uint64_t returned, const Call& call, const Outcome& outcome = {}) {
  return {.call = call, .outcome = outcome, .invoked = invoked, .returned = returned};
}

LinearizeResult Judge(const std::vector<HistoryCall>& history) {
  return Linearizer({.want_witness = true}).Check(ReadyWorld(), history);
}

TEST(Linearizer, ASequentialBackupIsLinearizable) {
  const auto result = Judge({At(1, 2, Begin()), At(3, 4, OpenDatabase(), Opened(1)),
                             At(5, 6, Read(1, 4), Gave(4, 0)), At(7, 8, Read(1, 4), Gave(2, 4)),
                             At(9, 10, Close(1)), At(11, 12, Calls(Op::kGetLogInfo), Listed(3, 3)),
                             At(13, 14, End())});
  EXPECT_EQ(result.verdict, Verdict::kLinearizable);
  EXPECT_EQ(result.order, (std::vector<uint32_t>{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(result.steps, 7u);
}

TEST(Linearizer, AReadThatOverlapsAStopMayGiveDataOrBeRefused) {
  const auto history = [](const Outcome& outcome) {
    return std::vector<HistoryCall>{At(1, 2, Begin()), At(3, 4, OpenDatabase(), Opened(1)),
                                    At(5, 8, Read(1), outcome), At(6, 7, Stop())};
  };
  EXPECT_EQ(Judge(history(Gave(3))).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(Code(JET_errBackupAbortByServer))).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(Gave(2))).verdict, Verdict::kViolation);
}

TEST(Linearizer, AReadThatBeginsAfterAStopReturnedIsNeverServed) {
  const auto result = Judge({At(1, 2, Begin()), At(3, 4, OpenDatabase(), Opened(1)),
                             At(5, 6, Stop()), At(7, 8, Read(1), Gave(3))});
  EXPECT_EQ(result.verdict, Verdict::kViolation);
  EXPECT_EQ(result.culprit, 3u);
  ASSERT_EQ(result.allowed.size(), 1u);
  EXPECT_EQ(result.allowed[0].err, JET_errBackupAbortByServer);
  EXPECT_TRUE(result.state.instances[0].backup.stop);
}

TEST(Linearizer, OnlyOneOfTwoOverlappingEndsReleasesTheBackup) {
  const auto history = [](Err second) {
    return std::vector<HistoryCall>{At(1, 2, Begin()),
                                    At(3, 4, Calls(Op::kGetLogInfo), Listed(1, 1)), At(5, 8, End()),
                                    At(6, 7, End(), Code(second))};
  };
  EXPECT_EQ(Judge(history(JET_errNoBackup)).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(JET_errSuccess)).verdict, Verdict::kViolation);
}

TEST(Linearizer, TwoReadsOfOneHandleNeverGiveAPageTwice) {
  const auto history = [](int32_t first, int32_t second) {
    return std::vector<HistoryCall>{At(1, 2, Begin()), At(3, 4, OpenDatabase(), Opened(1)),
                                    At(5, 8, Read(1), Gave(3, first)),
                                    At(6, 7, Read(1), Gave(3, second))};
  };
  EXPECT_EQ(Judge(history(0, 3)).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(3, 0)).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(0, 0)).verdict, Verdict::kViolation);
}

TEST(Linearizer, ACallInsideATerminationIsRefused) {
  const auto result =
      Judge({At(1, 6, Term(JET_bitTermAbrupt)), At(2, 3, Begin(), Code(JET_errTermInProgress)),
             At(4, 5, Term(), Code(JET_errTermInProgress)),
             At(7, 8, Begin(), Code(JET_errInvalidParameter))});
  EXPECT_EQ(result.verdict, Verdict::kLinearizable);
  EXPECT_EQ(result.order, (std::vector<uint32_t>{1, 2, 0, 3}));
}

TEST(Linearizer, NothingIsRefusedForATerminationThatIsOver) {
  const auto result = Judge({At(1, 2, Begin()), At(3, 4, Term(), Code(JET_errBackupInProgress)),
                             At(5, 6, Begin(), Code(JET_errTermInProgress))});
  EXPECT_EQ(result.verdict, Verdict::kViolation);
  EXPECT_EQ(result.culprit, 2u);
  EXPECT_EQ(result.allowed.at(0).err, JET_errBackupInProgress);
}

TEST(Linearizer, AWrongCodeOfATerminationNamesWhatItDecides) {
  const auto result = Judge({At(1, 2, Begin()), At(3, 4, Term())});
  EXPECT_EQ(result.verdict, Verdict::kViolation);
  EXPECT_EQ(result.culprit, 1u);
  EXPECT_EQ(result.allowed.at(0).err, JET_errBackupInProgress);
}

TEST(Linearizer, AllowedCodesComeFromEveryOrderThatGetsThatFar) {
  const auto result =
      Judge({At(1, 2, Begin()), At(3, 6, Calls(Op::kGetAttachInfo), Code(-1)), At(4, 5, Stop())});
  EXPECT_EQ(result.verdict, Verdict::kViolation);
  EXPECT_EQ(result.culprit, 1u);
  ASSERT_EQ(result.allowed.size(), 1u) << "the stop returned first, and so it is taken first";
  EXPECT_EQ(result.allowed[0].err, JET_errBackupAbortByServer);
  const auto other =
      Judge({At(1, 2, Begin()), At(3, 5, Calls(Op::kGetAttachInfo), Code(-1)), At(4, 6, Stop())});
  EXPECT_EQ(other.allowed.size(), 2u) << "the stop may be taken before or after";
}

TEST(Linearizer, APendingCallMayHaveActedOrNot) {
  const auto history = [](Err read) {
    return std::vector<HistoryCall>{At(1, 2, Begin()), At(3, 4, OpenDatabase(), Opened(1)),
                                    At(5, kPending, Stop()),
                                    At(6, 7, Read(1), {.err = read, .pages = 3})};
  };
  EXPECT_EQ(Judge(history(JET_errSuccess)).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(JET_errBackupAbortByServer)).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(JET_errNoBackup)).verdict, Verdict::kViolation);
}

TEST(Linearizer, APendingLogInfoLeavesTheRangeOpen) {
  const auto result = Judge({At(1, 2, Begin()), At(3, kPending, Calls(Op::kGetLogInfo)),
                             At(4, 5, Calls(Op::kGetLogInfo), Listed(7, 9)), At(6, 7, End())});
  EXPECT_EQ(result.verdict, Verdict::kLinearizable);
}

TEST(Linearizer, AnInjectedFaultMayFailTheReadOrBeSurvived) {
  const auto history = [](const Outcome& outcome, bool injected) {
    Call read = Read(1);
    read.environment.fault = injected ? Fault::kIo : Fault::kNone;
    return std::vector<HistoryCall>{At(1, 2, Begin()), At(3, 4, OpenDatabase(), Opened(1)),
                                    At(5, 6, read, outcome)};
  };
  EXPECT_EQ(Judge(history(Gave(3), true)).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(Code(JET_errDiskIO), true)).verdict, Verdict::kLinearizable);
  EXPECT_EQ(Judge(history(Code(JET_errDiskIO), false)).verdict, Verdict::kViolation);
}

TEST(Linearizer, ALongHistoryOfFewThreadsTakesOneStepAnEvent) {
  std::vector<HistoryCall> history;
  uint64_t now = 0;
  for (int round = 0; round < 1000; ++round) {
    const uint64_t at = now;
    history.push_back(At(at + 1, at + 4, Begin()));
    history.push_back(At(at + 2, at + 3, Stop()));
    history.push_back(At(at + 5, at + 6, End2(JET_bitBackupEndAbort)));
    now += 6;
  }
  const auto result = Judge(history);
  EXPECT_EQ(result.verdict, Verdict::kLinearizable);
  EXPECT_EQ(result.steps, history.size());
}

TEST(Linearizer, RowsAndStatesOfTheWitnessAreCollected) {
  std::vector<RowId> rows;
  std::vector<uint64_t> states;
  Linearizer linearizer;
  const std::vector<HistoryCall> history = {At(1, 2, Begin()), At(3, 4, End())};
  linearizer.Check(ReadyWorld(), {history[0]}, &rows, &states);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_STREQ(Rows()[rows[0]].clause, "E-8");
  EXPECT_STREQ(Rows()[rows[1]].clause, "BEGIN-18");
  ASSERT_EQ(states.size(), 1u);
  EXPECT_NE(states[0], Digest(ReadyWorld()));
}

TEST(Linearizer, TooManyStepsAreSaidToBeTooMany) {
  Linearizer linearizer({.max_steps = 1});
  const std::vector<HistoryCall> history = {At(1, 2, Begin()), At(3, 4, Stop()), At(5, 6, Stop()),
                                            At(7, 8, Stop())};
  EXPECT_EQ(linearizer.Check(ReadyWorld(), history).verdict, Verdict::kUnknown);
}

TEST(Digest, EqualSituationsAtOtherGenerationsAreEqual) {
  Sequence early;
  Sequence late;
  early(Begin());
  late(Begin());
  early(Calls(Op::kGetLogInfo), Listed(1, 2));
  late(Calls(Op::kGetLogInfo), Listed(41, 42));
  EXPECT_EQ(Digest(early.state()), Digest(late.state()));
  late(Stop());
  EXPECT_NE(Digest(early.state()), Digest(late.state()));
}

}  // namespace
}  // namespace backstop::model
