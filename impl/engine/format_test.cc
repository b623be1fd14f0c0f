// SPDX-License-Identifier: MIT
// Others must be able to read our files: libesedb's tools, where they are installed.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdio>

#include "impl/engine/cursor.h"
#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

using testing::HasSubstr;

/// What a command prints; empty if it cannot be run.
std::string Output(const std::string& command) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return output;
  char buffer[4096];
  for (size_t read; (read = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    output.append(buffer, read);
  }
  return pclose(pipe) == 0 ? output : "";
}

class FileFormat : public StorageWorld, public testing::WithParamInterface<uint32_t> {
 protected:
  void SetUp() override {
    if (Output("esedbinfo -V").empty()) GTEST_SKIP() << "libesedb-utils is not installed";
    settings_.page_bytes = GetParam();
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
    MakeTable();
  }
  void MakeTable() {
    Transaction transaction;
    std::unique_ptr<Cursor> cursor;
    JET_COLUMNID name = 0, number = 0, story = 0;
    Database& database = Attached(db_);
    ASSERT_EQ(Cursor::Create(*storage_, database, transaction, "People", &cursor), JET_errSuccess);
    const auto add = [&](const char* column, JET_COLTYP type, JET_COLUMNID* id) {
      ASSERT_EQ(cursor->AddColumn(transaction, {.type = type, .name = column}, id), JET_errSuccess);
    };
    add("Name", JET_coltypText, &name);
    add("Number", JET_coltypLong, &number);
    add("Story", JET_coltypLongText, &story);
    storage_->Begin(transaction);
    for (uint32_t i = 0; i < 3; ++i) {
      const std::string text = fmt::format("person {}", i);
      uint64_t key = 0;
      ASSERT_EQ(cursor->PrepareInsert(), JET_errSuccess);
      ASSERT_EQ(cursor->SetColumn(name, std::as_bytes(std::span(text))), JET_errSuccess);
      ASSERT_EQ(cursor->SetColumn(number, std::as_bytes(std::span(&i, 1))), JET_errSuccess);
      ASSERT_EQ(cursor->SetColumn(story, std::as_bytes(std::span(text))), JET_errSuccess);
      ASSERT_EQ(cursor->Update(transaction, &key), JET_errSuccess);
    }
    ASSERT_EQ(storage_->Commit(transaction, 0), JET_errSuccess);
  }

  const std::string db_ = Path("a.edb");
};

TEST_P(FileFormat, AnotherReaderListsTablesAndColumns) {
  ASSERT_EQ(storage_->Close(true), JET_errSuccess);
  const std::string output = Output("esedbinfo " + db_);
  EXPECT_THAT(output, HasSubstr(fmt::format("Page size:\t\t{} bytes", GetParam())));
  EXPECT_THAT(output, HasSubstr("Number of tables:\t1"));
  EXPECT_THAT(output, HasSubstr("People (4)"));
  EXPECT_THAT(output, HasSubstr("Integer 32-bit signed"));
}

INSTANTIATE_TEST_SUITE_P(Pages, FileFormat, testing::Values(4096, 8192, 16384, 32768));

/// The tags of larger pages differ in ways that these tools do not all know.
class SmallPageFormat : public FileFormat {};

TEST_P(SmallPageFormat, AnotherReaderExportsTheRows) {
  ASSERT_EQ(storage_->Close(true), JET_errSuccess);
  Output(fmt::format("esedbexport -t {} {}", Path("out"), db_));
  const std::string rows = Output(fmt::format("cat {}.export/People.0", Path("out")));
  EXPECT_THAT(rows, HasSubstr("Name\tNumber\tStory\nperson 0\t0\tperson 0\nperson 1\t1\tperson 1"));
}

INSTANTIATE_TEST_SUITE_P(Pages, SmallPageFormat, testing::Values(4096, 8192));

}  // namespace
}  // namespace backstop::engine
