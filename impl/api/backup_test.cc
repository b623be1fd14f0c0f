// SPDX-License-Identifier: MIT
// Streaming backup through the C API over real files.
#include <gmock/gmock.h>

#include <algorithm>

#include "impl/api/engine_fixture.h"
#include "impl/engine/checksum.h"

namespace backstop::api {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

using BackupApi = DatabaseFixture;

JET_DBINFOMISC4 InfoOf(JET_SESID session, JET_DBID id) {
  JET_DBINFOMISC4 info = {};
  EXPECT_CODE(JetGetDatabaseInfo(session, id, &info, sizeof info, JET_DbInfoMisc), JET_errSuccess);
  return info;
}

std::vector<std::byte> FileBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::byte> bytes;
  std::transform(std::istreambuf_iterator<char>(file), {}, std::back_inserter(bytes),
                 [](char c) { return static_cast<std::byte>(c); });
  return bytes;
}

TEST_F(BackupApi, ACompleteOneGivesEveryPageAndLogAndStampsTheHeader) {
  InsertRows(300);
  ASSERT_OK(Begin());
  std::string list;
  ASSERT_OK(AttachInfo(&list));
  EXPECT_THAT(Names(list), ElementsAre(database_));

  std::vector<std::byte> copy;
  Copy(database_, &copy);
  ASSERT_EQ(copy.size() % kPage, 0u);
  const auto page = [&copy](size_t number) {
    return std::span(copy).subspan(number * kPage, kPage);
  };
  EXPECT_TRUE(std::ranges::equal(page(0), page(1)));
  EXPECT_TRUE(engine::HeaderIsSealed(page(0)));
  const auto data_pages = static_cast<uint32_t>(copy.size() / kPage - 3);
  EXPECT_GE(data_pages, 24u);
  for (uint32_t number = 1; number <= data_pages; ++number) {
    EXPECT_TRUE(engine::PageIsSealed(page(number + 1), number)) << number;
  }
  EXPECT_TRUE(engine::HeaderIsSealed(page(data_pages + 2)));

  ASSERT_OK(LogInfo(&list));
  const std::vector<std::string> logs = Names(list);
  EXPECT_FALSE(logs.empty());
  for (const std::string& log : logs) {
    std::vector<std::byte> bytes;
    Copy(log, &bytes);
    EXPECT_EQ(bytes, FileBytes(log)) << log;
  }
  ASSERT_OK(Truncate());
  ASSERT_OK(End(kNormal));
  const JET_DBINFOMISC4 info = InfoOf(session_, dbid_);
  EXPECT_EQ(info.bkinfoFullPrev.genHigh - info.bkinfoFullPrev.genLow + 1, logs.size());
  EXPECT_EQ(info.bkinfoFullCur.genLow, 0u);
  EXPECT_CODE(Begin(JET_bitBackupIncremental), JET_errSuccess);
}

TEST_F(BackupApi, TheHeaderOfTheCopyNamesTheBackup) {
  ASSERT_OK(Begin());
  std::vector<std::byte> copy;
  Copy(database_, &copy);
  JET_BKINFO full_cur;
  std::memcpy(&full_cur, copy.data() + 184, sizeof full_cur);
  EXPECT_GE(full_cur.genLow, 1u);
  EXPECT_EQ(full_cur.genHigh, 0u);
}

TEST_F(BackupApi, ListsComeWholeInSizeAndCutInContent) {
  ASSERT_OK(Begin());
  std::string whole;
  ASSERT_OK(AttachInfo(&whole));
  std::string cut(whole.size(), '#');
  uint32_t size = 0;
  ASSERT_OK(JetGetAttachInfoInstance(instance_, cut.data(), 5, &size));
  EXPECT_EQ(size, whole.size());
  EXPECT_EQ(cut.substr(0, 6), whole.substr(0, 5) + "#");
  ASSERT_OK(JetGetLogInfoInstance(instance_, cut.data(), 5, &size));
  EXPECT_GT(size, 5u);
}

TEST_F(BackupApi, TheRangeOfTheLogsNeedsAStructureOfTheRightSize) {
  JET_LOGINFO_A range = {.cbSize = 8};
  EXPECT_CODE(JetGetLogInfoInstance2(JET_instanceNil, nullptr, 0, nullptr, &range),
              JET_errInvalidParameter);
  EXPECT_CODE(JetGetLogInfoInstance2(instance_, nullptr, 0, nullptr, &range),
              JET_errInvalidParameter);
  ASSERT_OK(Begin());
  range.cbSize = sizeof range;
  ASSERT_OK(JetGetLogInfoInstance2(instance_, nullptr, 0, nullptr, &range));
  std::string list;
  ASSERT_OK(LogInfo(&list));
  EXPECT_THAT(Names(list), SizeIs(range.ulGenHigh - range.ulGenLow + 1));
  EXPECT_STREQ(range.szBaseName, "edb");
}

TEST_F(BackupApi, LogsAreDeletedUpToTheCheckpointAndTheRestGoesOn) {
  InsertRows(300);
  ASSERT_OK(Begin());
  CopyDatabase();
  CopyLogs();
  std::string list;
  ASSERT_OK(TruncateInfo(&list));
  ASSERT_OK(Truncate());
  for (const std::string& log : Names(list)) EXPECT_FALSE(std::filesystem::exists(log)) << log;
  ASSERT_OK(End(kNormal));
  ASSERT_OK(JetTerm(instance_));
  instance_ = StartInstance("first");
  session_ = BeginSession(instance_);
  EXPECT_CODE(JetAttachDatabase(session_, database_.c_str(), 0), JET_errSuccess);
}

TEST_F(BackupApi, ADatabaseCreatedMeanwhileIsListedAndPinsTheLogs) {
  ASSERT_OK(Begin());
  JET_DBID other = 0;
  const std::string created = CreateDatabase("b.edb", &other);
  std::string list;
  ASSERT_OK(AttachInfo(&list));
  EXPECT_THAT(Names(list), ElementsAre(database_, created));
  CopyDatabase();
  CopyLogs();
  ASSERT_OK(TruncateInfo(&list));
  EXPECT_THAT(Names(list), SizeIs(0));
  EXPECT_CODE(JetAttachDatabase(session_, created.c_str(), 0), JET_errBackupInProgress);
  EXPECT_CODE(JetDetachDatabase(session_, created.c_str()), JET_errBackupInProgress);
}

TEST_F(BackupApi, OutputsThatMayBeMissingMayAndAHandleMayNot) {
  ASSERT_OK(Begin());
  EXPECT_CODE(JetOpenFileInstance(instance_, database_.c_str(), nullptr, nullptr, nullptr),
              JET_errInvalidParameter);
  JET_HANDLE handle = 0;
  ASSERT_OK(JetOpenFileInstance(instance_, database_.c_str(), &handle, nullptr, nullptr));
  EXPECT_CODE(Read(handle, 3, nullptr), JET_errSuccess);
  ASSERT_OK(Close(handle));
  EXPECT_CODE(JetGetLogInfoInstance2(instance_, nullptr, 0, nullptr, nullptr), JET_errSuccess);
}

TEST_F(BackupApi, BackupsOfTwoInstancesDoNotDisturbEachOther) {
  const JET_INSTANCE other = StartInstance("second");
  ASSERT_OK(Begin());
  ASSERT_OK(JetBeginExternalBackupInstance(other, 0));
  ASSERT_OK(JetStopBackupInstance(other));
  JET_HANDLE handle = 0;
  ASSERT_OK(Open(database_, &handle));
  EXPECT_CODE(JetReadFileInstance(other, handle, buffer_.data(), 3 * kPage, nullptr),
              JET_errBackupAbortByServer);
  EXPECT_CODE(JetEndExternalBackupInstance(other), JET_errBackupAbortByServer);
  EXPECT_CODE(Read(handle, 3), JET_errSuccess);
}

TEST_F(BackupApi, StopOfServiceLeavesOnlyStopAndTerm) {
  ASSERT_OK(Begin());
  JET_HANDLE handle = 0;
  ASSERT_OK(Open(database_, &handle));
  ASSERT_OK(JetStopServiceInstance(instance_));
  constexpr JET_ERR kStopped = JET_errClientRequestToStopJetService;
  EXPECT_CODE(Read(handle, 3), kStopped);
  EXPECT_CODE(Close(handle), kStopped);
  EXPECT_CODE(LogInfo(), kStopped);
  EXPECT_CODE(End(kAbort), kStopped);
  EXPECT_CODE(Begin(), kStopped);
  EXPECT_CODE(Stop(), JET_errSuccess);
  EXPECT_CODE(JetTerm(instance_), JET_errSuccess);
}

TEST_F(BackupApi, WithoutLoggingThereIsNone) {
  JET_INSTANCE other = CreateInstance("second");
  SetText(&other, JET_paramRecovery, "off");
  ASSERT_OK(JetInit(&other));
  EXPECT_CODE(JetBeginExternalBackupInstance(other, 0), JET_errLoggingDisabled);
}

TEST_F(BackupApi, UnderCircularLoggingTheLogsOfABackupStay) {
  JET_INSTANCE circular = CreateInstance("second");
  SetNumber(&circular, JET_paramCircularLog, 1);
  ASSERT_OK(JetInit(&circular));
  EXPECT_CODE(JetBeginExternalBackupInstance(circular, JET_bitBackupIncremental),
              JET_errInvalidBackup);
  instance_ = circular;
  session_ = BeginSession(circular);
  CreateDatabase("c.edb", &dbid_);
  ASSERT_OK(Begin());
  InsertRows(400);
  CopyLogs();
}

/// What a call returns in a phase of a backup (contract 3.x), in one dialect.
struct PhaseCase {
  const char* call;
  JET_ERR none, databases, logs, incremental, file_open, stopped;
  const engine::Dialect* dialect = &engine::kStrict;
};

class BackupPhases : public testing::WithParamInterface<PhaseCase>, public DatabaseFixture {
 protected:
  BackupPhases() : DatabaseFixture(*GetParam().dialect) {}

  enum class Phase { kNone, kDatabases, kLogs, kIncremental, kFileOpen, kStopped };

  void Bring(Phase phase) {
    if (phase == Phase::kNone) return;
    ASSERT_OK(Begin());
    if (phase == Phase::kLogs) {
      ASSERT_OK(LogInfo());
    }
    if (phase == Phase::kIncremental) {
      CopyDatabase();
      CopyLogs();
      ASSERT_OK(Truncate());
      ASSERT_OK(End(kNormal));
      ASSERT_OK(Begin(JET_bitBackupIncremental));
    }
    if (phase == Phase::kFileOpen || phase == Phase::kStopped) {
      ASSERT_OK(Open(database_, &open_));
    }
    if (phase == Phase::kStopped) {
      ASSERT_OK(Stop());
    }
  }

  JET_ERR Make(const std::string& call) {
    JET_HANDLE handle = 0;
    const std::string logs = directory_ + "first/";
    if (call == "Begin") return Begin();
    if (call == "GetAttachInfo") return AttachInfo();
    if (call == "OpenDatabase") return Open(database_, &handle);
    if (call == "OpenUnattached") return Open(directory_ + "no.edb", &handle);
    if (call == "OpenCurrentLog") return Open(logs + "edb.log", &handle);
    if (call == "OpenNoLog") return Open(logs + "edbnotalog.log", &handle);
    if (call == "ReadOpenFile") return Read(open_, 3);
    if (call == "CloseOpenFile") return Close(open_);
    if (call == "CloseOther") return Close(open_ + 1);
    if (call == "GetLogInfo") return LogInfo();
    if (call == "GetTruncateLogInfo") return TruncateInfo();
    if (call == "TruncateLog") return Truncate();
    if (call == "EndNormal") return End(kNormal);
    if (call == "EndAbort") return End(kAbort);
    if (call == "EndWithoutBits") return End(0);
    if (call == "EndBoth") return End(kNormal | kAbort);
    if (call == "Stop") return Stop();
    if (call == "Attach") return JetAttachDatabase(session_, database_.c_str(), 0);
    if (call == "Detach") return JetDetachDatabase(session_, (directory_ + "no.edb").c_str());
    if (call == "Term2") return JetTerm2(instance_, 0);
    return JetTerm2(instance_, JET_bitTermStopBackup);
  }

  JET_HANDLE open_ = 0;
};

TEST_P(BackupPhases, GiveTheirCode) {
  const PhaseCase& row = GetParam();
  const std::pair<Phase, JET_ERR> cases[] = {
      {Phase::kNone, row.none},          {Phase::kDatabases, row.databases},
      {Phase::kLogs, row.logs},          {Phase::kIncremental, row.incremental},
      {Phase::kFileOpen, row.file_open}, {Phase::kStopped, row.stopped},
  };
  for (const auto& [phase, code] : cases) {
    Bring(phase);
    EXPECT_CODE(Make(row.call), code) << "in phase " << static_cast<int>(phase);
    JetTerm(instance_);
    instance_ = StartInstance("first");
    session_ = BeginSession(instance_);
    JetAttachDatabase(session_, database_.c_str(), 0);
  }
}

constexpr JET_ERR kOk = JET_errSuccess;
constexpr JET_ERR kNone = JET_errNoBackup;
constexpr JET_ERR kBusy = JET_errBackupInProgress;
constexpr JET_ERR kSequence = JET_errInvalidBackupSequence;
constexpr JET_ERR kParameter = JET_errInvalidParameter;
constexpr JET_ERR kMissing = JET_errMissingFileToBackup;
constexpr JET_ERR kFull = JET_errOutOfMemory;
constexpr JET_ERR kStop = JET_errBackupAbortByServer;
constexpr JET_ERR kCaller = JET_errBackupAbortByCaller;
constexpr JET_ERR kNotFound = JET_errDatabaseNotFound;
constexpr JET_ERR kAttached = JET_wrnDatabaseAttached;

const std::vector<PhaseCase>& StrictPhases() {
  static const std::vector<PhaseCase> cases = {
      PhaseCase{"Begin", kOk, kBusy, kBusy, kBusy, kBusy, kBusy},
      PhaseCase{"GetAttachInfo", kNone, kOk, kOk, kSequence, kOk, kStop},
      PhaseCase{"OpenDatabase", kNone, kOk, kSequence, kSequence, kFull, kStop},
      PhaseCase{"OpenUnattached", kNone, kNotFound, kMissing, kMissing, kFull, kStop},
      PhaseCase{"OpenCurrentLog", kNone, kNotFound, kParameter, kParameter, kFull, kStop},
      PhaseCase{"OpenNoLog", kNone, kNotFound, kParameter, kParameter, kFull, kStop},
      PhaseCase{"ReadOpenFile", kNone, kParameter, kParameter, kParameter, kOk, kStop},
      PhaseCase{"CloseOpenFile", kNone, kParameter, kParameter, kParameter, kOk, kOk},
      PhaseCase{"CloseOther", kNone, kParameter, kParameter, kParameter, kParameter, kParameter},
      PhaseCase{"GetLogInfo", kNone, kOk, kOk, kOk, kSequence, kStop},
      PhaseCase{"GetTruncateLogInfo", kNone, kOk, kOk, kOk, kSequence, kStop},
      PhaseCase{"TruncateLog", kNone, kSequence, JET_errLogFileNotCopied, kSequence, kSequence,
                kStop},
      PhaseCase{"EndNormal", kNone, kCaller, kOk, kCaller, kCaller, kStop},
      PhaseCase{"EndAbort", kNone, kOk, kOk, kOk, kOk, kOk},
      PhaseCase{"EndWithoutBits", kParameter, kParameter, kParameter, kParameter, kParameter,
                kParameter},
      PhaseCase{"EndBoth", kParameter, kParameter, kParameter, kParameter, kParameter, kParameter},
      PhaseCase{"Stop", kOk, kOk, kOk, kOk, kOk, kOk},
      PhaseCase{"Attach", kAttached, kBusy, kBusy, kBusy, kBusy, kBusy},
      PhaseCase{"Detach", kNotFound, kBusy, kBusy, kBusy, kBusy, kBusy},
      PhaseCase{"Term2", kOk, kBusy, kBusy, kBusy, kBusy, kBusy},
      PhaseCase{"Term2StopBackup", kOk, kOk, kOk, kOk, kOk, kOk}};
  return cases;
}

/// A closed file reads empty (C-34), and an end that stops nothing good is a success (D-01, D-02).
std::vector<PhaseCase> EsePhases() {
  const PhaseCase differing[] = {
      {"ReadOpenFile", kNone, kOk, kOk, kOk, kOk, kStop},
      {"EndNormal", kNone, kOk, kOk, kOk, kOk, kOk},
  };
  std::vector<PhaseCase> cases = StrictPhases();
  for (PhaseCase& each : cases) {
    for (const PhaseCase& other : differing) {
      if (std::string(each.call) == other.call) each = other;
    }
    each.dialect = &engine::kEse;
  }
  return cases;
}

std::string CallOf(const testing::TestParamInfo<PhaseCase>& test) { return test.param.call; }

INSTANTIATE_TEST_SUITE_P(Strict, BackupPhases, testing::ValuesIn(StrictPhases()), CallOf);
INSTANTIATE_TEST_SUITE_P(Ese, BackupPhases, testing::ValuesIn(EsePhases()), CallOf);

}  // namespace
}  // namespace backstop::api
