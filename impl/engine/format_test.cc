// SPDX-License-Identifier: MIT
// Others must be able to read our files: libesedb's tools open a database and export every row.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>

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

std::vector<std::string> Lines(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

class FileFormat : public StorageWorld, public testing::WithParamInterface<uint32_t> {
 protected:
  static constexpr unsigned kTables = 5;
  static constexpr unsigned kRows = 300;

  void SetUp() override {
    if (Output("esedbinfo -V").empty()) GTEST_SKIP() << "libesedb-utils is not installed";
    settings_.page_bytes = GetParam();
    settings_.log_file_bytes = 1024 * 1024;
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
    for (unsigned table = 0; table < kTables; ++table) ASSERT_NO_FATAL_FAILURE(MakeTable(table));
    ASSERT_EQ(storage_->Close(true), JET_errSuccess);
  }

  static std::string TableName(unsigned table) { return fmt::format("Table{}", table); }
  static std::string Name(unsigned row) { return fmt::format("person {}", row); }
  /// Some short, some of half a page. What does not fit into a page these tools show as empty.
  static std::string Story(unsigned row) {
    const size_t bytes = row % 50 == 7 ? GetParam() / 2 : row % 9 * 90;
    return std::string(bytes + 1, static_cast<char>('a' + row % 26));
  }
  /// The row as it is exported.
  static std::string Line(unsigned row) {
    return fmt::format("{}\t{}\t{}", row * 7, Name(row), Story(row));
  }

  void Add(Cursor& cursor, const char* column, JET_COLTYP type, JET_COLUMNID* id) {
    ASSERT_EQ(cursor.AddColumn(transaction_, {.type = type, .name = column}, id), JET_errSuccess);
  }
  void Set(Cursor& cursor, JET_COLUMNID id, const std::string& text) {
    ASSERT_EQ(cursor.SetColumn(transaction_, id, std::as_bytes(std::span(text)), false),
              JET_errSuccess);
  }

  /// Rows come in another order than that of their keys; some are replaced, some deleted.
  void MakeTable(unsigned table) {
    std::unique_ptr<Cursor> cursor;
    ASSERT_EQ(storage_->Begin(transaction_), JET_errSuccess);
    ASSERT_EQ(Cursor::Create(*storage_, Attached(db_), transaction_, TableName(table), &cursor),
              JET_errSuccess);
    Add(*cursor, "Number", JET_coltypLong, &number_);
    Add(*cursor, "Name", JET_coltypText, &name_);
    Add(*cursor, "Story", JET_coltypLongText, &story_);
    if (table % 2 == 0) {
      ASSERT_EQ(cursor->CreateIndex(transaction_, "ByNumber", 0, {"Number"}), JET_errSuccess);
    }
    for (unsigned i = 0; i < kRows; ++i) {
      ASSERT_NO_FATAL_FAILURE(InsertRow(*cursor, table % 2 == 0 ? i * 149 % kRows : i));
    }
    ASSERT_EQ(cursor->Move(transaction_, JET_MoveFirst), JET_errSuccess);
    for (unsigned row = 0; row < kRows; ++row) {
      ASSERT_NO_FATAL_FAILURE(ChangeRow(*cursor, row));
      cursor->Move(transaction_, 1);
    }
    ASSERT_EQ(storage_->Commit(transaction_, 0), JET_errSuccess);
  }
  void InsertRow(Cursor& cursor, unsigned row) {
    Key key;
    const uint32_t number = row * 7;
    ASSERT_EQ(cursor.PrepareInsert(), JET_errSuccess);
    ASSERT_EQ(cursor.SetColumn(transaction_, number_, std::as_bytes(std::span(&number, 1)), false),
              JET_errSuccess);
    Set(cursor, name_, "not yet " + Name(row));
    Set(cursor, story_, row % 3 == 0 ? std::string(9000, '-') : Story(row));
    ASSERT_EQ(cursor.Update(transaction_, &key), JET_errSuccess);
  }
  void ChangeRow(Cursor& cursor, unsigned row) {
    if (row % 10 == 9) {
      ASSERT_EQ(cursor.Delete(transaction_), JET_errSuccess);
      return;
    }
    Key key;
    ASSERT_EQ(cursor.PrepareReplace(transaction_), JET_errSuccess);
    Set(cursor, name_, Name(row));
    if (row % 3 == 0) Set(cursor, story_, Story(row));
    ASSERT_EQ(cursor.Update(transaction_, &key), JET_errSuccess);
  }

  const std::string db_ = Path("a.edb");
  Transaction transaction_;
  JET_COLUMNID number_ = 0, name_ = 0, story_ = 0;
};

TEST_P(FileFormat, AnotherReaderListsTablesColumnsAndIndexes) {
  const std::string output = Output("esedbinfo " + db_);
  EXPECT_THAT(output, HasSubstr(fmt::format("Page size:\t\t{} bytes", GetParam())));
  EXPECT_THAT(output, HasSubstr(fmt::format("Number of tables:\t{}", kTables)));
  EXPECT_THAT(output, HasSubstr("Table0 (4)"));
  EXPECT_THAT(output, HasSubstr("Integer 32-bit signed"));
  EXPECT_THAT(output, HasSubstr("ByNumber"));
}

TEST_P(FileFormat, AnotherReaderExportsEveryRow) {
  const std::string log = Output(fmt::format("esedbexport -t {} {}", Path("out"), db_));
  EXPECT_THAT(log, HasSubstr("Export completed"));
  for (unsigned table = 0; table < kTables; ++table) {
    const std::string file = fmt::format("{}.export/{}.{}", Path("out"), TableName(table), table);
    std::vector<std::string> expected = {"Number\tName\tStory"};
    for (unsigned row = 0; row < kRows; ++row) {
      if (row % 10 != 9) expected.push_back(Line(row));
    }
    ASSERT_EQ(Lines(file), expected) << TableName(table);
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, FileFormat, testing::Values(4096, 8192, 16384, 32768));

}  // namespace
}  // namespace backstop::engine
