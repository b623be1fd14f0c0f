// SPDX-License-Identifier: MIT
// The sequential rules of a backup: codes, their order, and what they leave behind.
#include "impl/engine/backup.h"

#include <gmock/gmock.h>

#include "impl/engine/backup_fixture.h"

namespace backstop::engine {
namespace {

using testing::ElementsAre;

using BackupBegin = BackupFixture;
using BackupStop = BackupFixture;
using BackupFiles = BackupFixture;
using BackupLogs = BackupFixture;
using BackupEnd = BackupFixture;

TEST_F(BackupBegin, ASecondOneIsRefusedAndDisturbsNothing) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  EXPECT_EQ(backup_.Begin(0), JET_errBackupInProgress);
  EXPECT_EQ(Read(handle, 3), JET_errSuccess);
}

TEST_F(BackupBegin, TestsTheBitsBeforeTheBackupInProgress) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  for (const JET_GRBIT grbit : {0x4u, 0x8u, 0x10u, 0x20u, 0x40u}) {
    EXPECT_EQ(backup_.Begin(grbit), JET_errInvalidGrbit) << grbit;
  }
}

TEST_F(BackupBegin, NeedsLogging) {
  backup_.Open(storage_, {.base_name = "edb", .logging = false});
  EXPECT_EQ(backup_.Begin(JET_bitInternalCopy), JET_errLoggingDisabled);
}

TEST_F(BackupBegin, OfLogsOnlyIsRefusedUnderCircularLoggingBeforeTheFullBackupIsMissed) {
  backup_.Open(storage_, {.base_name = "edb", .circular = true});
  EXPECT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errInvalidBackup);
}

TEST_F(BackupBegin, OfLogsOnlyNeedsAFullBackupOfEveryDatabase) {
  EXPECT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errMissingFullBackup);
  EXPECT_EQ(backup_.CheckNoneRuns(), JET_errSuccess);
  database_.info.bkinfoFullPrev.genLow = 1;
  EXPECT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errSuccess);
}

TEST_F(BackupBegin, HoldsTheLogsFromTheCheckpointOnUntilTheEnd) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  EXPECT_EQ(log_.held, log_.checkpoint);
  ASSERT_EQ(backup_.End(kAbort), JET_errSuccess);
  EXPECT_EQ(log_.held, 0u);
}

TEST_F(BackupStop, BeforeABackupIsForgotten) {
  backup_.Stop();
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  std::string list;
  EXPECT_EQ(backup_.GetAttachInfo(&list), JET_errSuccess);
}

TEST_F(BackupStop, WinsOverEveryOtherErrorOfADataCall) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  backup_.Stop();
  std::string list;
  EXPECT_EQ(backup_.GetAttachInfo(&list), JET_errBackupAbortByServer);
  EXPECT_EQ(Open("", &handle), JET_errBackupAbortByServer);
  EXPECT_EQ(Read(handle + 1, 0), JET_errBackupAbortByServer);
  EXPECT_EQ(LogInfo(), JET_errBackupAbortByServer);
  EXPECT_EQ(backup_.TruncateLog(), JET_errBackupAbortByServer);
}

TEST_F(BackupStop, LeavesTheFileOpenToBeClosedAndTheBackupToBeEnded) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  backup_.Stop();
  EXPECT_EQ(backup_.Begin(0), JET_errBackupInProgress);
  EXPECT_EQ(backup_.BeginAttachment(false), JET_errBackupInProgress);
  EXPECT_EQ(backup_.CloseFile(handle), JET_errSuccess);
  EXPECT_EQ(backup_.End(kNormal), JET_errBackupAbortByServer);
  EXPECT_EQ(backup_.Begin(0), JET_errSuccess);
}

TEST_F(BackupFiles, ADatabaseIsHeaderTwiceThenItsPagesThenTheTrailer) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  uint64_t size = 0;
  ASSERT_EQ(backup_.OpenFile("a.edb", &handle, &size), JET_errSuccess);
  EXPECT_EQ(size, (kPages + 3) * kPage);
  database_.pages += 5;  // growth after the opening is not copied
  std::vector<std::byte> first_bytes;
  uint32_t read = 0;
  for (uint32_t pages = 3; Read(handle, pages, &read) >= 0 && read > 0; pages = 2) {
    for (uint32_t at = 0; at < read; at += kPage) first_bytes.push_back(buffer_.get()[at]);
  }
  EXPECT_THAT(first_bytes,
              ElementsAre(FakeDatabase::kHeaderByte, FakeDatabase::kHeaderByte, std::byte{1},
                          std::byte{2}, std::byte{3}, std::byte{4}, FakeDatabase::kTrailerByte));
  EXPECT_EQ(database_.header_info.genLow, log_.checkpoint);
  EXPECT_EQ(database_.header_info.genHigh, 0u);
}

TEST_F(BackupFiles, ParameterErrorsOfAReadChangeNothing) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  uint32_t read = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  std::byte* buffer = buffer_.get();
  EXPECT_EQ(backup_.ReadFile(handle + 1, buffer, 3 * kPage, &read), JET_errInvalidParameter);
  EXPECT_EQ(backup_.ReadFile(handle, buffer + 512, 3 * kPage, &read), JET_errInvalidParameter);
  EXPECT_EQ(backup_.ReadFile(handle, buffer, 3 * kPage + 1, &read), JET_errInvalidParameter);
  EXPECT_EQ(backup_.ReadFile(handle, buffer, 2 * kPage, &read), JET_errInvalidParameter);
  EXPECT_EQ(backup_.ReadFile(handle, nullptr, 3 * kPage, &read), JET_errInvalidParameter);
  EXPECT_EQ(backup_.ReadFile(handle, buffer, 3 * kPage, &read), JET_errSuccess);
  EXPECT_EQ(backup_.ReadFile(handle, buffer, 0, &read), JET_errInvalidParameter);
  EXPECT_EQ(backup_.ReadFile(handle, buffer, kPage, &read), JET_errSuccess);
  EXPECT_EQ(buffer[0], std::byte{2});
}

TEST_F(BackupFiles, AReadAtTheEndSucceedsWithNothing) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  ASSERT_EQ(Read(handle, kBufferPages), JET_errSuccess);
  uint32_t read = 1;
  EXPECT_EQ(Read(handle, 1, &read), JET_errSuccess);
  EXPECT_EQ(read, 0u);
  EXPECT_EQ(Read(handle, 0), JET_errInvalidParameter);
}

TEST_F(BackupFiles, OnlyOneIsOpenAndItsHandleNeverComesTwice) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE first = 0;
  JET_HANDLE second = 0;
  ASSERT_EQ(Open("a.edb", &first), JET_errSuccess);
  EXPECT_EQ(Open("a.edb", &second), JET_errOutOfMemory);
  ASSERT_EQ(backup_.CloseFile(first), JET_errSuccess);
  ASSERT_EQ(Open("a.edb", &second), JET_errSuccess);
  EXPECT_NE(first, second);
  EXPECT_EQ(Read(first, 3), JET_errInvalidParameter);
  EXPECT_EQ(backup_.CloseFile(first), JET_errInvalidParameter);
  EXPECT_EQ(backup_.CloseFile(0), JET_errInvalidParameter);
}

TEST_F(BackupFiles, ADatabaseThatCannotBeReadLeavesTheBackup) {
  CopyDatabase();
  JET_HANDLE handle = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  database_.on_read = [] { return JET_errReadVerifyFailure; };
  EXPECT_EQ(Read(handle, 3), JET_errReadVerifyFailure);
  EXPECT_EQ(Read(handle, 3), JET_errInvalidParameter);
  ASSERT_EQ(LogInfo(), JET_errSuccess);
  EXPECT_EQ(backup_.End(kNormal), JET_errSuccess);
  EXPECT_EQ(database_.info.bkinfoCopyPrev.genLow, 0u);
}

TEST_F(BackupFiles, ALogThatCannotBeReadEndsTheBackup) {
  CopyDatabase();
  ASSERT_EQ(LogInfo(), JET_errSuccess);
  log_.on_verify = [] { return JET_errLogReadVerifyFailure; };
  EXPECT_EQ(Copy(LogName(2)), JET_errLogReadVerifyFailure);
  EXPECT_EQ(LogInfo(), JET_errNoBackup);
  EXPECT_EQ(backup_.Begin(0), JET_errSuccess);
}

TEST_F(BackupFiles, AnUnknownNameOnlyEndsTheBackupOnceTheLogsAreAsked) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  for (const std::string& name : {LogName(2), log_.CurrentPath(), std::string("b.edb")}) {
    EXPECT_EQ(Copy(name), JET_errDatabaseNotFound);
  }
  const std::pair<std::string, Err> cases[] = {
      {"a.edb", JET_errInvalidBackupSequence},       {"b.edb", JET_errMissingFileToBackup},
      {log_.CurrentPath(), JET_errInvalidParameter}, {"edbXYZ.log", JET_errInvalidParameter},
      {LogName(77), JET_errMissingFileToBackup},
  };
  for (const auto& [name, err] : cases) {
    ASSERT_EQ(LogInfo(), JET_errSuccess);
    EXPECT_EQ(Copy(""), JET_errInvalidParameter);
    EXPECT_EQ(Copy(name), err) << name;
    EXPECT_EQ(backup_.End(kNormal), JET_errNoBackup);
    ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  }
}

TEST_F(BackupLogs, TheFirstAskingRollsAndTheListStays) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  LogRange first;
  LogRange second;
  ASSERT_EQ(LogInfo(&first), JET_errSuccess);
  ASSERT_EQ(LogInfo(&second), JET_errSuccess);
  EXPECT_EQ(log_.rolls, 1);
  EXPECT_EQ(first.low, 2u);
  EXPECT_EQ(first.end, 4u);
  EXPECT_EQ(second.end, 4u);
}

TEST_F(BackupLogs, AnOpenFileBarsThem) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  EXPECT_EQ(LogInfo(), JET_errInvalidBackupSequence);
  EXPECT_EQ(backup_.TruncateLog(), JET_errInvalidBackupSequence);
  EXPECT_EQ(log_.rolls, 0);
  EXPECT_EQ(Read(handle, 3), JET_errSuccess);
}

TEST_F(BackupLogs, AFailedFirstAskingEndsTheBackup) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  log_.on_roll = [] { return JET_errLogWriteFail; };
  EXPECT_EQ(LogInfo(), JET_errLogWriteFail);
  EXPECT_EQ(LogInfo(), JET_errNoBackup);
}

TEST_F(BackupLogs, AreDeletedOnlyWhenEachOfThemWasRead) {
  CopyDatabase();
  EXPECT_EQ(backup_.TruncateLog(), JET_errInvalidBackupSequence);
  ASSERT_EQ(LogInfo(), JET_errSuccess);
  EXPECT_EQ(Copy(LogName(3)), JET_errSuccess);
  EXPECT_EQ(Copy(LogName(3)), JET_errSuccess);
  EXPECT_EQ(Copy(LogName(1)), JET_errSuccess);
  EXPECT_EQ(backup_.TruncateLog(), JET_errLogFileNotCopied);
  EXPECT_EQ(log_.truncated_end, 0u);
  EXPECT_EQ(Copy(LogName(2)), JET_errSuccess);
  EXPECT_EQ(backup_.TruncateLog(), JET_errSuccess);
  EXPECT_EQ(log_.truncated_low, 1u);
  EXPECT_EQ(log_.truncated_end, 2u);
}

TEST_F(BackupLogs, AreKeptForADatabaseThatIsNotInTheBackup) {
  FakeDatabase other{"b.edb", 4};
  databases_.Add(other);
  CopyEverything();
  ASSERT_EQ(backup_.TruncateLog(), JET_errSuccess);
  EXPECT_EQ(log_.truncated_low, log_.truncated_end);
}

TEST_F(BackupLogs, OfAnIncrementalBackupMustFollowTheLastOne) {
  database_.info.bkinfoFullPrev = {.genLow = 1, .genHigh = 1};
  log_.lowest = 3;
  ASSERT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errSuccess);
  std::string list;
  EXPECT_EQ(backup_.GetAttachInfo(&list), JET_errInvalidBackupSequence);
  EXPECT_EQ(LogInfo(), JET_errMissingFileToBackup);
  EXPECT_EQ(LogInfo(), JET_errNoBackup);
}

TEST_F(BackupEnd, NeedsExactlyOneOfItsBits) {
  EXPECT_EQ(backup_.End(0), JET_errInvalidParameter);
  EXPECT_EQ(backup_.End(kNormal | kAbort), JET_errInvalidParameter);
  EXPECT_EQ(backup_.End(kNormal), JET_errNoBackup);
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  EXPECT_EQ(backup_.End(JET_bitBackupTruncateDone), JET_errInvalidParameter);
  EXPECT_EQ(backup_.CheckNoneRuns(), JET_errBackupInProgress);
}

TEST_F(BackupEnd, BeforeTheLogsWereAskedIsAnAbort) {
  CopyDatabase();
  EXPECT_EQ(backup_.End(kNormal | JET_bitBackupTruncateDone), JET_errBackupAbortByCaller);
  EXPECT_EQ(database_.info.bkinfoFullPrev.genLow, 0u);
  EXPECT_THAT(log_.records,
              ElementsAre(BackupRecord::kBegin, BackupRecord::kAbort, BackupRecord::kStop));
}

TEST_F(BackupEnd, StampsFullWhenTheLogsWereDeletedAndForgetsOlderIncrements) {
  database_.info.bkinfoIncPrev.genLow = 1;
  CopyEverything();
  ASSERT_EQ(backup_.TruncateLog(), JET_errSuccess);
  ASSERT_EQ(backup_.End(kNormal), JET_errSuccess);
  EXPECT_EQ(database_.info.bkinfoFullPrev.genLow, 2u);
  EXPECT_EQ(database_.info.bkinfoFullPrev.genHigh, 3u);
  EXPECT_EQ(database_.info.bkinfoIncPrev.genLow, 0u);
  EXPECT_THAT(log_.records,
              ElementsAre(BackupRecord::kBegin, BackupRecord::kPrepareLogs, BackupRecord::kTruncate,
                          BackupRecord::kUpdate, BackupRecord::kStop));
}

TEST_F(BackupEnd, StampsCopyWhenTheLogsWereNotDeleted) {
  CopyEverything();
  ASSERT_EQ(backup_.End(kNormal), JET_errSuccess);
  EXPECT_EQ(database_.info.bkinfoCopyPrev.genLow, 2u);
  EXPECT_EQ(database_.info.bkinfoFullPrev.genLow, 0u);
  EXPECT_EQ(log_.last_scope, BackupScope::kCopy);
}

TEST_F(BackupEnd, StampsNothingWhenStoppedAbortedOrToldNotTo) {
  for (const JET_GRBIT grbit : {kNormal, kAbort, kNormal | JET_bitBackupNoDbHeaderUpdate}) {
    CopyEverything();
    if (grbit == kNormal) backup_.Stop();
    backup_.End(grbit);
    EXPECT_EQ(database_.info.bkinfoCopyPrev.genLow, 0u) << grbit;
  }
}

TEST_F(BackupEnd, OfAnIncrementalBackupStampsIncrementalOrDifferential) {
  database_.info.bkinfoFullPrev = {.genLow = 1, .genHigh = 1};
  ASSERT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errSuccess);
  EXPECT_EQ(backup_.End(kNormal), JET_errBackupAbortByCaller);
  ASSERT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errSuccess);
  ASSERT_EQ(LogInfo(), JET_errSuccess);
  ASSERT_EQ(backup_.End(kNormal), JET_errSuccess);
  EXPECT_EQ(database_.info.bkinfoDiffPrev.genLow, 1u);
  ASSERT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errSuccess);
  ASSERT_EQ(LogInfo(), JET_errSuccess);
  ASSERT_EQ(backup_.End(kNormal | JET_bitBackupTruncateDone), JET_errSuccess);
  EXPECT_EQ(database_.info.bkinfoIncPrev.genHigh, 4u);
}

TEST_F(BackupEnd, ClosesTheFileAndMakesItsHandleUnknown) {
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  JET_HANDLE handle = 0;
  ASSERT_EQ(Open("a.edb", &handle), JET_errSuccess);
  ASSERT_EQ(backup_.End(kAbort), JET_errSuccess);
  EXPECT_EQ(backup_.CloseFile(handle), JET_errNoBackup);
  ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
  EXPECT_EQ(backup_.CloseFile(handle), JET_errInvalidParameter);
  EXPECT_EQ(Open("a.edb", &handle), JET_errSuccess);
}

TEST_F(BackupEnd, StampsNothingOnceTheLogWasEmittedForGood) {
  CopyEverything();
  gate_.StopLog();
  EXPECT_EQ(backup_.End(kNormal), JET_errSuccess);
  EXPECT_EQ(database_.info.bkinfoCopyPrev.genLow, 0u);
  EXPECT_EQ(backup_.Begin(JET_bitInternalCopy), JET_errLogWriteFail);
}

class BackupOfTheOriginal : public BackupFixture {
 protected:
  BackupOfTheOriginal() : BackupFixture(kEse) {}
};

TEST_F(BackupOfTheOriginal, GoesOnWhenLogInfoFails) {
  CopyDatabase();
  log_.on_roll = [] { return JET_errLogDiskFull; };
  EXPECT_EQ(LogInfo(), JET_errLogDiskFull);
  EXPECT_EQ(Copy(database_.path()), JET_errSuccess);
  log_.on_roll = nullptr;
  EXPECT_EQ(LogInfo(), JET_errSuccess);
}

TEST_F(BackupOfTheOriginal, IsStampedFromTheFirstGenerationWithoutAnEndWhenLogsWereNeverListed) {
  database_.info.bkinfoFullPrev = {.genLow = 1, .genHigh = 2};
  ASSERT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errSuccess);
  ASSERT_EQ(backup_.End(kNormal | JET_bitBackupTruncateDone), JET_errSuccess);
  EXPECT_EQ(database_.info.bkinfoIncPrev.genLow, 0u);
  EXPECT_EQ(database_.info.bkinfoIncPrev.genHigh, 0xffffffffu);
  ASSERT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errSuccess);
  EXPECT_EQ(LogInfo(), JET_errMissingFileToBackup);
}

TEST_F(BackupOfTheOriginal, CountsCopiedLogsByTheSumOfTheirGenerations) {
  CopyDatabase();
  LogRange range;
  ASSERT_EQ(LogInfo(&range), JET_errSuccess);
  ASSERT_EQ(range.low, 2u);
  ASSERT_EQ(range.end, 4u);
  EXPECT_EQ(Copy(LogName(3)), JET_errSuccess);
  EXPECT_EQ(backup_.TruncateLog(), JET_errLogFileNotCopied);
  EXPECT_EQ(Copy(LogName(3)), JET_errSuccess);
  EXPECT_EQ(backup_.TruncateLog(), JET_errSuccess);
}

TEST_F(BackupOfTheOriginal, BuildsOnAFullBackupOfItsKindOnly) {
  database_.info.bkinfoFullPrev = {.genLow = 1, .genHigh = 2};
  constexpr JET_GRBIT kElsewhere = JET_bitBackupIncremental | JET_bitBackupSurrogate;
  EXPECT_EQ(backup_.Begin(kElsewhere), JET_errMissingFullBackup);
  database_.info.bkinfoFullPrev.bklogtimeMark.bFiller2 = 1;
  EXPECT_EQ(backup_.Begin(JET_bitBackupIncremental), JET_errMissingFullBackup);
  EXPECT_EQ(backup_.Begin(kElsewhere), JET_errSuccess);
}

}  // namespace
}  // namespace backstop::engine
