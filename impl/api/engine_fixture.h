// SPDX-License-Identifier: MIT
// What tests of the C API share: an engine process of their own over a fresh directory.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "impl/engine/error_name.h"
#include "impl/engine/process.h"
#include "impl/env/posix_env.h"
#include "impl/esent.h"

namespace backstop::api {

constexpr uint32_t kPage = 4096;
constexpr JET_GRBIT kNormal = JET_bitBackupEndNormal;
constexpr JET_GRBIT kAbort = JET_bitBackupEndAbort;
constexpr JET_GRBIT kIncremental = JET_bitBackupIncremental;

/// Expects a call to return a code, and names the code it returned instead.
#define EXPECT_CODE(call, code) EXPECT_PRED_FORMAT2(::backstop::api::SameCode, call, code)
#define ASSERT_OK(call) ASSERT_PRED_FORMAT2(::backstop::api::SameCode, call, JET_errSuccess)

inline testing::AssertionResult SameCode(const char* call, const char*, JET_ERR got,
                                         JET_ERR expected) {
  if (got == expected) return testing::AssertionSuccess();
  return testing::AssertionFailure() << call << " returned " << engine::ErrorName(got) << ", not "
                                     << engine::ErrorName(expected);
}

/// An aligned buffer of whole pages.
class PageBuffer {
 public:
  explicit PageBuffer(uint32_t pages)
      : bytes_(static_cast<std::byte*>(std::aligned_alloc(kPage, size_t{pages} * kPage))),
        size_(pages * kPage) {}
  std::byte* data() { return bytes_.get(); }
  uint32_t size() const { return size_; }

 private:
  struct Free {
    void operator()(std::byte* bytes) const { std::free(bytes); }
  };
  std::unique_ptr<std::byte, Free> bytes_;
  uint32_t size_;
};

/// The names in a multi-string.
inline std::vector<std::string> Names(const std::string& list) {
  std::vector<std::string> names;
  for (size_t at = 0; at < list.size() && list[at] != '\0'; at += names.back().size() + 1) {
    names.emplace_back(list.c_str() + at);
  }
  return names;
}

class EngineFixture : public testing::Test {
 protected:
  explicit EngineFixture(const engine::Dialect& dialect = engine::kStrict)
      : process_(env::PosixEnv::Get(), dialect) {
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  ~EngineFixture() override { std::filesystem::remove_all(directory_); }

  void SetText(JET_INSTANCE* instance, uint32_t id, const std::string& text) {
    ASSERT_OK(JetSetSystemParameter(instance, JET_sesidNil, id, 0, text.c_str()));
  }
  void SetNumber(JET_INSTANCE* instance, uint32_t id, uint64_t number) {
    ASSERT_OK(JetSetSystemParameter(instance, JET_sesidNil, id, number, nullptr));
  }
  /// Paths of its own and small logs.
  void Configure(JET_INSTANCE* instance, const std::string& directory) {
    std::filesystem::create_directories(directory);
    SetText(instance, JET_paramSystemPath, directory);
    SetText(instance, JET_paramLogFilePath, directory);
    SetText(instance, JET_paramTempPath, directory + "tmp.edb");
    SetNumber(instance, JET_paramLogFileSize, 64);
  }
  JET_INSTANCE CreateInstance(const std::string& name) {
    JET_INSTANCE instance = JET_instanceNil;
    EXPECT_CODE(JetCreateInstance(&instance, name.c_str()), JET_errSuccess);
    Configure(&instance, directory_ + name + "/");
    return instance;
  }
  JET_INSTANCE StartInstance(const std::string& name) {
    JET_INSTANCE instance = CreateInstance(name);
    EXPECT_CODE(JetInit(&instance), JET_errSuccess);
    return instance;
  }
  JET_SESID BeginSession(JET_INSTANCE instance) {
    JET_SESID session = JET_sesidNil;
    EXPECT_CODE(JetBeginSession(instance, &session, nullptr, nullptr), JET_errSuccess);
    return session;
  }
  std::string DatabasePath(const std::string& name) { return directory_ + name; }

  const std::string directory_ =
      testing::TempDir() + "engine_" + std::to_string(getpid()) + TestName() + "/";
  engine::Process process_;
  engine::ProcessBinding binding_{process_};

 private:
  static std::string TestName() {
    std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    std::replace(name.begin(), name.end(), '/', '_');
    return name;
  }
};

/// With one initialised instance, a session, and a database with a table of rows.
class DatabaseFixture : public EngineFixture {
 protected:
  explicit DatabaseFixture(const engine::Dialect& dialect = engine::kStrict)
      : EngineFixture(dialect) {
    instance_ = StartInstance("first");
    session_ = BeginSession(instance_);
    database_ = CreateDatabase("a.edb", &dbid_);
  }

  std::string CreateDatabase(const std::string& name, JET_DBID* id) {
    std::string path = DatabasePath(name);
    EXPECT_CODE(JetCreateDatabase(session_, path.c_str(), nullptr, id, 0), JET_errSuccess);
    return path;
  }

  /// Makes a table of one column and inserts rows into it, each in its own transaction.
  void InsertRows(int count) {
    JET_TABLEID table = JET_tableidNil;
    JET_COLUMNDEF column = {.cbStruct = sizeof column, .coltyp = JET_coltypLong};
    JET_COLUMNID id = 0;
    ASSERT_OK(JetBeginTransaction(session_));
    ASSERT_OK(JetCreateTable(session_, dbid_, "rows", 0, 0, &table));
    ASSERT_OK(JetAddColumn(session_, table, "number", &column, nullptr, 0, &id));
    ASSERT_OK(JetCommitTransaction(session_, 0));
    for (int32_t row = 0; row < count; ++row) {
      ASSERT_OK(JetBeginTransaction(session_));
      ASSERT_OK(JetPrepareUpdate(session_, table, JET_prepInsert));
      ASSERT_OK(JetSetColumn(session_, table, id, &row, sizeof row, 0, nullptr));
      ASSERT_OK(JetUpdate(session_, table, nullptr, 0, nullptr));
      ASSERT_OK(JetCommitTransaction(session_, 0));
    }
    ASSERT_OK(JetCloseTable(session_, table));
  }

  // -- the backup of instance_ --
  JET_ERR Begin(JET_GRBIT grbit = 0) { return JetBeginExternalBackupInstance(instance_, grbit); }
  JET_ERR Stop() { return JetStopBackupInstance(instance_); }
  JET_ERR End(JET_GRBIT grbit) { return JetEndExternalBackupInstance2(instance_, grbit); }
  JET_ERR Truncate() { return JetTruncateLogInstance(instance_); }
  JET_ERR AttachInfo(std::string* list = nullptr) {
    return GetList(list, [this](char* to, uint32_t bytes, uint32_t* actual) {
      return JetGetAttachInfoInstance(instance_, to, bytes, actual);
    });
  }
  JET_ERR LogInfo(std::string* list = nullptr) {
    return GetList(list, [this](char* to, uint32_t bytes, uint32_t* actual) {
      return JetGetLogInfoInstance(instance_, to, bytes, actual);
    });
  }
  JET_ERR TruncateInfo(std::string* list = nullptr) {
    return GetList(list, [this](char* to, uint32_t bytes, uint32_t* actual) {
      return JetGetTruncateLogInfoInstance(instance_, to, bytes, actual);
    });
  }
  JET_ERR Open(const std::string& name, JET_HANDLE* handle, uint64_t* size = nullptr) {
    uint32_t low = 0;
    uint32_t high = 0;
    const JET_ERR err = JetOpenFileInstance(instance_, name.c_str(), handle, &low, &high);
    if (size != nullptr) *size = uint64_t{high} << 32 | low;
    return err;
  }
  JET_ERR Read(JET_HANDLE handle, uint32_t pages, uint32_t* read = nullptr) {
    return JetReadFileInstance(instance_, handle, buffer_.data(), pages * kPage, read);
  }
  JET_ERR Close(JET_HANDLE handle) { return JetCloseFileInstance(instance_, handle); }
  /// Copies a file of the backup in pieces of five pages.
  void Copy(const std::string& name, std::vector<std::byte>* bytes) {
    JET_HANDLE handle = 0;
    uint64_t size = 0;
    ASSERT_OK(Open(name, &handle, &size));
    for (uint32_t read = 1; read > 0;) {
      ASSERT_OK(Read(handle, 5, &read));
      bytes->insert(bytes->end(), buffer_.data(), buffer_.data() + read);
    }
    EXPECT_EQ(bytes->size(), size);
    ASSERT_OK(Close(handle));
  }
  void CopyDatabase() {
    std::vector<std::byte> bytes;
    Copy(database_, &bytes);
  }
  void CopyLogs() {
    std::string list;
    ASSERT_OK(LogInfo(&list));
    for (const std::string& name : Names(list)) {
      std::vector<std::byte> bytes;
      Copy(name, &bytes);
    }
  }

  JET_INSTANCE instance_ = JET_instanceNil;
  JET_SESID session_ = JET_sesidNil;
  JET_DBID dbid_ = 0;
  std::string database_;
  PageBuffer buffer_{8};

 private:
  template <class Call>
  static JET_ERR GetList(std::string* list, Call call) {
    uint32_t size = 0;
    JET_ERR err = call(nullptr, 0, &size);
    if (err < 0 || list == nullptr) return err;
    list->resize(size);
    return call(list->data(), size, &size);
  }
};

}  // namespace backstop::api
