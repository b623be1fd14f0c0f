// SPDX-License-Identifier: MIT
// Trees against a sorted map: any sequence of changes, transactions, crashes, with every page size.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

using testing::ElementsAre;

using Map = std::map<Key, std::string>;

class TreeOf : public StorageWorld, public testing::WithParamInterface<uint32_t> {
 protected:
  void SetUp() override {
    settings_.page_bytes = GetParam();
    settings_.checkpoint_depth_bytes = 40'000;
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
    Transaction transaction;
    ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
    ASSERT_EQ(Attached(db_).CreateObject(transaction, 0, &tree_), JET_errSuccess);
    ASSERT_EQ(storage_->Commit(transaction, 0), JET_errSuccess);
  }

  Map Contents(const Transaction& transaction) {
    Map rows;
    std::vector<std::byte> record;
    Key key;
    for (; Attached(db_).RowFrom(transaction, tree_, &key, &record) >= 0; key = KeyAfter(key)) {
      rows[key] = {reinterpret_cast<const char*>(record.data()), record.size()};
    }
    return rows;
  }
  Map Backwards(const Transaction& transaction) {
    Map rows;
    std::vector<std::byte> record;
    Key key;
    Err err = Attached(db_).LastRow(transaction, tree_, &key, &record);
    for (; err >= 0; err = Attached(db_).RowBelow(transaction, tree_, &key, &record)) {
      rows[key] = {reinterpret_cast<const char*>(record.data()), record.size()};
    }
    return rows;
  }

  /// One random change of the tree and of what it should be.
  void ChangeSomething(Transaction& transaction, Map* expected) {
    const Key key = fmt::format("{:0{}}", random_() % 300, 1 + random_() % 40);
    const size_t most = std::min<size_t>(RowBytesMax(GetParam()) - 300, 3000);
    const std::string text(random_() % most, static_cast<char>('a' + random_() % 26));
    const ConstBytes record = std::as_bytes(std::span(text));
    Database& database = Attached(db_);
    const bool present = expected->contains(key);
    switch (random_() % 3) {
      case 0:
        ASSERT_EQ(database.InsertRow(transaction, tree_, key, record),
                  present ? JET_errKeyDuplicate : JET_errSuccess);
        expected->try_emplace(key, text);
        return;
      case 1:
        ASSERT_EQ(database.ReplaceRow(transaction, tree_, key, record),
                  present ? JET_errSuccess : JET_errRecordDeleted);
        if (present) (*expected)[key] = text;
        return;
      default:
        ASSERT_EQ(database.DeleteRow(transaction, tree_, key),
                  present ? JET_errSuccess : JET_errRecordDeleted);
        expected->erase(key);
    }
  }

  /// Transactions of two levels, each of which may be taken back.
  void RunTransaction(Map* expected) {
    Transaction transaction;
    ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
    Map outer = *expected;
    for (int part = 0; part < 3; ++part) {
      Map inner = outer;
      ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
      for (unsigned i = random_() % 6; i > 0; --i) ChangeSomething(transaction, &inner);
      if (random_() % 3 == 0) {
        ASSERT_EQ(storage_->Rollback(transaction, 0), JET_errSuccess);
      } else {
        ASSERT_EQ(storage_->Commit(transaction, 0), JET_errSuccess);
        outer = std::move(inner);
      }
      ASSERT_EQ(Contents(transaction), outer);
    }
    if (random_() % 3 == 0) {
      ASSERT_EQ(storage_->Rollback(transaction, 0), JET_errSuccess);
    } else {
      ASSERT_EQ(storage_->Commit(transaction, JET_bitCommitLazyFlush), JET_errSuccess);
      *expected = std::move(outer);
    }
  }

  const std::string db_ = Path("a.edb");
  TreeId tree_;
  std::mt19937 random_{GetParam()};
};

TEST_P(TreeOf, AnySizeBehavesAsASortedMapThroughCrashes) {
  Map expected;
  for (int round = 0; round < 200 && !HasFatalFailure(); ++round) {
    RunTransaction(&expected);
    if (round % 20 != 19) continue;
    ASSERT_EQ(Contents(Transaction()), expected);
    ASSERT_EQ(Backwards(Transaction()), expected);
    Transaction open;
    Map lost = expected;
    ASSERT_EQ(storage_->Begin(open), JET_errSuccess);
    for (int i = 0; i < 10; ++i) ChangeSomething(open, &lost);
    if (round % 40 == 39) {
      ASSERT_EQ(Attached(db_).Flush(), JET_errSuccess);
    }
    ASSERT_EQ(storage_->log().ForceRoll(), JET_errSuccess);
    Reopen(false);
    ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
    ASSERT_EQ(Contents(Transaction()), expected) << round;
  }
  EXPECT_GT(expected.size(), 50u);
}

/// Pages of different ages, some of which were split, emptied or used again meanwhile.
TEST_P(TreeOf, AFuzzyCopyIsBroughtUpToDateByTheLogs) {
  Map expected;
  for (int round = 0; round < 60; ++round) RunTransaction(&expected);
  const size_t page_bytes = GetParam();
  const uint32_t count = Attached(db_).page_count();
  std::vector<std::byte> copy((count + 2) * page_bytes);
  Attached(db_).CopyHeader({}, Bytes(copy).first(page_bytes));
  std::copy_n(copy.begin(), page_bytes, copy.begin() + static_cast<ptrdiff_t>(page_bytes));
  for (uint32_t page = 1; page <= count && !HasFatalFailure(); ++page) {
    if (page % 3 == 0) {
      ASSERT_EQ(Attached(db_).Flush(), JET_errSuccess);
    }
    const Bytes to = Bytes(copy).subspan((page + 1) * page_bytes, page_bytes);
    ASSERT_EQ(Attached(db_).ReadPages(page, to), JET_errSuccess);
    RunTransaction(&expected);
  }
  ASSERT_EQ(storage_->log().ForceRoll(), JET_errSuccess);
  storage_.reset();
  std::ofstream(db_, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(copy.data()), static_cast<std::streamsize>(copy.size()));
  std::filesystem::remove(Path("edb.chk"));
  std::filesystem::remove(db_ + ".dwb");
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_EQ(Contents(Transaction()), expected);
  EXPECT_EQ(Backwards(Transaction()), expected);
  for (int round = 0; round < 60; ++round) RunTransaction(&expected);
  EXPECT_EQ(Contents(Transaction()), expected);
}

TEST_P(TreeOf, RowsThatComeInOrderFillTheirPages) {
  Transaction transaction;
  ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
  const uint32_t before = Attached(db_).page_count();
  const std::vector<std::byte> record(190);
  for (uint64_t i = 0; i < 3000; ++i) {
    ASSERT_EQ(Attached(db_).InsertRow(transaction, tree_, NumberedKey(i), record), JET_errSuccess);
  }
  ASSERT_EQ(storage_->Commit(transaction, 0), JET_errSuccess);
  EXPECT_EQ(Contents(Transaction()).size(), 3000u);
  EXPECT_LT(Attached(db_).page_count() - before, 3000 * 220 / (GetParam() - 300) + 20);
}

TEST_P(TreeOf, RowsThatComeInTheOppositeOrderAreFoundInOrder) {
  Transaction transaction;
  ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
  const std::vector<std::byte> record(300);
  for (uint64_t i = 2000; i > 0; --i) {
    ASSERT_EQ(Attached(db_).InsertRow(transaction, tree_, NumberedKey(i), record), JET_errSuccess);
  }
  uint64_t next = 1;
  for (const auto& [key, text] : Contents(transaction)) ASSERT_EQ(NumberOf(key), next++);
  EXPECT_EQ(next, 2001u);
  ASSERT_EQ(storage_->Rollback(transaction, 0), JET_errSuccess);
  EXPECT_TRUE(Contents(Transaction()).empty());
}

INSTANTIATE_TEST_SUITE_P(Pages, TreeOf, testing::Values(4096, 8192, 16384, 32768));

class TreeVersions : public StorageWorld {
 protected:
  void SetUp() override {
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
    for (const char* text : {"one", "two", "three"}) CommitRow(db_, text);
    for (Transaction* each : {&reader_, &writer_}) {
      ASSERT_EQ(storage_->Begin(*each), JET_errSuccess);
    }
  }
  Err Replace(Transaction& transaction, uint64_t number, const std::string& text) {
    return Attached(db_).ReplaceRow(transaction, kTree, NumberedKey(number),
                                    std::as_bytes(std::span(text)));
  }
  Err Delete(Transaction& transaction, uint64_t number) {
    return Attached(db_).DeleteRow(transaction, kTree, NumberedKey(number));
  }
  std::vector<std::string> Seen(const Transaction& transaction) {
    return Rows(Attached(db_), transaction);
  }

  const std::string db_ = Path("a.edb");
  Transaction reader_, writer_;
};

TEST_F(TreeVersions, AReaderSeesTheStateItBeganWith) {
  ASSERT_EQ(Replace(writer_, 1, "ONE"), JET_errSuccess);
  ASSERT_EQ(Delete(writer_, 2), JET_errSuccess);
  EXPECT_THAT(Seen(writer_), ElementsAre("ONE", "three"));
  EXPECT_THAT(Seen(reader_), ElementsAre("one", "two", "three"));
  ASSERT_EQ(storage_->Commit(writer_, 0), JET_errSuccess);
  CommitRow(db_, "four");
  EXPECT_THAT(Seen(reader_), ElementsAre("one", "two", "three"));
  EXPECT_THAT(CommittedRows(db_), ElementsAre("ONE", "three", "four"));
  ASSERT_EQ(storage_->Rollback(reader_, 0), JET_errSuccess);
}

TEST_F(TreeVersions, TwoTransactionsDoNotChangeOneRow) {
  ASSERT_EQ(Replace(writer_, 1, "ONE"), JET_errSuccess);
  EXPECT_EQ(Replace(reader_, 1, "eins"), JET_errWriteConflict);
  EXPECT_EQ(Delete(reader_, 1), JET_errWriteConflict);
  ASSERT_EQ(storage_->Commit(writer_, 0), JET_errSuccess);
  EXPECT_EQ(Replace(reader_, 1, "eins"), JET_errWriteConflict);
  ASSERT_EQ(storage_->Rollback(reader_, 0), JET_errSuccess);
  ASSERT_EQ(storage_->Begin(reader_), JET_errSuccess);
  EXPECT_EQ(Replace(reader_, 1, "eins"), JET_errSuccess);
  ASSERT_EQ(storage_->Commit(reader_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("eins", "two", "three"));
}

TEST_F(TreeVersions, ADeletedRowIsAWriteConflictUntilItsDeletionIsSeen) {
  ASSERT_EQ(Delete(writer_, 2), JET_errSuccess);
  EXPECT_EQ(Replace(reader_, 2, "zwei"), JET_errWriteConflict);
  EXPECT_EQ(Delete(writer_, 2), JET_errRecordDeleted);
  ASSERT_EQ(storage_->Rollback(writer_, 0), JET_errSuccess);
  EXPECT_EQ(Replace(reader_, 2, "zwei"), JET_errSuccess);
  ASSERT_EQ(storage_->Commit(reader_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("one", "zwei", "three"));
}

TEST_F(TreeVersions, ARowThatIsDeletedAndAddedAgainComesBackAsItWas) {
  const std::string text = "a much longer second row than before";
  ASSERT_EQ(Delete(writer_, 2), JET_errSuccess);
  ASSERT_EQ(Attached(db_).InsertRow(writer_, kTree, NumberedKey(2), std::as_bytes(std::span(text))),
            JET_errSuccess);
  EXPECT_THAT(Seen(writer_), ElementsAre("one", text, "three"));
  EXPECT_THAT(Seen(reader_), ElementsAre("one", "two", "three"));
  ASSERT_EQ(Attached(db_).Flush(), JET_errSuccess);
  ASSERT_EQ(storage_->Rollback(reader_, 0), JET_errSuccess);
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("one", "two", "three"));
}

TEST_F(TreeVersions, RoomOfDeletedRowsIsUsedAgain) {
  ASSERT_EQ(storage_->Rollback(reader_, 0), JET_errSuccess);
  ASSERT_EQ(storage_->Rollback(writer_, 0), JET_errSuccess);
  const std::string text(1000, 'x');
  const uint32_t pages = Attached(db_).page_count();
  for (uint64_t i = 0; i < 200; ++i) {
    Transaction transaction;
    ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
    const Key key = "key" + std::to_string(i % 2);
    ASSERT_EQ(Attached(db_).InsertRow(transaction, kTree, key, std::as_bytes(std::span(text))),
              JET_errSuccess);
    ASSERT_EQ(Attached(db_).DeleteRow(transaction, kTree, key), JET_errSuccess);
    ASSERT_EQ(storage_->Commit(transaction, JET_bitCommitLazyFlush), JET_errSuccess);
  }
  EXPECT_EQ(Attached(db_).page_count(), pages);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("one", "two", "three"));
}

/// What a table of rows that are added at the end and deleted at the front needs.
TEST_F(TreeVersions, PagesOfDeletedRowsAreUsedAgain) {
  ASSERT_EQ(storage_->Rollback(reader_, 0), JET_errSuccess);
  ASSERT_EQ(storage_->Rollback(writer_, 0), JET_errSuccess);
  const std::string text(500, 'x');
  for (uint64_t i = 4; i < 1000; ++i) {
    Transaction transaction;
    ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
    ASSERT_EQ(Insert(Attached(db_), transaction, text), JET_errSuccess);
    if (i > 60) {
      ASSERT_EQ(Delete(transaction, i - 57), JET_errSuccess);
    }
    ASSERT_EQ(storage_->Commit(transaction, JET_bitCommitLazyFlush), JET_errSuccess);
  }
  EXPECT_LT(Attached(db_).page_count(), kInitialPages + 20);
  EXPECT_EQ(CommittedRows(db_).size(), 3u + 57);
  const std::vector<std::string> before = CommittedRows(db_);
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_EQ(CommittedRows(db_), before);
}

TEST_F(TreeVersions, ATreeThatWasEmptiedIsOnePageAgain) {
  ASSERT_EQ(storage_->Rollback(reader_, 0), JET_errSuccess);
  const std::string text(900, 'x');
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) ASSERT_EQ(Insert(Attached(db_), writer_, text), JET_errSuccess);
    ASSERT_EQ(storage_->Rollback(writer_, 0), JET_errSuccess);
    ASSERT_EQ(storage_->Begin(writer_), JET_errSuccess);
    EXPECT_LT(Attached(db_).page_count(), kInitialPages + 40);
  }
  ASSERT_EQ(storage_->Rollback(writer_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("one", "two", "three"));
}

}  // namespace
}  // namespace backstop::engine
