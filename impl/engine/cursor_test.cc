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
    Key key;
    if (const Err err = cursor_->PrepareInsert(); err < 0) return err;
    if (const Err err =
            cursor_->SetColumn(transaction_, name_, std::as_bytes(std::span(name)), false);
        err < 0) {
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
    const Err err = cursor_->RetrieveColumn(transaction_, name_, false, &value);
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
    ASSERT_EQ(cursor_->RetrieveColumn(transaction_, id_, false, &value), JET_errSuccess);
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
  Key key;
  EXPECT_EQ(cursor_->Update(transaction_, &key), JET_errUpdateNotPrepared);
  EXPECT_EQ(cursor_->SetColumn(transaction_, name_, std::nullopt, false), JET_errUpdateNotPrepared);
  ASSERT_EQ(cursor_->PrepareInsert(), JET_errSuccess);
  EXPECT_EQ(cursor_->PrepareInsert(), JET_errAlreadyPrepared);
  const std::vector<std::byte> large(300);
  EXPECT_EQ(cursor_->SetColumn(transaction_, name_, large, false), JET_errColumnTooBig);
  EXPECT_EQ(cursor_->SetColumn(transaction_, id_, std::span(large).first(3), false),
            JET_errInvalidBufferSize);
  EXPECT_EQ(cursor_->SetColumn(transaction_, 77, large, false), JET_errColumnNotFound);
  ASSERT_EQ(cursor_->CancelUpdate(), JET_errSuccess);
  EXPECT_EQ(cursor_->CancelUpdate(), JET_errUpdateNotPrepared);
}

class KeyedCursor : public CursorTest {
 protected:
  void SetUp() override {
    CursorTest::SetUp();
    ASSERT_EQ(AddColumn("Story", JET_coltypLongBinary, 0, &story_), JET_errSuccess);
    ASSERT_EQ(cursor_->CreateIndex(transaction_, "ByName", 0, {"name"}), JET_errSuccess);
    ASSERT_EQ(storage_->Begin(transaction_), JET_errSuccess);
  }
  Err Seek(const std::string& name, JET_GRBIT grbit) {
    const Err err = cursor_->MakeKey(std::as_bytes(std::span(name)), JET_bitNewKey);
    return err < 0 ? err : cursor_->Seek(transaction_, grbit);
  }
  Err SetStory(const std::vector<std::byte>& story) {
    Key key;
    if (const Err err = cursor_->PrepareReplace(transaction_); err < 0) return err;
    if (const Err err = cursor_->SetColumn(transaction_, story_, story, false); err < 0) return err;
    return cursor_->Update(transaction_, &key);
  }
  std::vector<std::byte> Story() {
    std::vector<std::byte> story;
    EXPECT_EQ(cursor_->RetrieveColumn(transaction_, story_, false, &story), JET_errSuccess);
    return story;
  }
  static std::vector<std::byte> Long(size_t bytes) {
    std::vector<std::byte> value(bytes);
    for (size_t i = 0; i < bytes; ++i) value[i] = static_cast<std::byte>(i * 7 + i / 251);
    return value;
  }

  JET_COLUMNID story_ = 0;
};

TEST_F(KeyedCursor, FindsARowByItsKeyOrTheNearestOne) {
  for (int i = 0; i < 300; ++i) ASSERT_EQ(Insert(fmt::format("row {}", i * 17 % 300 + 100)), 0);
  EXPECT_EQ(Seek("ROW 250", JET_bitSeekEQ), JET_errSuccess);
  EXPECT_EQ(Name(), "row 250");
  EXPECT_EQ(Seek("row 2505", JET_bitSeekEQ), JET_errRecordNotFound);
  EXPECT_EQ(Seek("row 2505", JET_bitSeekGE), JET_wrnSeekNotEqual);
  EXPECT_EQ(Name(), "row 251");
  EXPECT_EQ(Seek("row 251", JET_bitSeekGE), JET_errSuccess);
  EXPECT_EQ(Seek("row 251", JET_bitSeekGT), JET_errSuccess);
  EXPECT_EQ(Name(), "row 252");
  EXPECT_EQ(Seek("row 2505", JET_bitSeekLE), JET_wrnSeekNotEqual);
  EXPECT_EQ(Name(), "row 250");
  EXPECT_EQ(Seek("row 250", JET_bitSeekLT), JET_errSuccess);
  EXPECT_EQ(Name(), "row 249");
  EXPECT_EQ(Seek("row 100", JET_bitSeekLT), JET_errRecordNotFound);
  EXPECT_EQ(cursor_->SetIndex("byname"), JET_errSuccess);
  EXPECT_EQ(cursor_->SetIndex("other"), JET_errIndexNotFound);
}

TEST_F(KeyedCursor, AKeyIsThereOnce) {
  ASSERT_EQ(Insert("a"), JET_errSuccess);
  EXPECT_EQ(Insert("A"), JET_errKeyDuplicate);
  ASSERT_EQ(cursor_->CancelUpdate(), JET_errSuccess);
  ASSERT_EQ(Seek("a", JET_bitSeekEQ), JET_errSuccess);
  Key bookmark;
  ASSERT_EQ(cursor_->GetBookmark(&bookmark), JET_errSuccess);
  ASSERT_EQ(cursor_->Delete(transaction_), JET_errSuccess);
  EXPECT_EQ(Name(), fmt::format("error {}", JET_errRecordDeleted));
  EXPECT_EQ(cursor_->GoTo(transaction_, bookmark), JET_errRecordDeleted);
  ASSERT_EQ(Insert("A"), JET_errSuccess);
  EXPECT_EQ(cursor_->GoTo(transaction_, bookmark), JET_errSuccess);
  EXPECT_EQ(Name(), "A");
}

TEST_F(KeyedCursor, AnIndexIsMadeOnceAndOnlyForAnEmptyTable) {
  EXPECT_EQ(cursor_->CreateIndex(transaction_, "BYNAME", 0, {"name"}), JET_errIndexDuplicate);
  EXPECT_EQ(cursor_->CreateIndex(transaction_, "Second", 0, {"name"}), JET_errIndexHasPrimary);
  std::unique_ptr<Cursor> other;
  ASSERT_EQ(Cursor::Create(*storage_, Attached(db_), transaction_, "Others", &other),
            JET_errSuccess);
  EXPECT_EQ(other->MakeKey({}, JET_bitNewKey), JET_errNoCurrentIndex);
  EXPECT_EQ(other->CreateIndex(transaction_, "I", 0, {"nothing"}), JET_errColumnNotFound);
  Key key;
  ASSERT_EQ(other->PrepareInsert(), JET_errSuccess);
  ASSERT_EQ(other->Update(transaction_, &key), JET_errSuccess);
  JET_COLUMNID id = 0;
  ASSERT_EQ(other->AddColumn(transaction_, {.type = JET_coltypLong, .name = "c"}, &id), 0);
  EXPECT_EQ(other->CreateIndex(transaction_, "I", 0, {"c"}), JET_errTableNotEmpty);
}

TEST_F(KeyedCursor, LongValuesOfAnySizeAreReplacedDeletedAndTakenBack) {
  ASSERT_EQ(Insert("a"), JET_errSuccess);
  ASSERT_EQ(Seek("a", JET_bitSeekEQ), JET_errSuccess);
  for (const size_t bytes : {1000, 1025, 4095, 20'000, 1'000'000, 5}) {
    ASSERT_EQ(SetStory(Long(bytes)), JET_errSuccess);
    EXPECT_EQ(Story(), Long(bytes));
  }
  ASSERT_EQ(SetStory(Long(50'000)), JET_errSuccess);
  ASSERT_EQ(storage_->Commit(transaction_, 0), JET_errSuccess);
  ASSERT_EQ(storage_->Begin(transaction_), JET_errSuccess);
  ASSERT_EQ(SetStory(Long(60'000)), JET_errSuccess);
  ASSERT_EQ(cursor_->Delete(transaction_), JET_errSuccess);
  ASSERT_EQ(storage_->Rollback(transaction_, 0), JET_errSuccess);
  ASSERT_EQ(Seek("a", JET_bitSeekEQ), JET_errSuccess);
  EXPECT_EQ(Story(), Long(50'000));
  cursor_.reset();
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  ASSERT_EQ(Cursor::Open(*storage_, Attached(db_), transaction_, "people", &cursor_), 0);
  ASSERT_EQ(Seek("a", JET_bitSeekEQ), JET_errSuccess);
  EXPECT_EQ(Story(), Long(50'000));
}

TEST_F(KeyedCursor, ALongValueGrowsAtItsEnd) {
  ASSERT_EQ(Insert("a"), JET_errSuccess);
  ASSERT_EQ(Seek("a", JET_bitSeekEQ), JET_errSuccess);
  const std::vector<std::byte> all = Long(9000);
  for (size_t at = 0; at < all.size(); at += 3000) {
    Key key;
    ASSERT_EQ(cursor_->PrepareReplace(transaction_), JET_errSuccess);
    ASSERT_EQ(cursor_->SetColumn(transaction_, story_, std::span(all).subspan(at, 3000), true), 0);
    ASSERT_EQ(cursor_->Update(transaction_, &key), JET_errSuccess);
  }
  EXPECT_EQ(Story(), all);
}

TEST_F(KeyedCursor, AReplacementKeepsTheOtherColumnsAndTheKey) {
  ASSERT_EQ(Insert("a"), JET_errSuccess);
  ASSERT_EQ(Seek("a", JET_bitSeekEQ), JET_errSuccess);
  ASSERT_EQ(SetStory(Long(20)), JET_errSuccess);
  EXPECT_EQ(Name(), "a");
  const std::string other = "b";
  Key key;
  ASSERT_EQ(cursor_->PrepareReplace(transaction_), JET_errSuccess);
  ASSERT_EQ(cursor_->SetColumn(transaction_, name_, std::as_bytes(std::span(other)), false), 0);
  EXPECT_EQ(cursor_->Update(transaction_, &key), JET_errIllegalOperation);
}

TEST_F(KeyedCursor, AutoincrementGoesOnAboveTheHighestValueAfterARestart) {
  for (const char* name : {"c", "a", "b"}) ASSERT_EQ(Insert(name), JET_errSuccess);
  ASSERT_EQ(storage_->Commit(transaction_, 0), JET_errSuccess);
  cursor_.reset();
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  ASSERT_EQ(Cursor::Open(*storage_, Attached(db_), transaction_, "people", &cursor_), 0);
  ASSERT_EQ(storage_->Begin(transaction_), JET_errSuccess);
  ASSERT_EQ(Insert("d"), JET_errSuccess);
  ASSERT_EQ(Seek("d", JET_bitSeekEQ), JET_errSuccess);
  std::vector<std::byte> value;
  ASSERT_EQ(cursor_->RetrieveColumn(transaction_, id_, false, &value), JET_errSuccess);
  EXPECT_EQ(Load<uint32_t>(value, 0), 4u);
}

}  // namespace
}  // namespace backstop::engine
