// SPDX-License-Identifier: MIT
// One sequence for each place where the documents and the original engine differ, with the codes
// that the strict dialect chose, and the rules that a table of codes does not show.
#include <gtest/gtest.h>

#include "model/testing/calls.h"

namespace backstop::model {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): words of the tests

/// A full backup with database 0 and the generations 3 and 4, ready to be ended.
void CopyEverything(Sequence& call) {
  ASSERT_EQ(call(Begin()), 0);
  ASSERT_EQ(call(OpenDatabase(), Opened(1, 4)), 0);
  ASSERT_EQ(call(Read(1, 4)), 0);
  ASSERT_EQ(call(Close(1)), 0);
  ASSERT_EQ(call(Calls(Op::kGetLogInfo), Listed(3, 4)), 0);
  for (const uint32_t generation : {3u, 4u}) {
    const auto file = static_cast<FileRef>(generation);
    ASSERT_EQ(call(OpenLog(generation), Opened(file, 2)), 0);
    ASSERT_EQ(call(Read(file, 2)), 0);
    ASSERT_EQ(call(Close(file)), 0);
  }
}

TEST(D01, ANormalEndOfAStoppedBackupReleasesEverythingAndStampsNothing) {
  Sequence call;
  CopyEverything(call);
  ASSERT_EQ(call(Calls(Op::kTruncateLog)), 0);
  ASSERT_EQ(call(Stop()), 0);
  EXPECT_EQ(call(End()), JET_errBackupAbortByServer);
  EXPECT_EQ(call.instance().full_backups, 0);
  EXPECT_EQ(call(Begin()), 0);
}

TEST(D02, ANormalEndBeforeTheLogInfoIsNoSuccess) {
  Sequence call;
  call(Begin());
  EXPECT_EQ(call(End2(JET_bitBackupEndNormal | JET_bitBackupTruncateDone)),
            JET_errBackupAbortByCaller);
  EXPECT_EQ(call(Begin()), 0);
}

TEST(D03, AStopBeforeABackupIsNotRememberedForIt) {
  Sequence call;
  EXPECT_EQ(call(Stop()), 0);
  call(Begin());
  EXPECT_EQ(call(Calls(Op::kGetAttachInfo)), 0);
}

TEST(D10, AParameterErrorOfAReadChangesNothing) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1, 4));
  const Snapshot before = call.state();
  Call unaligned = Read(1);
  unaligned.aligned = false;
  Call odd = Read(1);
  odd.whole_pages = false;
  for (const Call& bad : {unaligned, odd, Read(1, 2), Read(1, 0), Read(2)}) {
    EXPECT_EQ(call(bad), JET_errInvalidParameter);
    EXPECT_EQ(call.state(), before);
  }
}

TEST(D11, AReadAtTheEndGivesNothingButItsArgumentsAreTested) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1, 4));
  call(Read(1, 9));
  EXPECT_EQ(call.last().pages, 4);
  EXPECT_EQ(call(Read(1, 1)), 0);
  EXPECT_EQ(call.last().pages, 0);
  EXPECT_EQ(call(Read(1, 0)), JET_errInvalidParameter);
}

TEST(D12, TheFirstReadTakesThreePagesOfADatabaseAndTwoOfALog) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1, 6));
  EXPECT_EQ(call(Read(1, 2)), JET_errInvalidParameter);
  EXPECT_EQ(call(Read(1, 3)), 0);
  EXPECT_EQ(call(Read(1, 1)), 0);
  call(Close(1));
  call(Calls(Op::kGetLogInfo), Listed(1, 1));
  call(OpenLog(1), Opened(2, 6));
  EXPECT_EQ(call(Read(2, 1)), JET_errInvalidParameter);
  EXPECT_EQ(call(Read(2, 2)), 0);
  EXPECT_EQ(call(Read(2, 0)), 0);
}

TEST(D14, AHandleOfAnEarlierFileIsNoHandle) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1));
  call(Close(1));
  EXPECT_EQ(call(Read(1)), JET_errInvalidParameter);
  call(OpenDatabase(), Opened(2));
  EXPECT_EQ(call(Read(1)), JET_errInvalidParameter);
  EXPECT_EQ(call(Read(2)), 0);
}

TEST(D18, EveryListedLogCountsNotTheirNumber) {
  Sequence call;
  call(Begin());
  call(Calls(Op::kGetLogInfo), Listed(3, 4));
  for (int time = 0; time < 3; ++time) {
    const auto file = static_cast<FileRef>(1 + time);
    call(OpenLog(4), Opened(file, 2));
    call(Read(file, 2));
    call(Close(file));
    EXPECT_EQ(call(Calls(Op::kTruncateLog)), JET_errLogFileNotCopied);
  }
  call(OpenLog(3), Opened(9, 2));
  call(Read(9, 2));
  call(Close(9));
  EXPECT_EQ(call(Calls(Op::kTruncateLog)), 0);
}

TEST(D20, TheBitsOfAnEndAreExactlyOneOfNormalAndAbort) {
  Sequence call;
  EXPECT_EQ(call(End2(0)), JET_errInvalidParameter);
  EXPECT_EQ(call(End2(3)), JET_errInvalidParameter);
  call(Begin());
  EXPECT_EQ(call(End2(0x20 | JET_bitBackupEndAbort)), 0);
}

TEST(D23, OnlyAFullBackupThatTruncatedIsABase) {
  Sequence copy;
  CopyEverything(copy);
  EXPECT_EQ(copy(End()), 0);
  EXPECT_EQ(copy(Begin(JET_bitBackupIncremental)), JET_errMissingFullBackup);
  Sequence told;
  CopyEverything(told);
  EXPECT_EQ(told(End2(JET_bitBackupEndNormal | JET_bitBackupTruncateDone)), 0);
  EXPECT_EQ(told(Begin(JET_bitBackupIncremental)), 0);
  EXPECT_EQ(told.backup().phase, Phase::kLogs);
  Sequence truncated;
  CopyEverything(truncated);
  EXPECT_EQ(truncated(Calls(Op::kTruncateLog)), 0);
  EXPECT_EQ(truncated(End()), 0);
  EXPECT_EQ(truncated(Begin(JET_bitBackupIncremental)), 0);
}

TEST(D27, BeginKnowsOnlyTheIncrementalBit) {
  Sequence call;
  for (const uint32_t grbit : {0x4u, 0x8u, 0x10u, 0x20u, 0x40u}) {
    EXPECT_EQ(call(Begin(grbit)), JET_errInvalidGrbit);
  }
}

TEST(D28, AfterStopServiceOnlyCallsThatGiveBackPass) {
  Sequence call;
  call(Calls(Op::kBeginTransaction));
  call(Calls(Op::kStopService));
  EXPECT_EQ(call(Calls(Op::kInsertRow)), JET_errClientRequestToStopJetService);
  EXPECT_EQ(call(Calls(Op::kCommitTransaction)), JET_errClientRequestToStopJetService);
  EXPECT_EQ(call(Calls(Op::kRollback)), 0);
  EXPECT_EQ(call(Calls(Op::kDetachDatabase)), JET_errDatabaseInUse);
  EXPECT_EQ(call(Stop()), 0);
  EXPECT_EQ(call(Term()), 0);
}

TEST(D32, AnOpenTransactionRefusesEveryTerminationButADirtyOne) {
  Sequence call;
  call(Calls(Op::kBeginTransaction));
  call(Begin());
  EXPECT_EQ(call(Term()), JET_errBackupInProgress);
  EXPECT_EQ(call(Term(JET_bitTermStopBackup)), JET_errTooManyActiveUsers);
  EXPECT_EQ(call.backup(), BackupState{}) << "the backup was stopped all the same";
  EXPECT_EQ(call(Term(JET_bitTermDirty)), JET_errDirtyShutdown);
}

TEST(D34, ARefusedTerminationLeavesBackupsAllowed) {
  Sequence call;
  call(Begin());
  EXPECT_EQ(call(Term()), JET_errBackupInProgress);
  call(End());
  EXPECT_EQ(call(Begin()), 0);
}

TEST(D36, StopServiceSucceedsOnACreatedInstance) {
  Sequence call(Snapshot{});
  call(Calls(Op::kCreateInstance));
  EXPECT_EQ(call(Calls(Op::kStopService)), 0);
  EXPECT_EQ(call({.op = Op::kStopServiceInstance2}), 0);
}

TEST(D39, AFailedInitFreesTheInstance) {
  Sequence call(Snapshot{});
  call(Calls(Op::kCreateInstance));
  Call init = Calls(Op::kInit);
  init.environment.fault = Fault::kIo;
  EXPECT_EQ(call(init, {}, true), JET_errDiskIO);
  EXPECT_EQ(call(Term()), JET_errInvalidParameter);
}

TEST(D40, ADatabaseCanBeCreatedDuringABackup) {
  Sequence call;
  call(Begin());
  EXPECT_EQ(call({.op = Op::kCreateDatabase, .database = 1}), 0);
  call(Calls(Op::kGetAttachInfo));
  EXPECT_EQ(call.last().databases, 3);
}

TEST(C21, ACopiedDatabaseStaysCopiedWhenItIsOpenedAgain) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1, 4));
  call(Read(1, 4));
  call(Close(1));
  call(OpenDatabase(), Opened(2, 4));
  call(Close(2));
  EXPECT_EQ(call.backup().copied, 1);
}

TEST(C21, AFailedReadTakesTheDatabaseOutOfTheBackup) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1, 4));
  call(Read(1, 4));
  call(Close(1));
  call(OpenDatabase(), Opened(2, 4));
  Call read = Read(2);
  read.environment.fault = Fault::kIo;
  EXPECT_EQ(call(read, {}, true), JET_errDiskIO);
  EXPECT_EQ(call.backup().copied, 0);
  EXPECT_EQ(call(Close(2)), JET_errInvalidParameter) << "the handle has closed itself";
}

TEST(Truncation, AfterItAListedLogMayBeGone) {
  Sequence call;
  CopyEverything(call);
  call(Calls(Op::kTruncateLog));
  Lifecycle lifecycle;
  std::vector<Alternative> ways;
  lifecycle.Explain(call.state(), OpenLog(3), Stage::kOnly, Code(JET_errMissingFileToBackup),
                    &ways);
  ASSERT_EQ(ways.size(), 1u);
  EXPECT_EQ(ways[0].next.instances[0].backup, BackupState{});
  ways.clear();
  lifecycle.Explain(call.state(), OpenLog(3), Stage::kOnly, Opened(9, 2), &ways);
  EXPECT_EQ(ways.size(), 1u);
}

TEST(Truncation, BeforeItAListedLogIsThere) {
  Sequence call;
  call(Begin());
  call(Calls(Op::kGetLogInfo), Listed(3, 4));
  Lifecycle lifecycle;
  std::vector<Alternative> ways;
  lifecycle.Explain(call.state(), OpenLog(3), Stage::kOnly, Code(JET_errMissingFileToBackup),
                    &ways);
  EXPECT_TRUE(ways.empty());
}

TEST(Outputs, MustBeWhatTheStateSays) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1, 6));
  Lifecycle lifecycle;
  const auto fits = [&](const Call& next, const Outcome& outcome) {
    std::vector<Alternative> ways;
    lifecycle.Explain(call.state(), next, Stage::kOnly, outcome, &ways);
    return !ways.empty();
  };
  EXPECT_TRUE(fits(Read(1, 4), Gave(4)));
  EXPECT_TRUE(fits(Read(1, 4), Gave(4, 0)));
  EXPECT_FALSE(fits(Read(1, 4), Gave(4, 1)));
  EXPECT_FALSE(fits(Read(1, 4), Gave(3)));
  EXPECT_TRUE(fits(Calls(Op::kGetAttachInfo), {.databases = 1}));
  EXPECT_FALSE(fits(Calls(Op::kGetAttachInfo), {.databases = 3}));
  call(Close(1));
  EXPECT_FALSE(fits(OpenDatabase(), Opened(1))) << "a handle is never given out again";
  EXPECT_TRUE(fits(OpenDatabase(), Opened(2)));
  EXPECT_FALSE(fits(Calls(Op::kGetLogInfo), Listed(2, 1)));
  call(Calls(Op::kGetLogInfo), Listed(3, 4));
  EXPECT_TRUE(fits(Calls(Op::kGetLogInfo), Listed(3, 4)));
  EXPECT_FALSE(fits(Calls(Op::kGetLogInfo), Listed(3, 5)));
  EXPECT_TRUE(fits(Calls(Op::kGetTruncateLogInfo), Listed(1, 0)));
  EXPECT_FALSE(fits(Calls(Op::kGetTruncateLogInfo), Listed(1, 5)));
}

TEST(Describe, IsShortAndFitsItsBuffer) {
  Sequence call;
  call(Begin());
  call(OpenDatabase(), Opened(1, 6));
  call(Stop());
  char buffer[200];
  EXPECT_STREQ(Describe(call.state(), buffer, sizeof buffer),
               "ready, full databases phase, stopped, file 1 open (database 0, 0 of 6 pages)");
  char tiny[6];
  EXPECT_STREQ(Describe(call.state(), tiny, sizeof tiny), "ready");
}

}  // namespace
}  // namespace backstop::model
