// SPDX-License-Identifier: MIT
// A storage in a directory of its own, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "impl/engine/database.h"
#include "impl/engine/storage.h"
#include "impl/engine/transaction.h"
#include "impl/env/failing_env.h"

namespace backstop::engine {

class StorageWorld : public testing::Test {
 protected:
  StorageWorld() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(test->test_suite_name()) + "." + test->name();
    for (char& c : name) c = c == '/' ? '_' : c;
    directory_ = std::filesystem::path(testing::TempDir()) / (name + std::to_string(getpid()));
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
    settings_.system_path = settings_.log_path = directory_.string() + "/";
    settings_.log_file_bytes = 64 * 1024;
  }
  ~StorageWorld() override {
    storage_.reset();
    std::filesystem::remove_all(directory_);
  }

  std::string Path(const std::string& name) const { return (directory_ / name).string(); }

  Err Open() {
    storage_.reset();
    return Storage::Open(env_, settings_, &storage_);
  }
  void Reopen(bool clean) {
    ASSERT_EQ(storage_->Close(clean), JET_errSuccess);
    ASSERT_EQ(Open(), JET_errSuccess);
  }
  Database& Attached(const std::string& path) {
    return static_cast<Database&>(*storage_->Find(path));
  }

  /// The one tree every database has.
  static constexpr TreeId kTree{kCatalogObject, kCatalogPage};

  static Err Insert(Database& database, Transaction& transaction, const std::string& text) {
    Key key;
    return database.AppendRow(transaction, kTree, std::as_bytes(std::span(text)), &key);
  }
  static std::vector<std::string> Rows(Database& database, const Transaction& transaction) {
    std::vector<std::string> rows;
    std::vector<std::byte> record;
    for (Key key; database.RowFrom(transaction, kTree, &key, &record) >= 0; key = KeyAfter(key)) {
      rows.emplace_back(reinterpret_cast<const char*>(record.data()), record.size());
    }
    return rows;
  }
  std::vector<std::string> CommittedRows(const std::string& path) {
    return Rows(Attached(path), Transaction());
  }
  void CommitRow(const std::string& path, const std::string& text, JET_GRBIT grbit = 0) {
    Transaction transaction;
    ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
    ASSERT_EQ(Insert(Attached(path), transaction, text), JET_errSuccess);
    ASSERT_EQ(storage_->Commit(transaction, grbit), JET_errSuccess);
  }

  env::FailingEnv env_;
  StorageSettings settings_;
  std::filesystem::path directory_;
  std::unique_ptr<Storage> storage_;
};

}  // namespace backstop::engine
