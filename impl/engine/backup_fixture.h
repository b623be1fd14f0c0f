// SPDX-License-Identifier: MIT
// What tests of Backup share: one database, archived logs 1 to 9 and aligned buffers.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "impl/engine/backup.h"
#include "impl/engine/fake_storage.h"
#include "impl/env/posix_env.h"

namespace backstop::engine {

constexpr JET_GRBIT kNormal = JET_bitBackupEndNormal;
constexpr JET_GRBIT kAbort = JET_bitBackupEndAbort;

class BackupFixture : public testing::Test {
 protected:
  static constexpr uint32_t kPage = FakeDatabase::kPage;
  static constexpr uint32_t kPages = 4;
  static constexpr uint32_t kLogPages = 3;

  explicit BackupFixture(const Dialect& dialect = kStrict) : dialect_(dialect) {
    std::filesystem::create_directories(directory_);
    databases_.Add(database_);
    backup_.Open(storage_, {.base_name = "edb"});
    for (uint32_t generation = 1; generation < 10; ++generation) {
      std::ofstream(log_.ArchivedPath(generation))
          << std::string(kLogPages * kPage, static_cast<char>('a' + generation));
    }
  }
  ~BackupFixture() override { std::filesystem::remove_all(directory_); }

  std::string LogName(uint32_t generation) { return log_.ArchivedPath(generation); }

  Err Open(const std::string& name, JET_HANDLE* handle) {
    uint64_t bytes = 0;
    return backup_.OpenFile(name.c_str(), handle, &bytes);
  }
  Err Read(JET_HANDLE handle, uint32_t pages, uint32_t* read = nullptr) {
    uint32_t bytes = 0;
    const Err err = backup_.ReadFile(handle, buffer_.get(), pages * kPage, &bytes);
    if (read != nullptr) *read = bytes;
    return err;
  }
  Err LogInfo(LogRange* range = nullptr) {
    std::string list;
    LogRange ignored;
    return backup_.GetLogInfo(LogList::kToCopy, &list, range == nullptr ? &ignored : range);
  }
  /// Opens a file, reads it whole and closes it.
  Err Copy(const std::string& name) {
    JET_HANDLE handle = 0;
    if (const Err err = Open(name, &handle); err < 0) return err;
    if (const Err err = Read(handle, kBufferPages); err < 0) return err;
    return backup_.CloseFile(handle);
  }
  /// Begins a full backup and copies the database.
  void CopyDatabase() {
    ASSERT_EQ(backup_.Begin(0), JET_errSuccess);
    ASSERT_EQ(Copy(database_.path()), JET_errSuccess);
  }
  /// Begins a full backup and brings it to its end, but for the last call.
  void CopyEverything() {
    CopyDatabase();
    LogRange range;
    ASSERT_EQ(LogInfo(&range), JET_errSuccess);
    for (uint32_t generation = range.low; generation < range.end; ++generation) {
      ASSERT_EQ(Copy(LogName(generation)), JET_errSuccess);
    }
  }

  static constexpr uint32_t kBufferPages = 16;
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };

  const std::string directory_ = testing::TempDir() + "backup_" + std::to_string(getpid()) +
                                 testing::UnitTest::GetInstance()->current_test_info()->name() +
                                 "/";
  const Dialect dialect_;
  env::PosixEnv& env_ = env::PosixEnv::Get();
  FakeStorage storage_{directory_};
  FakeLog& log_ = storage_.fake_log;
  FakeDatabase database_{"a.edb", kPages};
  DatabaseTable databases_{env_};
  ApiGate gate_{env_, 0};
  Backup backup_{env_, dialect_, gate_, databases_, 1000};
  std::unique_ptr<std::byte, Free> buffer_{
      static_cast<std::byte*>(std::aligned_alloc(kPage, kBufferPages* kPage))};
};

}  // namespace backstop::engine
