// SPDX-License-Identifier: MIT
// JetBackup over real files.
#include <gmock/gmock.h>

#include <functional>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

using testing::IsEmpty;

constexpr JET_GRBIT kIncremental = JET_bitBackupIncremental;
constexpr JET_GRBIT kAtomic = JET_bitBackupAtomic;

/// What the status callback does at the message it is asked about.
std::function<void(JET_SNT)> on_message;
JET_ERR JET_API Message(JET_SESID, JET_SNP snp, JET_SNT snt, void* progress) {
  EXPECT_EQ(snp, JET_snpBackup);
  EXPECT_EQ(static_cast<JET_SNPROG*>(progress)->cbStruct, sizeof(JET_SNPROG));
  if (on_message) on_message(snt);
  return JET_errDiskIO;  // nobody looks
}

class WholeBackups : public DatabaseFixture, public testing::WithParamInterface<bool> {
 protected:
  WholeBackups() : DatabaseFixture(GetParam() ? engine::kEse : engine::kStrict) {
    std::filesystem::create_directories(target_);
    on_message = nullptr;
  }

  bool ese() const { return GetParam(); }
  JET_ERR Code(JET_ERR strict, JET_ERR original) const { return ese() ? original : strict; }
  JET_ERR BackUp(JET_GRBIT grbit = 0, JET_PFNSTATUS callback = nullptr) {
    return JetBackupInstance(instance_, target_.c_str(), grbit, callback);
  }
  JET_DBINFOMISC4 Info() {
    JET_DBINFOMISC4 info = {};
    EXPECT_CODE(JetGetDatabaseInfo(session_, dbid_, &info, sizeof info, JET_DbInfoMisc),
                JET_errSuccess);
    return info;
  }
  static std::vector<std::string> Files(const std::string& directory) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
    }
    return names;
  }

  const std::string target_ = directory_ + "target/";
};

TEST_P(WholeBackups, AFullOneHoldsDatabaseAndLogsAndIsRemembered) {
  InsertRows(300);
  std::vector<JET_SNT> messages;
  on_message = [&](JET_SNT what) { messages.push_back(what); };
  ASSERT_OK(BackUp(0, &Message));
  const std::vector<std::string> files = Files(target_);
  EXPECT_THAT(files, testing::IsSupersetOf({"a.edb", "a.pat", "edb00000001.log"}));
  EXPECT_EQ(messages.front(), JET_sntBegin);
  EXPECT_EQ(messages.back(), JET_sntComplete);
  EXPECT_EQ(messages.size(), files.size() - 1 + 2);  // the patch file is no copy
  EXPECT_EQ(Info().bkinfoFullPrev.genLow, 1u);
  EXPECT_CODE(BackUp(), JET_errBackupDirectoryNotEmpty);
  ASSERT_OK(BackUp(kIncremental));
  EXPECT_NE(Info().bkinfoIncPrev.genLow, 0u);
}

TEST_P(WholeBackups, AnAtomicOneReplacesTheOneBefore) {
  ASSERT_OK(BackUp(kAtomic));
  EXPECT_THAT(Files(target_ + "new"), testing::Contains("a.edb"));
  InsertRows(300);
  const auto size = std::filesystem::file_size(target_ + "new/a.edb");
  ASSERT_OK(BackUp(kAtomic));
  EXPECT_GE(std::filesystem::file_size(target_ + "new/a.edb"), size);
  EXPECT_THAT(Files(target_ + "old"), IsEmpty());
  EXPECT_THAT(Files(target_ + "temp"), IsEmpty());
  EXPECT_CODE(BackUp(kIncremental), JET_errBackupDirectoryNotEmpty);
}

TEST_P(WholeBackups, AnAtomicOneThatFailsLeavesTheOneBefore) {
  ASSERT_OK(BackUp(kAtomic));
  const std::vector<std::string> files = Files(target_ + "new");
  on_message = [this](JET_SNT what) {
    if (what == JET_sntProgress) Stop();
  };
  EXPECT_CODE(BackUp(kAtomic, &Message), JET_errBackupAbortByServer);
  EXPECT_EQ(Files(target_ + "new"), files);
}

TEST_P(WholeBackups, TheDirectoryIsTestedAfterTheBackup) {
  std::filesystem::remove(target_);
  EXPECT_CODE(BackUp(), JET_errInvalidPath);
  EXPECT_CODE(BackUp(kAtomic), JET_errMakeBackupDirectoryFail);
  EXPECT_CODE(BackUp(kIncremental), JET_errMissingFullBackup);
  EXPECT_CODE(BackUp(0x80), Code(JET_errInvalidGrbit, JET_errInvalidPath));
  ASSERT_OK(Begin());
  EXPECT_CODE(BackUp(), JET_errBackupInProgress);
}

TEST_P(WholeBackups, AStopEndsItAndStampsNothing) {
  on_message = [this](JET_SNT what) {
    if (what == JET_sntBegin) EXPECT_CODE(Stop(), JET_errSuccess);
  };
  EXPECT_CODE(BackUp(0, &Message), JET_errBackupAbortByServer);
  EXPECT_EQ(Info().bkinfoFullPrev.genLow, 0u);
  EXPECT_CODE(Begin(), JET_errSuccess);
}

TEST_P(WholeBackups, AStopAfterTheLastCopyOnlyKeepsItFromBeingRemembered) {
  on_message = [this](JET_SNT what) {
    if (what == JET_sntComplete) EXPECT_CODE(Stop(), JET_errSuccess);
  };
  EXPECT_CODE(BackUp(0, &Message), JET_errSuccess);
  EXPECT_EQ(Info().bkinfoFullPrev.genLow, 0u);
  EXPECT_CODE(Begin(), JET_errSuccess);
}

TEST_P(WholeBackups, OthersTouchItInTheOriginalOnly) {
  on_message = [this](JET_SNT what) {
    if (what != JET_sntBegin) return;
    EXPECT_CODE(Begin(), JET_errBackupInProgress);
    EXPECT_CODE(AttachInfo(), Code(JET_errBackupInProgress, JET_errSuccess));
    EXPECT_CODE(End(0), JET_errInvalidParameter);
    EXPECT_CODE(End(JET_bitBackupEndAbort), Code(JET_errBackupInProgress, JET_errSuccess));
  };
  EXPECT_CODE(BackUp(0, &Message), Code(JET_errSuccess, JET_errNoBackup));
}

TEST_P(WholeBackups, AStopOfTheServiceLetsItFinish) {
  on_message = [this](JET_SNT what) {
    if (what == JET_sntBegin) JetStopServiceInstance(instance_);
  };
  EXPECT_CODE(BackUp(0, &Message), JET_errSuccess);
  EXPECT_CODE(BackUp(), JET_errClientRequestToStopJetService);
}

TEST_P(WholeBackups, WithoutAPathTheLogsThatNoRestoreNeedsGo) {
  if (ese()) GTEST_SKIP() << "the original copies into the current directory";
  InsertRows(1200);
  ASSERT_OK(BackUp());
  // A detachment moves the checkpoint.
  ASSERT_OK(JetCloseDatabase(session_, dbid_, 0));
  ASSERT_OK(JetDetachDatabase(session_, database_.c_str()));
  ASSERT_OK(JetAttachDatabase(session_, database_.c_str(), 0));
  ASSERT_OK(JetBackupInstance(instance_, nullptr, 0, nullptr));
  EXPECT_THAT(Files(directory_ + "first"), testing::Not(testing::Contains("edb00000001.log")));
  EXPECT_CODE(Begin(kIncremental), JET_errSuccess);
}

INSTANTIATE_TEST_SUITE_P(Dialect, WholeBackups, testing::Bool(),
                         [](const auto& info) { return info.param ? "Ese" : "Strict"; });

}  // namespace
}  // namespace backstop::api
