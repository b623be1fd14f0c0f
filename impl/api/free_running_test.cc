// SPDX-License-Identifier: MIT
// Threads of the operating system that nobody schedules: backup clients, a controller and a writer
// at once on one instance. The laws are checked elsewhere; here a sanitizer listens, above all
// ThreadSanitizer (cmake --preset tsan).
#include <random>
#include <thread>

#include "impl/api/engine_fixture.h"

namespace backstop::api {
namespace {

constexpr int kCallsPerThread = 400;

class FreeRunning : public DatabaseFixture {
 protected:
  /// One of the calls of a backup, whatever state it is in.
  void BackupCall(uint32_t pick, JET_HANDLE* file, PageBuffer& buffer) {
    uint32_t size_low = 0, size_high = 0, read = 0;
    switch (pick % 9) {
      case 0:
        JetBeginExternalBackupInstance(instance_, 0);
        return;
      case 1:
        JetOpenFileInstance(instance_, database_.c_str(), file, &size_low, &size_high);
        return;
      case 2:
        JetCloseFileInstance(instance_, *file);
        return;
      case 3:
        AttachInfo();
        return;
      case 4:
        LogInfo();
        return;
      case 5:
        End(JET_bitBackupEndAbort);
        return;
      default:
        JetReadFileInstance(instance_, *file, buffer.data(), buffer.size(), &read);
    }
  }

  void Client(uint32_t seed) {
    const engine::ProcessBinding binding(process_);
    std::minstd_rand random(seed);
    PageBuffer buffer(4);
    JET_HANDLE file = 0;
    for (int i = 0; i < kCallsPerThread; ++i) BackupCall(random(), &file, buffer);
  }

  void Controller() {
    const engine::ProcessBinding binding(process_);
    for (int i = 0; i < kCallsPerThread; ++i) {
      Stop();
      if (i % 4 == 0) End(JET_bitBackupEndAbort);
      Begin();
    }
  }

  /// The session has the database attached already: during a backup that is refused.
  void Writer(JET_SESID session) {
    const engine::ProcessBinding binding(process_);
    JET_DBID database = 0;
    JET_TABLEID table = JET_tableidNil;
    JET_COLUMNDEF column = {.cbStruct = sizeof column};
    EXPECT_CODE(JetOpenDatabase(session, database_.c_str(), nullptr, &database, 0), JET_errSuccess);
    EXPECT_CODE(JetOpenTable(session, database, "rows", nullptr, 0, 0, &table), JET_errSuccess);
    JetGetTableColumnInfo(session, table, "number", &column, sizeof column, JET_ColInfo);
    for (int32_t i = 0; i < kCallsPerThread / 4; ++i) {
      JetBeginTransaction(session);
      JetPrepareUpdate(session, table, JET_prepInsert);
      JetSetColumn(session, table, column.columnid, &i, sizeof i, 0, nullptr);
      EXPECT_CODE(JetUpdate(session, table, nullptr, 0, nullptr), JET_errSuccess);
      i % 3 == 0 ? JetRollback(session, 0) : JetCommitTransaction(session, 0);
    }
    JetCloseTable(session, table);
    JetEndSession(session, 0);
  }
};

TEST_F(FreeRunning, CallsOfEveryKindMeetOnOneInstance) {
  InsertRows(100);
  const JET_SESID writer = BeginSession(instance_);
  ASSERT_EQ(JetAttachDatabase(writer, database_.c_str(), 0), JET_wrnDatabaseAttached);
  {
    std::vector<std::jthread> threads;
    threads.emplace_back([this] { Client(1); });
    threads.emplace_back([this] { Client(2); });
    threads.emplace_back([this] { Controller(); });
    threads.emplace_back([this, writer] { Writer(writer); });
  }
  Stop();
  End(JET_bitBackupEndAbort);
  ASSERT_OK(Begin());
  ASSERT_OK(End(JET_bitBackupEndAbort));
  ASSERT_OK(JetEndSession(session_, 0));
  EXPECT_CODE(JetTerm2(instance_, JET_bitTermComplete), JET_errSuccess);
}

}  // namespace
}  // namespace backstop::api
