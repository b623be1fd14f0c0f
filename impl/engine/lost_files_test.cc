// SPDX-License-Identifier: MIT
// Starting on what somebody else has removed or cut.
#include <gmock/gmock.h>

#include <filesystem>

#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

using testing::ElementsAre;

/// A database of several generations, which the log knows from its creation on, or not.
class LostFiles : public StorageWorld {
 protected:
  void Begin(bool known_from_creation) {
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
    if (!known_from_creation) {
      CommitRow(db_, "old");
      storage_->Close(true);
      storage_.reset();
      for (const auto& file : std::filesystem::directory_iterator(directory_)) {
        if (file.path() != db_) std::filesystem::remove(file.path());
      }
      ASSERT_EQ(Open(), JET_errSuccess);
      ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
    }
    CommitRow(db_, "row");
    ASSERT_EQ(storage_->log().ForceRoll(), JET_errSuccess);
    CommitRow(db_, "last");
    Attached(db_).Flush();
  }
  /// Ends the stream, takes files away, and starts again.
  Err Without(bool clean, std::initializer_list<const char*> names) {
    storage_->Close(clean);
    storage_.reset();
    for (const char* name : names) std::filesystem::remove(Path(name));
    return Open();
  }

  const std::string db_ = Path("a.edb");
};

TEST_F(LostFiles, TheLastLogOfADatabaseInUseIsRequired) {
  Begin(true);
  EXPECT_EQ(Without(false, {"edb.log", "edb.chk"}), JET_errRequiredLogFilesMissing);
}

TEST_F(LostFiles, TheLastLogOfAClosedDatabaseSaysThatItWasClosedLater) {
  Begin(true);
  EXPECT_EQ(Without(true, {"edb.log", "edb.chk"}), JET_errAttachedDatabaseMismatch);
}

TEST_F(LostFiles, ADatabaseOlderThanTheLogIsBeyondIt) {
  Begin(false);
  EXPECT_EQ(Without(true, {"edb.log", "edb.chk"}), JET_errDbTimeBeyondMaxRequired);
}

TEST_F(LostFiles, LogsWithoutAStreamOfTheirOwnTellNothing) {
  Begin(true);
  EXPECT_EQ(Without(true, {"edb.log", "edb.chk", "edbres00001.jrs"}), JET_errMissingLogFile);
}

TEST_F(LostFiles, DamageBeforeTheCheckpointOfACleanEndIsSeenByWhoReadsTheWholeLog) {
  Begin(true);
  settings_.reads_whole_log = true;
  storage_->Close(true);
  storage_.reset();
  std::unique_ptr<env::File> file;
  ASSERT_EQ(env_.Open(Path("edb.log"), env::OpenMode::kReadWrite, &file), env::IoStatus::kOk);
  const std::vector<std::byte> damage(16, std::byte{0x5a});
  file->WriteAt(4096 + 60, damage);
  file.reset();
  EXPECT_EQ(Open(), JET_errLogFileCorrupt);
}

TEST_F(LostFiles, ASegmentThatATornWriteLeftWithAnOldChecksumIsWrittenAgain) {
  Begin(true);
  const std::string row(1000, 'r');
  for (int i = 0; i < 12; ++i) CommitRow(db_, row);  // more than one segment
  const uint32_t generation = storage_->log().current_generation();
  storage_.reset();
  std::unique_ptr<env::File> file;
  ASSERT_EQ(env_.Open(Path("edb.log"), env::OpenMode::kReadWrite, &file), env::IoStatus::kOk);
  file->WriteAt(4096, std::vector<std::byte>(8, std::byte{0x5a}));
  file.reset();
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->log().ForceRoll(), JET_errSuccess);
  const std::string archived = storage_->log().ArchivedPath(generation);
  std::vector<std::byte> bytes(std::filesystem::file_size(archived));
  ASSERT_EQ(env_.Open(archived, env::OpenMode::kReadOnly, &file), env::IoStatus::kOk);
  ASSERT_EQ(file->ReadAt(0, bytes).bytes, bytes.size());
  EXPECT_EQ(storage_->log().VerifyArchived(generation, 0, bytes), JET_errSuccess);
}

TEST_F(LostFiles, PagesThatRedoNeedsLieBehindTheEndOfACutFile) {
  Begin(false);
  storage_->Close(false);
  storage_.reset();
  for (const auto& file : std::filesystem::directory_iterator(directory_)) {
    const std::string path = file.path().string();
    if (path != db_ && path.starts_with(db_)) std::filesystem::remove(path);  // copies of pages
  }
  std::filesystem::resize_file(db_, 5 * 4096);
  EXPECT_EQ(Open(), JET_errFileIOBeyondEOF);
}

TEST_F(LostFiles, ADatabaseWhoseHeadersAreGoneIsMadeAgainIfTheLogKnowsHow) {
  Begin(true);
  storage_->Close(false);
  storage_.reset();
  std::filesystem::resize_file(db_, 0);
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), ElementsAre("row", "last"));
}

TEST_F(LostFiles, ADatabaseWhoseHeadersAreGoneIsNotMadeOfHalfItsHistory) {
  Begin(false);
  storage_->Close(false);
  storage_.reset();
  std::filesystem::resize_file(db_, 0);
  EXPECT_EQ(Open(), JET_errReadVerifyFailure);
}

}  // namespace
}  // namespace backstop::engine
