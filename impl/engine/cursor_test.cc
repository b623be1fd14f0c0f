// SPDX-License-Identifier: MIT
#include "impl/engine/cursor.h"

#include <fmt/format.h>

#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

class CursorTest : public StorageWorld {
 protected:
  void SetUp() override {
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
    ASSERT_EQ(Cursor::Create(*storage_, Attached(db_), transaction_, "People", &cursor_),
              JET_errSuccess);
    ASSERT_EQ(AddColumn("Name", JET_coltypText, 0, &name_), JET_errSuccess);
    ASSERT_EQ(AddColumn("Id", JET_coltypLong, JET_bitColumnAutoincrement, &id_), JET_errSuccess);
  }

  Err AddColumn(const std::string& name, JET_COLTYP type, JET_GRBIT grbit, JET_COLUMNID* id) {
    return cursor_->AddColumn(transaction_, {.type = type, .grbit = grbit, .name = name}, id);
  }
  Err Insert(const std::string& name) {
    uint64_t key = 0;
    if (const Err err = cursor_->PrepareInsert(); err < 0) return err;
    if (const Err err = cursor_->SetColumn(name_, std::as_bytes(std::span(name))); err < 0) {
      return err;
    }
    return cursor_->Update(transaction_, &key);
  }
  void Commit(int rows) {
    storage_->Begin(transaction_);
    for (int i = 0; i < rows; ++i) ASSERT_EQ(Insert(fmt::format("row {}", i)), JET_errSuccess);
    ASSERT_EQ(storage_->Commit(transaction_, 0), JET_errSuccess);
  }
  std::string Name() {
    std::vector<std::byte> value;
    const Err err = cursor_->RetrieveColumn(name_, false, &value);
    if (err != JET_errSuccess) return fmt::format("error {}", err);
    return {reinterpret_cast<const char*>(value.data()), value.size()};
  }

  const std::string db_ = Path("a.edb");
  Transaction transaction_;
  std::unique_ptr<Cursor> cursor_;
  JET_COLUMNID name_ = 0, id_ = 0;
};

TEST_F(CursorTest, WalksTheRowsOfManyPagesBothWays) {
  Commit(500);
  ASSERT_EQ(cursor_->Move(transaction_, JET_MoveFirst), JET_errSuccess);
  for (int i = 0; i < 499; ++i) {
    ASSERT_EQ(Name(), fmt::format("row {}", i));
    ASSERT_EQ(cursor_->Move(transaction_, 1), JET_errSuccess);
  }
  EXPECT_EQ(cursor_->Move(transaction_, 1), JET_errNoCurrentRecord);
  EXPECT_EQ(Name(), fmt::format("error {}", JET_errNoCurrentRecord));
  ASSERT_EQ(cursor_->Move(transaction_, -1), JET_errSuccess);
  EXPECT_EQ(Name(), "row 499");
  ASSERT_EQ(cursor_->Move(transaction_, -499), JET_errSuccess);
  EXPECT_EQ(Name(), "row 0");
  EXPECT_EQ(cursor_->Move(transaction_, -1), JET_errNoCurrentRecord);
  ASSERT_EQ(cursor_->Move(transaction_, 1), JET_errSuccess);
  EXPECT_EQ(Name(), "row 0");
  ASSERT_EQ(cursor_->Move(transaction_, JET_MoveLast), JET_errSuccess);
  EXPECT_EQ(Name(), "row 499");
}

TEST_F(CursorTest, AnEmptyTableHasNoCurrentRecord) {
  EXPECT_EQ(cursor_->Move(transaction_, JET_MoveFirst), JET_errNoCurrentRecord);
  EXPECT_EQ(cursor_->Move(transaction_, JET_MoveLast), JET_errNoCurrentRecord);
  EXPECT_EQ(cursor_->Move(transaction_, 0), JET_errNoCurrentRecord);
}

TEST_F(CursorTest, AutoincrementValuesRise) {
  Commit(3);
  Commit(2);
  uint32_t last = 0;
  for (Err err = cursor_->Move(transaction_, JET_MoveFirst); err >= 0;
       err = cursor_->Move(transaction_, 1)) {
    std::vector<std::byte> value;
    ASSERT_EQ(cursor_->RetrieveColumn(id_, false, &value), JET_errSuccess);
    EXPECT_GT(Load<uint32_t>(value, 0), last);
    last = Load<uint32_t>(value, 0);
  }
  EXPECT_GE(last, 5u);
}

TEST_F(CursorTest, ATableIsThereAfterACrashWithItsColumnsAndRows) {
  Commit(100);
  cursor_.reset();
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  ASSERT_EQ(Cursor::Open(*storage_, Attached(db_), transaction_, "PEOPLE", &cursor_),
            JET_errSuccess);
  Column column;
  ASSERT_EQ(cursor_->FindColumn("name", &column), JET_errSuccess);
  EXPECT_EQ(column.id, name_);
  ASSERT_EQ(cursor_->Move(transaction_, JET_MoveLast), JET_errSuccess);
  EXPECT_EQ(Name(), "row 99");
  std::unique_ptr<Cursor> second;
  ASSERT_EQ(Cursor::Create(*storage_, Attached(db_), transaction_, "Others", &second),
            JET_errSuccess);
  EXPECT_EQ(second->Move(transaction_, JET_MoveFirst), JET_errNoCurrentRecord);
}

TEST_F(CursorTest, NamesOfTablesAndColumnsAreUnique) {
  std::unique_ptr<Cursor> second;
  EXPECT_EQ(Cursor::Create(*storage_, Attached(db_), transaction_, "people", &second),
            JET_errTableDuplicate);
  JET_COLUMNID id = 0;
  EXPECT_EQ(AddColumn("NAME", JET_coltypLong, 0, &id), JET_errColumnDuplicate);
  EXPECT_EQ(Cursor::Open(*storage_, Attached(db_), transaction_, "nobody", &second),
            JET_errObjectNotFound);
}

TEST_F(CursorTest, ATableOfARolledBackTransactionIsGone) {
  std::unique_ptr<Cursor> second;
  ASSERT_EQ(storage_->Begin(transaction_), JET_errSuccess);
  ASSERT_EQ(Cursor::Create(*storage_, Attached(db_), transaction_, "Gone", &second),
            JET_errSuccess);
  ASSERT_EQ(storage_->Rollback(transaction_, 0), JET_errSuccess);
  EXPECT_EQ(Cursor::Open(*storage_, Attached(db_), transaction_, "Gone", &second),
            JET_errObjectNotFound);
}

TEST_F(CursorTest, ARecordIsPreparedOnceAndChecked) {
  uint64_t key = 0;
  EXPECT_EQ(cursor_->Update(transaction_, &key), JET_errUpdateNotPrepared);
  EXPECT_EQ(cursor_->SetColumn(name_, std::nullopt), JET_errUpdateNotPrepared);
  ASSERT_EQ(cursor_->PrepareInsert(), JET_errSuccess);
  EXPECT_EQ(cursor_->PrepareInsert(), JET_errAlreadyPrepared);
  const std::vector<std::byte> large(300);
  EXPECT_EQ(cursor_->SetColumn(name_, large), JET_errColumnTooBig);
  EXPECT_EQ(cursor_->SetColumn(id_, std::span(large).first(3)), JET_errInvalidBufferSize);
  EXPECT_EQ(cursor_->SetColumn(77, large), JET_errColumnNotFound);
  ASSERT_EQ(cursor_->CancelUpdate(), JET_errSuccess);
  EXPECT_EQ(cursor_->CancelUpdate(), JET_errUpdateNotPrepared);
}

}  // namespace
}  // namespace backstop::engine
