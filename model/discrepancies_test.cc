// SPDX-License-Identifier: MIT
// Rules that the codes of a sequence do not show: what calls leave in the state and give out. The
// codes of every discrepancy are in contract/golden.
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

TEST(D32, AnOpenTransactionRefusesEveryTerminationButADirtyOne) {
  Sequence call;
  call(Calls(Op::kBeginTransaction));
  call(Begin());
  EXPECT_EQ(call(Term()), JET_errBackupInProgress);
  EXPECT_EQ(call(Term(JET_bitTermStopBackup)), JET_errTooManyActiveUsers);
  EXPECT_EQ(call.backup(), BackupState{}) << "the backup was stopped all the same";
  EXPECT_EQ(call(Term(JET_bitTermDirty)), JET_errDirtyShutdown);
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
