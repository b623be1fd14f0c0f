// SPDX-License-Identifier: MIT
// OS snapshots through the C API over real files.
#include <gmock/gmock.h>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

class Snapshots : public DatabaseFixture, public testing::WithParamInterface<bool> {
 protected:
  explicit Snapshots() : DatabaseFixture(GetParam() ? engine::kEse : engine::kStrict) {}

  bool ese() const { return GetParam(); }
  JET_ERR Code(JET_ERR strict, JET_ERR original) const { return ese() ? original : strict; }

  JET_OSSNAPID Prepare(JET_GRBIT grbit = 0) {
    JET_OSSNAPID id = 0;
    EXPECT_CODE(JetOSSnapshotPrepare(&id, grbit), JET_errSuccess);
    return id;
  }
  static JET_ERR Freeze(JET_OSSNAPID id, uint32_t* count = nullptr) {
    uint32_t unused = 0;
    JET_INSTANCE_INFO_A* infos = nullptr;
    const JET_ERR err = JetOSSnapshotFreeze(id, count == nullptr ? &unused : count, &infos, 0);
    JetFreeBuffer(reinterpret_cast<char*>(infos));
    return err;
  }
  JET_DBINFOMISC4 Info() {
    JET_DBINFOMISC4 info = {};
    EXPECT_CODE(JetGetDatabaseInfo(session_, dbid_, &info, sizeof info, JET_DbInfoMisc),
                JET_errSuccess);
    return info;
  }
  /// Lets freezes end almost at once.
  void LimitFreezes(uint64_t ms = 1) { SetNumber(nullptr, JET_paramOSSnapshotTimeout, ms); }
};

TEST_P(Snapshots, AGoodOneIsRememberedAsTheFullBackupOfItsKind) {
  InsertRows(3);
  const JET_OSSNAPID id = Prepare();
  uint32_t count = 0;
  ASSERT_OK(Freeze(id, &count));
  EXPECT_EQ(count, 1u);
  ASSERT_OK(JetOSSnapshotThaw(id, 0));
  EXPECT_NE(Info().bkinfoFullPrev.genLow, 0u);
  EXPECT_NE(Info().bkinfoFullPrev.genHigh, 0u);
  EXPECT_CODE(JetOSSnapshotThaw(id, 0), JET_errOSSnapshotInvalidSnapId);
  EXPECT_CODE(Begin(JET_bitBackupIncremental), JET_errMissingFullBackup);
  EXPECT_CODE(Freeze(Prepare(JET_bitIncrementalSnapshot)), JET_errSuccess);
}

TEST_P(Snapshots, ACopyIsNoBaseForOthers) {
  const JET_OSSNAPID id = Prepare(JET_bitCopySnapshot | JET_bitContinueAfterThaw);
  ASSERT_OK(Freeze(id));
  ASSERT_OK(JetOSSnapshotThaw(id, 0));
  EXPECT_CODE(JetOSSnapshotTruncateLog(id, JET_bitAllDatabasesSnapshot),
              JET_errOSSnapshotInvalidSequence);
  ASSERT_OK(JetOSSnapshotEnd(id, 0));
  EXPECT_EQ(Info().bkinfoFullPrev.genLow, 0u);
  EXPECT_NE(Info().bkinfoCopyPrev.genLow, 0u);
  EXPECT_CODE(Freeze(Prepare(JET_bitIncrementalSnapshot)), JET_errMissingFullBackup);
}

TEST_P(Snapshots, AnAbortStampsNothingButInTheOriginal) {
  const JET_OSSNAPID id = Prepare();
  ASSERT_OK(Freeze(id));
  ASSERT_OK(JetOSSnapshotAbort(id, 0));
  EXPECT_EQ(Info().bkinfoFullPrev.genLow != 0, ese());
  EXPECT_CODE(Begin(), JET_errSuccess);
}

TEST_P(Snapshots, StreamingBackupsAndFreezesExcludeEachOther) {
  ASSERT_OK(Begin());
  const JET_OSSNAPID id = Prepare();
  EXPECT_CODE(Freeze(id), JET_errOSSnapshotNotAllowed);
  EXPECT_CODE(AttachInfo(), JET_errSuccess);  // it goes on
  ASSERT_OK(End(JET_bitBackupEndAbort));
  ASSERT_OK(JetOSSnapshotEnd(id, 0));
  LimitFreezes(300);
  ASSERT_OK(Freeze(Prepare(JET_bitContinueAfterThaw)));
  EXPECT_CODE(Begin(), JET_errBackupInProgress);
}

TEST_P(Snapshots, TheFreezeEndsByItselfAndIsNothingThen) {
  LimitFreezes();
  const JET_OSSNAPID id = Prepare();
  ASSERT_OK(Freeze(id));
  InsertRows(2);  // waits
  EXPECT_CODE(JetOSSnapshotThaw(id, 0), JET_errOSSnapshotTimeOut);
  EXPECT_CODE(JetOSSnapshotThaw(id, 0), JET_errOSSnapshotInvalidSnapId);
  EXPECT_EQ(Info().bkinfoFullPrev.genLow, 0u);
  EXPECT_CODE(Begin(), JET_errSuccess);
}

TEST_P(Snapshots, WhatStandsStillIsWhatWasCommitted) {
  InsertRows(40);
  const JET_OSSNAPID id = Prepare();
  ASSERT_OK(Freeze(id));
  const std::string copy = directory_ + "copy/";
  std::filesystem::copy(directory_ + "first", copy);
  std::filesystem::copy(database_, copy + "a.edb");
  ASSERT_OK(JetOSSnapshotThaw(id, 0));
  ASSERT_OK(JetTerm2(instance_, 0));
  std::filesystem::copy(copy + "a.edb", database_,
                        std::filesystem::copy_options::overwrite_existing);
  JET_INSTANCE second = CreateInstance("copy");
  ASSERT_OK(JetInit(&second));
  const JET_SESID session = BeginSession(second);
  ASSERT_OK(JetAttachDatabase(session, database_.c_str(), 0));
  JET_DBID id2 = 0;
  ASSERT_OK(JetOpenDatabase(session, database_.c_str(), nullptr, &id2, 0));
  JET_TABLEID table = 0;
  ASSERT_OK(JetOpenTable(session, id2, "rows", nullptr, 0, 0, &table));
  int rows = 0;
  for (JET_ERR err = JetMove(session, table, JET_MoveFirst, 0); err >= 0; ++rows) {
    err = JetMove(session, table, JET_MoveNext, 0);
  }
  EXPECT_EQ(rows, 40);
  ASSERT_OK(JetTerm2(second, 0));
}

TEST_P(Snapshots, TruncationKeepsWhatTheSnapshotNeeds) {
  InsertRows(300);
  const JET_OSSNAPID id = Prepare(JET_bitContinueAfterThaw);
  ASSERT_OK(Freeze(id));
  ASSERT_OK(JetOSSnapshotThaw(id, 0));
  ASSERT_OK(JetOSSnapshotTruncateLogInstance(id, instance_, JET_bitAllDatabasesSnapshot));
  ASSERT_OK(JetOSSnapshotEnd(id, 0));
  const JET_BKINFO full = Info().bkinfoFullPrev;
  char name[32];
  std::snprintf(name, sizeof name, "first/edb%08X.log", full.genHigh);
  EXPECT_TRUE(std::filesystem::exists(directory_ + name));
}

TEST_P(Snapshots, AStopLeavesThemAlone) {
  const JET_OSSNAPID id = Prepare(JET_bitContinueAfterThaw);
  ASSERT_OK(Freeze(id));
  ASSERT_OK(Stop());
  EXPECT_CODE(AttachInfo(), Code(JET_errNoBackup, JET_errBackupAbortByServer));
  ASSERT_OK(JetOSSnapshotThaw(id, 0));
  ASSERT_OK(JetOSSnapshotEnd(id, 0));
  EXPECT_NE(Info().bkinfoFullPrev.genLow, 0u);
}

TEST_P(Snapshots, ATerminationThatStopsBackupsTakesTheInstanceOut) {
  LimitFreezes();
  const JET_OSSNAPID id = Prepare(JET_bitContinueAfterThaw);
  ASSERT_OK(Freeze(id));
  EXPECT_CODE(JetTerm2(instance_, JET_bitTermStopBackup), JET_errSuccess);
  EXPECT_CODE(JetOSSnapshotAbort(id, 0), JET_errSuccess);
}

TEST_P(Snapshots, OnlyTheOriginalEndsABackupWithAPreparedSnapshot) {
  ASSERT_OK(Begin());
  ASSERT_OK(JetOSSnapshotEnd(Prepare(), 0));
  EXPECT_CODE(AttachInfo(), Code(JET_errSuccess, JET_errNoBackup));
}

TEST_P(Snapshots, AFailedFreezeLetsGoOfItsInstances) {
  ASSERT_OK(Begin());
  const JET_OSSNAPID first = Prepare();
  EXPECT_CODE(Freeze(first), JET_errOSSnapshotNotAllowed);
  ASSERT_OK(End(JET_bitBackupEndAbort));
  uint32_t count = 0;
  ASSERT_OK(Freeze(Prepare(), &count));
  EXPECT_EQ(count, 1u);
}

INSTANTIATE_TEST_SUITE_P(Dialect, Snapshots, testing::Bool(),
                         [](const auto& info) { return info.param ? "Ese" : "Strict"; });

}  // namespace
}  // namespace backstop::api
