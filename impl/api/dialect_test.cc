// SPDX-License-Identifier: MIT
// Each difference between the dialects, through the C API: the same calls under both contracts.
#include <gmock/gmock.h>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

using testing::IsEmpty;
using testing::Not;

constexpr JET_GRBIT kSurrogate = JET_bitBackupSurrogate;

class Dialects : public testing::WithParamInterface<const char*>, public DatabaseFixture {
 protected:
  Dialects() : DatabaseFixture(*engine::FindDialect(GetParam())) {}

  static bool ese() { return std::string(GetParam()) == "ese"; }
  /// The code of the dialect under test.
  static JET_ERR Code(JET_ERR strict, JET_ERR ese_code) { return ese() ? ese_code : strict; }

  JET_DBINFOMISC4 Info() {
    JET_DBINFOMISC4 info = {};
    EXPECT_CODE(JetGetDatabaseInfo(session_, dbid_, &info, sizeof info, JET_DbInfoMisc),
                JET_errSuccess);
    return info;
  }
  /// A full backup that leaves the base for incremental ones.
  void MakeFullBackup() {
    ASSERT_OK(Begin());
    CopyDatabase();
    CopyLogs();
    ASSERT_OK(Truncate());
    ASSERT_OK(End(kNormal));
  }
  JET_ERR OpenSection(uint64_t offset, int32_t sections = 1) {
    JET_HANDLE handle = 0;
    return JetOpenFileSectionInstance(instance_, database_.c_str(), &handle, 0, sections, offset,
                                      nullptr, nullptr);
  }
};

INSTANTIATE_TEST_SUITE_P(Both, Dialects, testing::Values("strict", "ese"),
                         [](const auto& test) { return std::string(test.param); });

// -- the end of a backup --

TEST_P(Dialects, AStoppedBackupIsNeverGoodWhateverItsEndReturns) {
  ASSERT_OK(Begin());
  CopyDatabase();
  CopyLogs();
  ASSERT_OK(Truncate());
  ASSERT_OK(Stop());
  EXPECT_CODE(End(kNormal), Code(JET_errBackupAbortByServer, JET_errSuccess));
  EXPECT_EQ(Info().bkinfoFullPrev.genLow, 0u);
  EXPECT_CODE(End(kNormal), JET_errNoBackup);
}

TEST_P(Dialects, ABackupEndedBeforeItsLogsIsNeverGood) {
  ASSERT_OK(Begin());
  CopyDatabase();
  EXPECT_CODE(End(kNormal), Code(JET_errBackupAbortByCaller, JET_errSuccess));
  EXPECT_EQ(Info().bkinfoCopyPrev.genLow, 0u);
  EXPECT_CODE(End(kAbort), JET_errNoBackup);
}

TEST_P(Dialects, OnlyTheOriginalRemembersAnIncrementalBackupWithoutLogs) {
  MakeFullBackup();
  ASSERT_OK(Begin(kIncremental));
  EXPECT_CODE(End(kNormal), Code(JET_errBackupAbortByCaller, JET_errSuccess));
  const JET_BKINFO differential = Info().bkinfoDiffPrev;
  EXPECT_EQ(differential.genLow, 0u);
  EXPECT_EQ(differential.genHigh, ese() ? 0xffffffffu : 0u);
}

TEST_P(Dialects, TheBitOfAnotherMachineAbortsALocalBackupOfTheOriginalOnly) {
  ASSERT_OK(Begin());
  CopyDatabase();
  CopyLogs();
  ASSERT_OK(End(kNormal | kSurrogate));
  EXPECT_EQ(Info().bkinfoCopyPrev.genLow == 0, ese());
}

TEST_P(Dialects, TheBitsOfAnEndAreTestedBeforeTheBackup) {
  for (const JET_GRBIT grbit : {0u, kNormal | kAbort, JET_bitBackupTruncateDone}) {
    EXPECT_CODE(End(grbit), JET_errInvalidParameter);
  }
}

// -- the kinds of a backup --

TEST_P(Dialects, OnlyTheOriginalKnowsBackupsByAnotherMachine) {
  ASSERT_EQ(Begin(kSurrogate), Code(JET_errInvalidGrbit, JET_errSuccess));
  if (!ese()) return;
  EXPECT_CODE(Begin(), JET_errSurrogateBackupInProgress);
  EXPECT_CODE(AttachInfo(), JET_errNoBackup);
  EXPECT_CODE(Close(0), JET_errNoBackup);
  EXPECT_CODE(JetDetachDatabase(session_, database_.c_str()), JET_errSurrogateBackupInProgress);
  EXPECT_CODE(JetTerm2(instance_, 0), JET_errSurrogateBackupInProgress);
  EXPECT_CODE(End(kNormal), JET_errSuccess);
  EXPECT_CODE(End(kNormal), JET_errNoBackup);
}

TEST_P(Dialects, AnotherMachinesIncrementalBackupNeedsAFullOneOfItsKind) {
  MakeFullBackup();
  EXPECT_CODE(Begin(kSurrogate | kIncremental),
              Code(JET_errInvalidGrbit, JET_errMissingFullBackup));
  EXPECT_CODE(Begin(kIncremental), JET_errSuccess);
}

TEST_P(Dialects, OnlyTheOriginalKnowsInternalCopies) {
  EXPECT_CODE(Begin(JET_bitInternalCopy | kIncremental), JET_errInvalidGrbit);
  EXPECT_CODE(Begin(JET_bitInternalCopy), Code(JET_errInvalidGrbit, JET_errSuccess));
  EXPECT_CODE(Begin(JET_bitBackupAtomic), JET_errInvalidGrbit);
  EXPECT_CODE(AttachInfo(), Code(JET_errNoBackup, JET_errSuccess));
}

TEST_P(Dialects, CircularLoggingRefusesWhatNeedsOldLogsBeforeTheBackupInProgress) {
  JET_INSTANCE circular = CreateInstance("second");
  SetNumber(&circular, JET_paramCircularLog, 1);
  ASSERT_OK(JetInit(&circular));
  ASSERT_OK(JetBeginExternalBackupInstance(circular, 0));
  EXPECT_CODE(JetBeginExternalBackupInstance(circular, kIncremental), JET_errInvalidBackup);
  EXPECT_CODE(JetBeginExternalBackupInstance(circular, kSurrogate),
              Code(JET_errInvalidGrbit, JET_errInvalidBackup));
}

// -- files --

TEST_P(Dialects, TheHandleOfTheOriginalIsTheSlot) {
  ASSERT_OK(Begin());
  JET_HANDLE handle = 77;
  ASSERT_OK(Open(database_, &handle));
  EXPECT_EQ(handle == 0, ese());
  EXPECT_CODE(Close(JET_instanceNil), JET_errInvalidParameter);
  // Only the lower half of the number is looked at (C-23).
  EXPECT_CODE(Close(uint64_t{1} << 32), Code(JET_errInvalidParameter, JET_errSuccess));
}

TEST_P(Dialects, AClosedFileOfTheOriginalReadsLikeAnEmptyLog) {
  ASSERT_OK(Begin());
  uint32_t read = 77;
  EXPECT_CODE(Read(0, 2, &read), Code(JET_errInvalidParameter, JET_errSuccess));
  EXPECT_EQ(read, ese() ? 0u : 77u);
  EXPECT_CODE(Read(0, 1), JET_errInvalidParameter);
  EXPECT_CODE(JetReadFileInstance(instance_, 0, buffer_.data() + 512, 2 * kPage, nullptr),
              JET_errInvalidParameter);
  EXPECT_CODE(JetReadFileInstance(instance_, 0, buffer_.data(), 2 * kPage + 1, nullptr),
              JET_errInvalidParameter);
}

TEST_P(Dialects, WhereTheOriginalCrashesAReadIsRefused) {
  ASSERT_OK(Begin());
  JET_HANDLE handle = 0;
  ASSERT_OK(Open(database_, &handle));
  ASSERT_OK(End(kAbort));
  ASSERT_OK(Begin());
  EXPECT_CODE(Read(0, 3), JET_errInvalidParameter);
  // An opening that fails forgets the database that was left there.
  EXPECT_CODE(Open("no.edb", &handle), JET_errDatabaseNotFound);
  EXPECT_CODE(Read(0, 3), Code(JET_errInvalidParameter, JET_errSuccess));
}

TEST_P(Dialects, OnlyTheOriginalOpensWhatIsNoLogAmongTheLogs) {
  ASSERT_OK(Begin());
  ASSERT_OK(LogInfo());
  JET_HANDLE handle = 0;
  const std::string checkpoint = directory_ + "first/edb.chk";
  ASSERT_EQ(Open(checkpoint, &handle), Code(JET_errMissingFileToBackup, JET_errSuccess));
  if (!ese()) return;
  EXPECT_CODE(Read(handle, 2), JET_errInvalidParameter);
  EXPECT_CODE(Close(handle), JET_errSuccess);
  EXPECT_CODE(Open(directory_ + "no.edb", &handle), JET_errMissingFileToBackup);
  EXPECT_CODE(LogInfo(), JET_errNoBackup);
}

TEST_P(Dialects, AMissingPlaceForTheHandleChangesNothing) {
  ASSERT_OK(Begin());
  const auto open = [this](const std::string& name) {
    return JetOpenFileInstance(instance_, name.c_str(), nullptr, nullptr, nullptr);
  };
  EXPECT_CODE(open(database_), JET_errInvalidParameter);
  EXPECT_CODE(open("no.edb"), Code(JET_errInvalidParameter, JET_errDatabaseNotFound));
  JET_HANDLE handle = 0;
  ASSERT_OK(Open(database_, &handle));
  EXPECT_CODE(open(database_), Code(JET_errInvalidParameter, JET_errOutOfMemory));
}

TEST_P(Dialects, ASectionBeginsAtAPageOfTheDatabase) {
  EXPECT_CODE(OpenSection(0, 2), JET_wrnNyi);
  EXPECT_CODE(OpenSection(100), JET_errNoBackup);
  ASSERT_OK(Begin());
  for (const uint64_t offset : {100u, kPage, 5 * kPage + 1}) {
    EXPECT_CODE(OpenSection(offset), JET_errInvalidParameter);
  }
  EXPECT_CODE(OpenSection(4 * kPage), JET_errSuccess);
  EXPECT_CODE(OpenSection(100), JET_errInvalidParameter);
  EXPECT_CODE(OpenSection(0), JET_errOutOfMemory);
}

TEST_P(Dialects, UnloggedAndReadOnlyDatabasesAreCopiedUnaskedByNobody) {
  JET_DBID other = 0;
  const std::string unlogged = DatabasePath("u.edb");
  ASSERT_OK(JetCreateDatabase(session_, unlogged.c_str(), nullptr, &other, JET_bitDbRecoveryOff));
  ASSERT_OK(JetCloseDatabase(session_, dbid_, 0));
  ASSERT_OK(JetDetachDatabase(session_, database_.c_str()));
  ASSERT_OK(JetAttachDatabase(session_, database_.c_str(), JET_bitDbReadOnly));
  ASSERT_OK(Begin());
  std::string list;
  ASSERT_OK(AttachInfo(&list));
  EXPECT_THAT(Names(list), IsEmpty());
  for (const std::string& path : {unlogged, database_}) {
    std::vector<std::byte> bytes;
    Copy(path, &bytes);
  }
  CopyLogs();
  ASSERT_OK(End(kNormal));
  JET_DBINFOMISC4 info = {};
  for (const std::string& path : {unlogged, database_}) {
    ASSERT_OK(JetGetDatabaseFileInfo(path.c_str(), &info, sizeof info, JET_DbInfoMisc));
    EXPECT_EQ(info.bkinfoCopyPrev.genHigh, 0u);
  }
  EXPECT_EQ(info.dbstate, JET_dbstateCleanShutdown);
}

// -- logs --

TEST_P(Dialects, TheSameLogManyTimesIsEnoughForTheOriginal) {
  InsertRows(700);
  ASSERT_OK(Begin());
  CopyDatabase();
  std::string list;
  ASSERT_OK(LogInfo(&list));
  const std::vector<std::string> logs = Names(list);
  ASSERT_GT(logs.size(), 1u);
  for (size_t i = 0; i < logs.size() * logs.size(); ++i) {
    std::vector<std::byte> bytes;
    Copy(logs.front(), &bytes);
  }
  EXPECT_CODE(Truncate(), Code(JET_errLogFileNotCopied, JET_errSuccess));
}

TEST_P(Dialects, AListThatIsCutSaysSoInTheWayOfTheDialect) {
  ASSERT_OK(Begin());
  char buffer[5] = {};
  uint32_t size = 77;
  const JET_ERR cut = Code(JET_errSuccess, JET_errBufferTooSmall);
  EXPECT_CODE(JetGetAttachInfoInstance(instance_, buffer, sizeof buffer, &size), cut);
  EXPECT_EQ(size == 77, ese());
  EXPECT_EQ(std::string(buffer, sizeof buffer), database_.substr(0, sizeof buffer));
  EXPECT_CODE(JetGetAttachInfoInstance(instance_, buffer, 0, &size), JET_errSuccess);
  EXPECT_EQ(size, database_.size() + 2);
  EXPECT_CODE(JetGetLogInfoInstance(instance_, buffer, sizeof buffer, nullptr), cut);
  // The list was refused, and yet the logs are the business now.
  JET_HANDLE handle = 0;
  EXPECT_CODE(Open(database_, &handle), JET_errInvalidBackupSequence);
}

TEST_P(Dialects, WideListsCountTheirBytesInTheWayOfTheDialect) {
  ASSERT_OK(Begin());
  JET_WCHAR buffer[4] = {};
  uint32_t size = 0;
  ASSERT_OK(JetGetAttachInfoInstanceW(instance_, buffer, sizeof buffer, &size));
  EXPECT_EQ(size, 2 * (database_.size() + 2));
  EXPECT_EQ(std::string(buffer, buffer + 4), database_.substr(0, 4));
  ASSERT_OK(JetGetLogInfoInstanceW(instance_, nullptr, 0, &size));
  const uint32_t whole = size;
  EXPECT_GT(whole, sizeof buffer);
  ASSERT_OK(JetGetLogInfoInstanceW(instance_, buffer, sizeof buffer, &size));
  EXPECT_EQ(size, ese() ? sizeof buffer : whole);
  ASSERT_OK(JetGetTruncateLogInfoInstanceW(instance_, nullptr, 0, &size));
  JET_LOGINFO_W range = {.cbSize = sizeof(JET_LOGINFO_A)};
  EXPECT_CODE(JetGetLogInfoInstance2W(instance_, nullptr, 0, nullptr, &range),
              JET_errInvalidParameter);
  range.cbSize = sizeof range;
  ASSERT_OK(JetGetLogInfoInstance2W(instance_, nullptr, 0, nullptr, &range));
  EXPECT_EQ(std::string(range.szBaseName, range.szBaseName + 3), "edb");
  EXPECT_GE(range.ulGenHigh, range.ulGenLow);
}

TEST_P(Dialects, AfterTheFinalLogEmissionALogInfoFailsAndTheOriginalGoesOn) {
  ASSERT_OK(Begin());
  ASSERT_EQ(JetStopServiceInstance2(instance_, JET_bitStopServiceStopAndEmitLog),
            JET_wrnCallbackNotRegistered);
  EXPECT_CODE(LogInfo(), JET_errLogWriteFail);
  EXPECT_CODE(AttachInfo(), Code(JET_errNoBackup, JET_errSuccess));
  EXPECT_CODE(Begin(), JET_errLogWriteFail);
  EXPECT_CODE(End(kNormal), Code(JET_errNoBackup, JET_errSuccess));
  EXPECT_CODE(JetTerm2(instance_, 0), JET_errLogWriteFail);
  EXPECT_CODE(Stop(), JET_errInvalidParameter);
}

// -- termination --

TEST_P(Dialects, ARefusedTerminationLeavesTheBackupAndInTheOriginalBarsTheNext) {
  ASSERT_OK(Begin());
  EXPECT_CODE(JetTerm2(instance_, 0), JET_errBackupInProgress);
  EXPECT_CODE(AttachInfo(), JET_errSuccess);
  EXPECT_CODE(Begin(JET_bitBackupAtomic), Code(JET_errInvalidGrbit, JET_errBackupNotAllowedYet));
  EXPECT_CODE(End(kAbort), JET_errSuccess);
  EXPECT_CODE(Begin(), Code(JET_errSuccess, JET_errBackupNotAllowedYet));
}

TEST_P(Dialects, ADirtyTerminationWithALogOpenLosesTheStreamInTheOriginal) {
  ASSERT_OK(Begin());
  std::string list;
  ASSERT_OK(LogInfo(&list));
  JET_HANDLE handle = 0;
  ASSERT_OK(Open(Names(list).front(), &handle));
  EXPECT_CODE(JetTerm2(instance_, JET_bitTermDirty), JET_errDirtyShutdown);
  JET_INSTANCE next = CreateInstance("first");
  EXPECT_CODE(JetInit(&next), Code(JET_errSuccess, JET_errFileAccessDenied));
}

TEST_P(Dialects, ADirtyTerminationWithADatabaseOpenLosesNothing) {
  ASSERT_OK(Begin());
  JET_HANDLE handle = 0;
  ASSERT_OK(Open(database_, &handle));
  EXPECT_CODE(JetTerm2(instance_, JET_bitTermDirty), JET_errDirtyShutdown);
  instance_ = StartInstance("first");
  session_ = BeginSession(instance_);
  EXPECT_CODE(JetAttachDatabase(session_, database_.c_str(), 0), JET_errSuccess);
}

// -- information --

TEST_P(Dialects, TheInstancesAreListedInOneBlockOfMemory) {
  JET_INSTANCE created = CreateInstance("created");
  uint32_t count = 0;
  JET_INSTANCE_INFO_A* infos = nullptr;
  EXPECT_CODE(JetGetInstanceInfo(&count, nullptr), JET_errInvalidParameter);
  ASSERT_OK(JetGetInstanceInfo(&count, &infos));
  ASSERT_EQ(count, 1u);
  EXPECT_EQ(infos->hInstanceId, instance_);
  EXPECT_STREQ(infos->szInstanceName, "first");
  ASSERT_EQ(infos->cDatabases, 1u);
  EXPECT_EQ(infos->szDatabaseFileName[0], database_);
  ASSERT_OK(JetFreeBuffer(reinterpret_cast<char*>(infos)));
  ASSERT_OK(JetTerm(instance_));
  ASSERT_OK(JetTerm(created));
  ASSERT_OK(JetGetInstanceInfo(&count, &infos));
  EXPECT_EQ(count, 0u);
  EXPECT_EQ(infos, nullptr);
}

TEST_P(Dialects, TheHeaderOfAFileIsToldWithoutAnInstance) {
  MakeFullBackup();
  JET_DBINFOMISC4 info = {};
  const auto ask = [&](const std::string& name, uint32_t bytes) {
    return JetGetDatabaseFileInfo(name.c_str(), &info, bytes, JET_DbInfoMisc);
  };
  EXPECT_CODE(ask(database_, sizeof info), JET_errSuccess);
  EXPECT_EQ(info.dbstate, JET_dbstateDirtyShutdown);
  ASSERT_OK(JetTerm(instance_));
  EXPECT_CODE(ask(database_, sizeof(JET_DBINFOMISC)), JET_errSuccess);
  EXPECT_EQ(info.dbstate, JET_dbstateCleanShutdown);
  EXPECT_GT(info.bkinfoFullPrev.genHigh, 0u);
  EXPECT_CODE(ask(database_, 8), JET_errInvalidBufferSize);
  EXPECT_CODE(ask("no.edb", sizeof info), JET_errFileNotFound);
}

TEST_P(Dialects, AReadOnlyDatabaseTakesNoRows) {
  InsertRows(3);
  ASSERT_OK(JetCloseDatabase(session_, dbid_, 0));
  ASSERT_OK(JetDetachDatabase(session_, database_.c_str()));
  ASSERT_OK(JetAttachDatabase(session_, database_.c_str(), JET_bitDbReadOnly));
  ASSERT_OK(JetOpenDatabase(session_, database_.c_str(), nullptr, &dbid_, JET_bitDbReadOnly));
  JET_TABLEID table = JET_tableidNil;
  ASSERT_OK(JetOpenTable(session_, dbid_, "rows", nullptr, 0, 0, &table));
  EXPECT_CODE(JetMove(session_, table, JET_MoveFirst, 0), JET_errSuccess);
  ASSERT_OK(JetPrepareUpdate(session_, table, JET_prepInsert));
  EXPECT_CODE(JetUpdate(session_, table, nullptr, 0, nullptr), JET_errPermissionDenied);
  EXPECT_CODE(JetCreateTable(session_, dbid_, "more", 0, 0, &table), JET_errPermissionDenied);
}

TEST_P(Dialects, InitWithoutAHandleMakesAnInstanceInMultiInstanceMode) {
  EXPECT_CODE(JetInit(nullptr), JET_errRunningInMultiInstanceMode);
  Configure(nullptr, directory_ + "other/");
  JET_INSTANCE made = JET_instanceNil;
  EXPECT_CODE(JetInit(&made), JET_errSuccess);
  EXPECT_NE(made, JET_instanceNil);
  // It has no name, and that is one name like any other.
  JET_INSTANCE second = 0;
  EXPECT_CODE(JetInit(&second), JET_errInstanceNameInUse);
  EXPECT_EQ(second, JET_instanceNil);
  EXPECT_CODE(JetTerm(made), JET_errSuccess);
}

TEST(DialectNames, AreTwo) {
  EXPECT_EQ(engine::FindDialect("strict"), &engine::kStrict);
  EXPECT_EQ(engine::FindDialect("ese"), &engine::kEse);
  EXPECT_EQ(engine::FindDialect("esent"), nullptr);
}

}  // namespace
}  // namespace backstop::api
