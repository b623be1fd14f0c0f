// SPDX-License-Identifier: MIT
// Restores of streamed copies and of whole backups over real files.
#include <gmock/gmock.h>

#include <cstring>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

/// A backup lies in `backup_`; its database was `database_` with `rows_` rows.
class Restores : public DatabaseFixture, public testing::WithParamInterface<bool> {
 protected:
  Restores() : DatabaseFixture(GetParam() ? engine::kEse : engine::kStrict) {
    std::filesystem::create_directories(backup_);
    std::filesystem::create_directories(restored_);
  }

  bool ese() const { return GetParam(); }
  JET_ERR Code(JET_ERR strict, JET_ERR original) const { return ese() ? original : strict; }

  void AddRows(int count) {
    JET_TABLEID table = 0;
    ASSERT_OK(JetOpenTable(session_, dbid_, "rows", nullptr, 0, 0, &table));
    JET_COLUMNDEF column = {.cbStruct = sizeof column};
    ASSERT_OK(
        JetGetTableColumnInfo(session_, table, "number", &column, sizeof column, JET_ColInfo));
    for (int32_t row = 0; row < count; ++row) {
      ASSERT_OK(JetBeginTransaction(session_));
      ASSERT_OK(JetPrepareUpdate(session_, table, JET_prepInsert));
      ASSERT_OK(JetSetColumn(session_, table, column.columnid, &row, sizeof row, 0, nullptr));
      ASSERT_OK(JetUpdate(session_, table, nullptr, 0, nullptr));
      ASSERT_OK(JetCommitTransaction(session_, 0));
    }
    ASSERT_OK(JetCloseTable(session_, table));
  }
  void Save(const std::string& name, const std::string& to) {
    std::vector<std::byte> bytes;
    Copy(name, &bytes);
    std::ofstream(to, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  static std::string NameOf(const std::string& path) {
    return std::filesystem::path(path).filename().string();
  }
  void SaveLogs() {
    std::string list;
    ASSERT_OK(LogInfo(&list));
    for (const std::string& name : Names(list)) {
      Save(name, backup_ + NameOf(name));
      const uint32_t generation = std::stoul(NameOf(name).substr(3, 8), nullptr, 16);
      low_ = low_ == 0 ? generation : low_;
      high_ = generation;
    }
  }
  /// A full streamed backup; rows are written while it runs.
  void StreamFull(int before, int during) {
    InsertRows(before);
    ASSERT_OK(Begin());
    Save(database_, copy_);
    AddRows(during);
    SaveLogs();
    ASSERT_OK(Truncate());
    ASSERT_OK(End(JET_bitBackupEndNormal));
  }
  void StreamIncremental(int rows) {
    AddRows(rows);
    ASSERT_OK(Begin(kIncremental));
    SaveLogs();
    ASSERT_OK(Truncate());
    ASSERT_OK(End(JET_bitBackupEndNormal));
  }

  JET_ERR Restore(uint32_t low, uint32_t high, const char* target = nullptr) {
    JET_RSTMAP_A entry = {database_.data(), copy_.data()};
    JET_LOGINFO_A info = {sizeof info, low, high, "edb"};
    return JetExternalRestore2(restored_.c_str(), restored_.c_str(), &entry, 1, backup_.c_str(),
                               &info, target, nullptr, nullptr, nullptr);
  }
  JET_ERR Restore() { return Restore(low_, high_); }

  /// Rows of a restored database, or the error that opening it gives.
  int RowsOf(std::string path) {
    JET_INSTANCE instance = JET_instanceNil;
    EXPECT_CODE(JetCreateInstance(&instance, "reader"), JET_errSuccess);
    Configure(&instance, restored_);
    EXPECT_CODE(JetInit(&instance), JET_errSuccess);
    const JET_SESID session = BeginSession(instance);
    const int rows = Count(session, path);
    EXPECT_CODE(JetTerm2(instance, 0), JET_errSuccess);
    return rows;
  }
  static int Count(JET_SESID session, const std::string& path) {
    JET_DBID id = 0;
    JET_TABLEID table = 0;
    JET_ERR err = JetAttachDatabase(session, path.c_str(), 0);
    if (err >= 0) err = JetOpenDatabase(session, path.c_str(), nullptr, &id, 0);
    if (err >= 0) err = JetOpenTable(session, id, "rows", nullptr, 0, 0, &table);
    if (err < 0) return err;
    int rows = 0;
    for (err = JetMove(session, table, JET_MoveFirst, 0); err >= 0; ++rows) {
      err = JetMove(session, table, JET_MoveNext, 0);
    }
    JetCloseTable(session, table);
    return rows;
  }
  static void Damage(const std::string& path, std::streamoff at) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(at);
    file.write("damaged!", 8);
  }
  std::string LogPath(uint32_t generation) const {
    char name[32];
    std::snprintf(name, sizeof name, "edb%08X.log", generation);
    return backup_ + name;
  }

  const std::string backup_ = directory_ + "backup/";
  const std::string restored_ = directory_ + "restored/";
  std::string copy_ = restored_ + "a.edb";
  uint32_t low_ = 0;
  uint32_t high_ = 0;
};

TEST_P(Restores, ACopyHasEveryRowCommittedBeforeItsLogInfo) {
  StreamFull(200, 700);
  AddRows(50);
  ASSERT_OK(Restore());
  EXPECT_EQ(RowsOf(copy_), 900);
}

TEST_P(Restores, IncrementalBackupsGoOnWhereTheFullOneEnds) {
  StreamFull(200, 100);
  StreamIncremental(700);
  StreamIncremental(300);
  ASSERT_OK(Restore());
  EXPECT_EQ(RowsOf(copy_), 1300);
}

TEST_P(Restores, TheLogsOfARunningTargetGoOnToItsPresent) {
  StreamFull(200, 100);
  AddRows(77);
  EXPECT_CODE(Restore(low_, high_, "first"), JET_wrnTargetInstanceRunning);
  EXPECT_EQ(RowsOf(copy_), 377);
  EXPECT_CODE(Restore(low_, high_, "nobody"), JET_errBadRestoreTargetInstance);
}

TEST_P(Restores, ACopyIsRestoredOnceAndRefusedBefore) {
  StreamFull(200, 100);
  EXPECT_EQ(RowsOf(copy_), JET_errSoftRecoveryOnBackupDatabase);
  for (const char* left : {"edb.log", "edb.chk"}) std::filesystem::remove(restored_ + left);
  ASSERT_OK(Restore());
  for (const char* left : {"edb.log", "edb.chk"}) std::filesystem::remove(restored_ + left);
  EXPECT_CODE(Restore(), JET_errRestoreOfNonBackupDatabase);
}

TEST_P(Restores, WhatIsMissingForeignOrDamagedIsRefusedAndNothingIsChanged) {
  StreamFull(900, 700);
  ASSERT_LT(low_ + 1, high_);
  EXPECT_CODE(Restore(0, high_), JET_errInvalidPath);
  EXPECT_CODE(Restore(high_, low_), Code(JET_errEndingRestoreLogTooLow, JET_errInternalError));
  EXPECT_CODE(Restore(low_ + 1, high_),
              Code(JET_errStartingRestoreLogTooHigh, JET_errRequiredLogFilesMissing));
  EXPECT_CODE(Restore(low_, high_ + 1), JET_errFileNotFound);
  const std::string log = LogPath(low_ + 1);
  std::filesystem::copy_file(log, log + ".kept");
  const auto mend = [&] {
    std::filesystem::copy_file(log + ".kept", log,
                               std::filesystem::copy_options::overwrite_existing);
  };
  Damage(log, 10);
  EXPECT_CODE(Restore(), JET_errLogFileCorrupt);
  mend();
  Damage(log, 3 * kPage + 100);
  EXPECT_CODE(Restore(), JET_errLogCorruptDuringHardRestore);
  mend();
  std::filesystem::copy_file(LogPath(low_), log, std::filesystem::copy_options::overwrite_existing);
  EXPECT_CODE(Restore(), JET_errGivenLogFileIsNotContiguous);
  std::filesystem::remove(log);
  EXPECT_CODE(Restore(), JET_errFileNotFound);
  mend();
  EXPECT_CODE(Restore(), JET_errSuccess);
  EXPECT_EQ(RowsOf(copy_), 1600);
}

TEST_P(Restores, ADamagedCopyIsRefused) {
  StreamFull(100, 100);
  const auto size = std::filesystem::file_size(copy_);
  const std::string kept = copy_ + ".kept";
  std::filesystem::copy_file(copy_, kept);
  const auto mend = [&] {
    std::filesystem::copy_file(kept, copy_, std::filesystem::copy_options::overwrite_existing);
  };
  Damage(copy_, static_cast<std::streamoff>(size - 100));
  EXPECT_CODE(Restore(), JET_errBadPatchPage);
  mend();
  std::filesystem::resize_file(copy_, size - kPage);
  EXPECT_CODE(Restore(), JET_errBadPatchPage);
  mend();
  Damage(copy_, 100);
  Damage(copy_, kPage + 100);
  EXPECT_CODE(Restore(), JET_errDatabaseCorrupted);
  std::filesystem::remove(copy_);
  EXPECT_CODE(Restore(), JET_errFileNotFound);
  std::filesystem::copy_file(database_, copy_);
  EXPECT_CODE(Restore(), JET_errRestoreOfNonBackupDatabase);
}

TEST_P(Restores, LogsThatEndBeforeTheBackupDidLoseRowsInTheOriginalOnly) {
  StreamFull(100, 1500);
  ASSERT_LT(low_ + 1, high_);
  const JET_ERR err = Restore(low_, high_ - 1);
  ASSERT_EQ(err, Code(JET_errEndingRestoreLogTooLow, JET_errSuccess));
  if (ese()) EXPECT_LT(RowsOf(copy_), 1600);
}

TEST_P(Restores, TheShapeOfTheCallIsTestedFirst) {
  JET_LOGINFO_A info = {sizeof info, 1, 1, "edb"};
  const auto call = [&](JET_LOGINFO_A* logs, const char* name, const char* log,
                        const char* system) {
    return JetExternalRestore2("x", "x", nullptr, 0, "x", logs, name, log, system, nullptr);
  };
  EXPECT_CODE(call(nullptr, nullptr, nullptr, nullptr), JET_errInvalidParameter);
  EXPECT_CODE(call(&info, nullptr, "x", nullptr), JET_errInvalidParameter);
  EXPECT_CODE(call(&info, "first", "x", "x"), JET_errInvalidParameter);
  info.cbSize = 3;
  EXPECT_CODE(call(&info, nullptr, nullptr, nullptr), JET_errInvalidParameter);
}

TEST_P(Restores, AWholeBackupGoesBackToWhereItWasOrElsewhere) {
  InsertRows(300);
  ASSERT_OK(JetBackupInstance(instance_, backup_.c_str(), 0, nullptr));
  AddRows(40);
  ASSERT_OK(JetBackupInstance(instance_, backup_.c_str(), kIncremental, nullptr));
  EXPECT_CODE(JetRestoreInstance(instance_, backup_.c_str(), nullptr, nullptr),
              JET_errAlreadyInitialized);
  ASSERT_OK(JetTerm2(instance_, 0));
  std::filesystem::remove(database_);
  JET_INSTANCE second = JET_instanceNil;
  ASSERT_OK(JetCreateInstance(&second, "second"));
  Configure(&second, restored_);
  EXPECT_CODE(JetRestoreInstance(second, nullptr, nullptr, nullptr), JET_errInvalidPath);
  EXPECT_CODE(JetRestoreInstance(second, (directory_ + "no").c_str(), nullptr, nullptr),
              JET_errFileNotFound);
  EXPECT_CODE(JetRestoreInstance(second, backup_.c_str(), "no/where", nullptr), JET_errInvalidPath);
  ASSERT_OK(JetRestoreInstance(second, backup_.c_str(), nullptr, nullptr));
  ASSERT_OK(JetInit(&second));
  EXPECT_EQ(Count(BeginSession(second), database_), 340);
  ASSERT_OK(JetTerm2(second, 0));
}

INSTANTIATE_TEST_SUITE_P(Dialect, Restores, testing::Bool(),
                         [](const auto& info) { return info.param ? "Ese" : "Strict"; });

}  // namespace
}  // namespace backstop::api
