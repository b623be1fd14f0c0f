// SPDX-License-Identifier: MIT
#include "impl/engine/storage.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "impl/engine/checksum.h"
#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using StorageTest = StorageWorld;

TEST_F(StorageTest, ACommittedRowSurvivesACrash) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  CommitRow(db, "one");
  CommitRow(db, "two");
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db), ElementsAre("one", "two"));
}

TEST_F(StorageTest, AnUncommittedRowDoesNotSurviveACrashEvenIfItsPageWasWritten) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  CommitRow(db, "kept");
  Transaction open;
  ASSERT_EQ(storage_->Begin(open), JET_errSuccess);
  ASSERT_EQ(Insert(Attached(db), open, "lost"), JET_errSuccess);
  ASSERT_EQ(Attached(db).Flush(), JET_errSuccess);
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db), ElementsAre("kept"));
}

TEST_F(StorageTest, ARolledBackRowIsGoneBeforeAndAfterACrash) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  Transaction transaction;
  ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
  ASSERT_EQ(Insert(Attached(db), transaction, "lost"), JET_errSuccess);
  ASSERT_EQ(storage_->Rollback(transaction, 0), JET_errSuccess);
  CommitRow(db, "kept");
  EXPECT_THAT(CommittedRows(db), ElementsAre("kept"));
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db), ElementsAre("kept"));
}

TEST_F(StorageTest, AnInnerRollbackKeepsTheOuterLevel) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  Transaction transaction;
  ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
  ASSERT_EQ(Insert(Attached(db), transaction, "outer"), JET_errSuccess);
  ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
  ASSERT_EQ(Insert(Attached(db), transaction, "inner"), JET_errSuccess);
  ASSERT_EQ(storage_->Rollback(transaction, 0), JET_errSuccess);
  EXPECT_EQ(storage_->Level(transaction), 1u);
  ASSERT_EQ(storage_->Commit(transaction, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db), ElementsAre("outer"));
  EXPECT_EQ(storage_->Commit(transaction, 0), JET_errNotInTransaction);
}

TEST_F(StorageTest, ATransactionSeesItsOwnRowsAndTheSnapshotItBeganWith) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  CommitRow(db, "before");
  Transaction reader, writer;
  ASSERT_EQ(storage_->Begin(reader), JET_errSuccess);
  ASSERT_EQ(storage_->Begin(writer), JET_errSuccess);
  ASSERT_EQ(Insert(Attached(db), writer, "after"), JET_errSuccess);
  EXPECT_THAT(Rows(Attached(db), writer), ElementsAre("before", "after"));
  EXPECT_THAT(CommittedRows(db), ElementsAre("before"));
  ASSERT_EQ(storage_->Commit(writer, 0), JET_errSuccess);
  EXPECT_THAT(Rows(Attached(db), reader), ElementsAre("before"));
  EXPECT_THAT(CommittedRows(db), ElementsAre("before", "after"));
  ASSERT_EQ(storage_->Rollback(reader, 0), JET_errSuccess);
}

TEST_F(StorageTest, ATableOfManyPagesGrowsTheFileAndSurvivesACrash) {
  settings_.checkpoint_depth_bytes = 100'000;
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  std::vector<std::string> expected;
  for (int i = 0; i < 300; ++i) {
    expected.push_back(fmt::format("{:0500}", i));
    CommitRow(db, expected.back(), i % 10 == 9 ? 0 : JET_bitCommitLazyFlush);
  }
  EXPECT_GT(Attached(db).page_count(), kInitialPages);
  EXPECT_GT(storage_->log().current_generation(), 2u);
  EXPECT_GT(storage_->log().checkpoint_generation(), 1u);
  EXPECT_EQ(CommittedRows(db), expected);
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_EQ(CommittedRows(db), expected);
  Reopen(true);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_EQ(CommittedRows(db), expected);
}

TEST_F(StorageTest, EveryPageOfTheFileIsFormattedAndNamesItsNumber) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  for (int i = 0; i < 100; ++i) CommitRow(db, std::string(1000, 'x'));
  const uint32_t count = Attached(db).page_count();
  std::vector<std::byte> pages(size_t{count} * 4096);
  ASSERT_EQ(Attached(db).ReadPages(1, pages), JET_errSuccess);
  for (uint32_t number = 1; number <= count; ++number) {
    const Bytes page = Bytes(pages).subspan(size_t{number - 1} * 4096, 4096);
    uint32_t sum = 0;
    for (size_t at = 8; at < page.size(); at += 4) sum ^= Load<uint32_t>(page, at);
    EXPECT_EQ(Load<uint32_t>(page, 0) ^ sum, number);
    EXPECT_NE(PageView(page).flags(), 0u);
  }
}

TEST_F(StorageTest, ADamagedPageIsAVerifyFailure) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  std::fstream file(db, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp((7 + 1) * 4096 + 100);
  file.put('!');
  file.close();
  std::vector<std::byte> pages(3 * 4096);
  EXPECT_EQ(Attached(db).ReadPages(4, pages), JET_errSuccess);
  EXPECT_EQ(Attached(db).ReadPages(5, pages), JET_errReadVerifyFailure);
  EXPECT_EQ(Attached(db).ReadPages(23, pages), JET_errDiskIO);
}

TEST_F(StorageTest, TheHeaderIsDirtyWhileAttachedAndCleanAfterwards) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  CommitRow(db, "row");
  EXPECT_EQ(Attached(db).Info().dbstate, kDatabaseDirty);
  std::filesystem::copy_file(db, Path("copy.edb"));
  ASSERT_EQ(storage_->DetachDatabase(db), JET_errSuccess);
  EXPECT_EQ(storage_->Find(db), nullptr);
  EXPECT_EQ(storage_->AttachDatabase(Path("copy.edb"), 0), JET_errDatabaseDirtyShutdown);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_EQ(storage_->AttachDatabase(db, 0), JET_wrnDatabaseAttached);
  EXPECT_THAT(CommittedRows(db), ElementsAre("row"));
}

TEST_F(StorageTest, ABackupCopyCarriesItsMarkAndTheLiveHeaderDoesNot) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  JET_BKINFO mark = {};
  mark.lgposMark = storage_->log().Tip();
  mark.genLow = 1;
  std::vector<std::byte> page(4096);
  Attached(db).CopyHeader(mark, page);
  DatabaseHeader header;
  ASSERT_EQ(DecodeDatabaseHeader(page, &header), JET_errSuccess);
  EXPECT_EQ(header.full_cur.genLow, 1u);
  EXPECT_EQ(header.generation_max_required, 1u);
  EXPECT_EQ(Attached(db).Info().bkinfoFullCur.genLow, 0u);
  uint32_t tail = 0;
  for (size_t at = 668; at < page.size(); at += 4) tail ^= Load<uint32_t>(page, at);
  EXPECT_EQ(tail, 0u);
}

TEST_F(StorageTest, ABackupStampIsKeptInTheFile) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  JET_DBINFOMISC4 info = Attached(db).Info();
  info.bkinfoFullPrev.genLow = 3;
  info.bkinfoFullPrev.genHigh = 5;
  ASSERT_EQ(Attached(db).StampBackup(info), JET_errSuccess);
  Reopen(true);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_EQ(Attached(db).Info().bkinfoFullPrev.genHigh, 5u);
}

TEST_F(StorageTest, ADatabaseWithoutLoggingKeepsItsRowsThroughACleanEnd) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, JET_bitDbRecoveryOff), JET_errSuccess);
  EXPECT_FALSE(Attached(db).logged());
  CommitRow(db, "row");
  Reopen(true);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db), ElementsAre("row"));
}

TEST_F(StorageTest, ACrashRightAfterCreationKeepsTheDatabase) {
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  storage_.reset();
  std::filesystem::resize_file(db, 5000);  // the crash tore what was not durable
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db), IsEmpty());
}

TEST_F(StorageTest, ManyWritersCommitWhatTheySay) {
  settings_.checkpoint_depth_bytes = 20'000;
  settings_.circular = true;
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 4; ++writer) {
    writers.emplace_back([this, &db] {
      for (int i = 0; i < 50; ++i) CommitRow(db, std::string(1500, 'x'));
    });
  }
  std::vector<std::byte> pages(24 * 4096);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(Attached(db).ReadPages(1, pages), JET_errSuccess);
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(CommittedRows(db).size(), 200u);
  EXPECT_GT(storage_->log().lowest_generation(), 1u);
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_EQ(CommittedRows(db).size(), 200u);
}

TEST_F(StorageTest, ACopyMadeWhileRowsAreWrittenIsBroughtUpToDateByTheLogs) {
  settings_.checkpoint_depth_bytes = 5'000;
  ASSERT_EQ(Open(), JET_errSuccess);
  const std::string db = Path("a.edb");
  ASSERT_EQ(storage_->CreateDatabase(db, 0), JET_errSuccess);
  for (int i = 0; i < 30; ++i) CommitRow(db, std::string(500, 'x'));
  const uint32_t count = Attached(db).page_count();
  std::vector<std::byte> copy((count + 2) * size_t{4096});
  Attached(db).CopyHeader({}, Bytes(copy).first(4096));
  std::copy_n(copy.begin(), 4096, copy.begin() + 4096);
  for (uint32_t page = 1; page <= count; ++page) {
    const Bytes to = Bytes(copy).subspan((page + 1) * size_t{4096}, 4096);
    ASSERT_EQ(Attached(db).ReadPages(page, to), JET_errSuccess);
    CommitRow(db, std::string(500, 'y'));
  }
  storage_.reset();
  std::ofstream(db, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(copy.data()), static_cast<std::streamsize>(copy.size()));
  std::filesystem::remove(Path("edb.chk"));
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db, 0), JET_errSuccess);
  EXPECT_EQ(CommittedRows(db).size(), 30 + count);
}

}  // namespace
}  // namespace backstop::engine
