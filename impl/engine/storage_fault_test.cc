// SPDX-License-Identifier: MIT
// What happens when the disk does not do what it should.
#include <gmock/gmock.h>

#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

using env::IoResult;
using env::IoStatus;
using testing::ElementsAre;

class StorageFault : public StorageWorld {
 protected:
  void SetUp() override {
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
  }
  /// Lets transfers of files whose names end in `suffix` fail, `times` times.
  static env::FailingEnv::Tap Fail(const std::string& suffix, int times, IoStatus status) {
    return [=](const std::string& path, uint64_t, size_t bytes) mutable {
      const bool fails = path.ends_with(suffix) && times > 0;
      if (fails) --times;
      return fails ? IoResult{status, 0} : IoResult{IoStatus::kOk, bytes};
    };
  }
  static IoResult Short(const std::string&, uint64_t, size_t bytes) {
    return {IoStatus::kOk, (bytes + 1) / 2};
  }

  const std::string db_ = Path("a.edb");
  std::vector<std::byte> pages_ = std::vector<std::byte>(3 * 4096);
};

TEST_F(StorageFault, APageThatCanBeReadAtTheSeventeenthTryIsRead) {
  env_.before_read = Fail(".edb", 16, IoStatus::kIoError);
  EXPECT_EQ(Attached(db_).ReadPages(1, Bytes(pages_).first(4096)), JET_errSuccess);
  EXPECT_GT(env_.sleeps, 0);
}

TEST_F(StorageFault, APageThatCannotBeReadSeventeenTimesIsADiskError) {
  env_.before_read = Fail(".edb", 17, IoStatus::kIoError);
  EXPECT_EQ(Attached(db_).ReadPages(1, Bytes(pages_).first(4096)), JET_errDiskIO);
}

TEST_F(StorageFault, ShortTransfersAreContinued) {
  env_.before_read = Short;
  env_.before_write = Short;
  CommitRow(db_, "row");
  EXPECT_EQ(Attached(db_).ReadPages(1, pages_), JET_errSuccess);
  Reopen(true);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("row"));
}

TEST_F(StorageFault, AFailedLogWriteFailsTheCommitAndEverythingAfter) {
  CommitRow(db_, "before");
  env_.before_write = Fail(".log", 1, IoStatus::kIoError);
  Transaction transaction;
  ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
  ASSERT_EQ(Insert(Attached(db_), transaction, "lost"), JET_errSuccess);
  EXPECT_EQ(storage_->Commit(transaction, 0), JET_errLogWriteFail);
  EXPECT_EQ(storage_->Rollback(transaction, 0), JET_errLogWriteFail);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("before"));
  EXPECT_EQ(storage_->log().ForceRoll(), JET_errLogWriteFail);
  Reopen(false);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("before"));
}

TEST_F(StorageFault, AFullLogDiskIsToldApart) {
  env_.before_write = Fail(".log", 1, IoStatus::kNoSpace);
  EXPECT_EQ(storage_->log().ForceRoll(), JET_errLogDiskFull);
}

TEST_F(StorageFault, AFailedFlushIsMadeUpForLater) {
  CommitRow(db_, "row");
  env_.before_write = Fail(".edb", 1, IoStatus::kIoError);
  EXPECT_EQ(Attached(db_).Flush(), JET_errDiskIO);
  EXPECT_EQ(Attached(db_).Flush(), JET_errSuccess);
  ASSERT_EQ(storage_->DetachDatabase(db_), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("row"));
}

TEST_F(StorageFault, ATornHeaderIsReadFromItsCopy) {
  CommitRow(db_, "row");
  storage_->Close(true);
  std::filesystem::resize_file(db_, std::filesystem::file_size(db_));
  std::unique_ptr<env::File> file;
  ASSERT_EQ(env_.Open(db_, env::OpenMode::kReadWrite, &file), IoStatus::kOk);
  file->WriteAt(100, Bytes(pages_).first(512));
  file.reset();
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("row"));
}

TEST_F(StorageFault, ATornCheckpointIsReadFromTheOtherCopy) {
  settings_.checkpoint_depth_bytes = 1;
  Reopen(true);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  for (int i = 0; i < 3; ++i) CommitRow(db_, "row");
  storage_.reset();
  for (const uint64_t offset : {0, 4096}) {
    const std::string checkpoint = Path("edb.chk");
    std::filesystem::copy_file(checkpoint, Path("saved"));
    std::unique_ptr<env::File> file;
    ASSERT_EQ(env_.Open(checkpoint, env::OpenMode::kReadWrite, &file), IoStatus::kOk);
    file->WriteAt(offset + 2000, Bytes(pages_).first(512));
    file->WriteAt(offset, Bytes(pages_).first(512));
    file.reset();
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
    EXPECT_EQ(CommittedRows(db_).size(), 3u);
    ASSERT_EQ(storage_->DetachDatabase(db_), JET_errSuccess);
    storage_.reset();
    std::filesystem::remove(checkpoint);
    std::filesystem::rename(Path("saved"), checkpoint);
  }
}

/// A crash left committed and uncommitted changes of both kinds, in the file and only in the log.
class RecoveryFault : public StorageFault {
 protected:
  void SetUp() override {
    StorageFault::SetUp();
    for (int i = 0; i < 40; ++i) CommitRow(db_, std::string(300, static_cast<char>('a' + i % 26)));
    Transaction open;
    ASSERT_EQ(storage_->Begin(open), JET_errSuccess);
    for (uint64_t number = 1; number < 20; number += 2) {
      ASSERT_EQ(Attached(db_).DeleteRow(open, kTree, NumberedKey(number)), JET_errSuccess);
      ASSERT_EQ(Insert(Attached(db_), open, "lost"), JET_errSuccess);
    }
    ASSERT_EQ(Attached(db_).Flush(), JET_errSuccess);
    CommitRow(db_, "last");
    expected_ = CommittedRows(db_);
    storage_.reset();
    saved_ = directory_.string() + ".saved";
    std::filesystem::remove_all(saved_);
    std::filesystem::copy(directory_, saved_);
  }
  void TearDown() override { std::filesystem::remove_all(saved_); }
  void BringBackTheCrash() {
    storage_.reset();
    std::filesystem::remove_all(directory_);
    std::filesystem::copy(saved_, directory_);
  }

  std::vector<std::string> expected_;
  std::string saved_;
};

TEST_F(RecoveryFault, ARecoveryThatIsCutShortAnywhereIsRepeated) {
  int cut_short = 0;
  for (int whole_writes = 0;; ++whole_writes) {
    BringBackTheCrash();
    int left = whole_writes;
    env_.before_write = [&left](const std::string&, uint64_t, size_t bytes) {
      return left-- > 0 ? IoResult{IoStatus::kOk, bytes} : IoResult{IoStatus::kIoError, 0};
    };
    const Err err = Open();
    env_.before_write = env::FailingEnv::Pass;
    if (err >= 0) break;
    ++cut_short;
    ASSERT_EQ(Open(), JET_errSuccess) << whole_writes;
    ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
    ASSERT_EQ(CommittedRows(db_), expected_) << whole_writes;
  }
  EXPECT_GT(cut_short, 5);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_EQ(CommittedRows(db_), expected_);
}

TEST_F(RecoveryFault, MissingAndForeignLogsAreToldApart) {
  ASSERT_EQ(Open(), JET_errSuccess);
  storage_->log().ForceRoll();
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  storage_->log().ForceRoll();
  storage_->log().ForceRoll();
  CommitRow(db_, "newest");
  storage_.reset();
  const std::string middle = Path("edb00000003.log"), first = Path("edb00000001.log");
  std::filesystem::rename(middle, Path("saved"));
  EXPECT_EQ(Open(), JET_errInvalidLogSequence);
  std::filesystem::copy(saved_ + "/edb.log", middle);
  EXPECT_EQ(Open(), JET_errInvalidLogSequence);
  std::filesystem::rename(Path("saved"), middle);
  std::filesystem::rename(first, Path("saved"));
  EXPECT_EQ(Open(), JET_errMissingLogFile);
  std::filesystem::rename(Path("saved"), first);
  std::filesystem::resize_file(first, 9000);
  EXPECT_EQ(Open(), JET_errLogFileSizeMismatch);
  std::filesystem::resize_file(first, 100);
  EXPECT_EQ(Open(), JET_errFileIOBeyondEOF);
}

}  // namespace
}  // namespace backstop::engine
