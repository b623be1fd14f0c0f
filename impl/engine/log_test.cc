// SPDX-License-Identifier: MIT
#include "impl/engine/log.h"

#include <gmock/gmock.h>

#include <fstream>

#include "impl/engine/log_time.h"
#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

class LogTest : public StorageWorld {
 protected:
  void SetUp() override {
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
  }
  LogStream& log() { return storage_->log(); }
  void Roll(int times) {
    for (int i = 0; i < times; ++i) ASSERT_EQ(log().ForceRoll(), JET_errSuccess);
  }
  bool Archived(uint32_t generation) {
    return std::filesystem::exists(log().ArchivedPath(generation));
  }
  static std::vector<std::byte> Contents(const std::string& path) {
    std::vector<std::byte> bytes(std::filesystem::file_size(path));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return bytes;
  }
  LogHeader HeaderOf(const std::string& path) {
    LogHeader header;
    EXPECT_EQ(DecodeLogHeader(ConstBytes(Contents(path)).first(kSegmentBytes), &header),
              JET_errSuccess);
    return header;
  }
  /// Overwrites bytes of a file from `offset` on.
  static void Damage(const std::string& path, size_t offset, size_t bytes, char with = '\x5a') {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    for (size_t i = 0; i < bytes; ++i) file.put(with);
  }

  const std::string db_ = Path("a.edb");
};

TEST_F(LogTest, ARollLeavesTheOldGenerationArchived) {
  EXPECT_EQ(log().current_generation(), 1u);
  Roll(1);
  EXPECT_EQ(log().current_generation(), 2u);
  EXPECT_EQ(log().lowest_generation(), 1u);
  EXPECT_TRUE(Archived(1));
  EXPECT_EQ(std::filesystem::path(log().ArchivedPath(1)).filename(), "edb00000001.log");
  EXPECT_EQ(std::filesystem::file_size(log().CurrentPath()), settings_.log_file_bytes);
}

TEST_F(LogTest, CreationTimesChainTheGenerations) {
  Roll(2);
  const LogHeader first = HeaderOf(log().ArchivedPath(1));
  const LogHeader second = HeaderOf(log().ArchivedPath(2));
  const LogHeader third = HeaderOf(log().CurrentPath());
  EXPECT_EQ(ToMillis(second.previous_created), ToMillis(first.created));
  EXPECT_EQ(ToMillis(third.previous_created), ToMillis(second.created));
  EXPECT_LT(ToMillis(first.created), ToMillis(second.created));
  EXPECT_LT(ToMillis(second.created), ToMillis(third.created));
  EXPECT_TRUE(SameSignature(first.signature, third.signature));
}

TEST_F(LogTest, GenerationsNeverGoBack) {
  Roll(3);
  Reopen(true);
  EXPECT_EQ(log().current_generation(), 4u);
  Reopen(false);
  EXPECT_EQ(log().current_generation(), 4u);
}

TEST_F(LogTest, TruncationRemovesTheOldestAndSkipsWhatIsMissing) {
  Roll(5);
  std::filesystem::remove(log().ArchivedPath(2));
  EXPECT_EQ(log().Truncate(0, 4), JET_errSuccess);
  EXPECT_FALSE(Archived(1));
  EXPECT_FALSE(Archived(3));
  EXPECT_TRUE(Archived(4));
  EXPECT_EQ(log().lowest_generation(), 4u);
  EXPECT_EQ(log().Truncate(0, 100), JET_errSuccess);
  EXPECT_EQ(log().lowest_generation(), log().current_generation());
  EXPECT_TRUE(std::filesystem::exists(log().CurrentPath()));
}

TEST_F(LogTest, AnArchivedGenerationIsVerifiedSegmentBySegment) {
  for (int i = 0; i < 20; ++i) CommitRow(db_, std::string(1000, 'x'));
  Roll(1);
  const std::string path = log().ArchivedPath(1);
  EXPECT_EQ(log().VerifyArchived(1, 0, Contents(path)), JET_errSuccess);
  EXPECT_EQ(log().VerifyArchived(2, 0, Contents(path)), JET_errLogReadVerifyFailure);
  Damage(path, 3 * kSegmentBytes + 1234, 1);
  const auto contents = Contents(path);
  EXPECT_EQ(log().VerifyArchived(1, 0, contents), JET_errLogReadVerifyFailure);
  const auto tail = ConstBytes(contents).subspan(4 * kSegmentBytes);
  EXPECT_EQ(log().VerifyArchived(1, 4 * kSegmentBytes, tail), JET_errSuccess);
}

TEST_F(LogTest, ATornLastSegmentLosesOnlyWhatWasNotDurable) {
  CommitRow(db_, "durable");
  const LogPosition tip = LogPosition::FromJet(log().Tip());
  CommitRow(db_, "torn");
  const std::string path = log().CurrentPath();
  storage_.reset();
  Damage(path, tip.sector * kSegmentBytes + tip.byte, 512 - tip.byte % 512, '\0');
  Damage(path, tip.sector * kSegmentBytes, 40);  // the segment header is torn with it
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), testing::ElementsAre("durable"));
}

TEST_F(LogTest, ADamagedRecordIsNotTakenForTheEndOfTheStream) {
  CommitRow(db_, "first");
  const LogPosition cut = LogPosition::FromJet(log().Tip());
  for (int i = 0; i < 8; ++i) CommitRow(db_, std::string(1000, 'x'));  // reaches later segments
  const std::string path = log().CurrentPath();
  storage_.reset();
  Damage(path, cut.sector * kSegmentBytes + cut.byte, 100);
  EXPECT_EQ(Open(), JET_errLogFileCorrupt);
}

TEST_F(LogTest, ARollCutShortBeforeTheNextFileHasItsNameIsFinished) {
  CommitRow(db_, "row");
  Roll(1);
  const std::string current = log().CurrentPath();
  storage_.reset();
  std::filesystem::rename(current, std::filesystem::path(current).replace_filename("edbtmp.log"));
  ASSERT_EQ(Open(), JET_errSuccess);
  EXPECT_EQ(log().current_generation(), 2u);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), testing::ElementsAre("row"));
}

TEST_F(LogTest, WithoutTheNewestFileCommitsWouldBeLost) {
  CommitRow(db_, "row");
  Roll(1);
  CommitRow(db_, "lost");
  const std::string current = log().CurrentPath();
  storage_.reset();
  std::filesystem::remove(current);
  EXPECT_EQ(Open(), JET_errRequiredLogFilesMissing);
}

TEST_F(LogTest, ARollCutShortBeforeTheOldFileHasItsNumberIsFinished) {
  CommitRow(db_, "row");
  Roll(1);
  const std::string current = log().CurrentPath(), archived = log().ArchivedPath(1);
  storage_.reset();
  std::filesystem::rename(archived, current);
  ASSERT_EQ(Open(), JET_errSuccess);
  EXPECT_EQ(log().current_generation(), 2u);
  EXPECT_TRUE(Archived(1));
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), testing::ElementsAre("row"));
}

TEST_F(LogTest, AMissingGenerationIsReported) {
  CommitRow(db_, "row");
  Roll(2);
  const std::string missing = log().ArchivedPath(2);
  storage_.reset();
  std::filesystem::remove(missing);
  EXPECT_EQ(Open(), JET_errInvalidLogSequence);
}

TEST_F(LogTest, SettingsMustFitTheStream) {
  storage_.reset();
  settings_.log_file_bytes *= 2;
  EXPECT_EQ(Open(), JET_errLogFileSizeMismatch);
  settings_.log_file_bytes /= 2;
  settings_.page_bytes *= 2;
  EXPECT_EQ(Open(), JET_errPageSizeMismatch);
}

TEST_F(LogTest, WithoutACheckpointEverythingIsRedone) {
  CommitRow(db_, "row");
  Roll(1);
  Reopen(true);
  storage_.reset();
  std::filesystem::remove(Path("edb.chk"));
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  EXPECT_THAT(CommittedRows(db_), testing::ElementsAre("row"));
}

TEST_F(LogTest, CircularLoggingSparesWhatIsHeld) {
  storage_->Close(true);
  settings_.circular = true;
  settings_.checkpoint_depth_bytes = 1;
  ASSERT_EQ(Open(), JET_errSuccess);
  ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
  log().HoldGenerationsFrom(2);
  for (int i = 0; i < 3; ++i) {
    Roll(1);
    CommitRow(db_, "row");
  }
  Roll(1);
  EXPECT_FALSE(Archived(1));
  EXPECT_TRUE(Archived(2));
  log().HoldGenerationsFrom(0);
  Roll(1);
  EXPECT_FALSE(Archived(2));
  EXPECT_EQ(log().lowest_generation(), log().checkpoint_generation());
}

TEST(LogTimes, GoThereAndBack) {
  for (const uint64_t millis :
       {uint64_t{1}, uint64_t{1'700'000'000'123}, uint64_t{4'102'444'799'999}}) {
    EXPECT_EQ(ToMillis(ToLogTime(millis)), millis);
  }
  EXPECT_EQ(ToMillis(JET_LOGTIME{}), 0u);
}

}  // namespace
}  // namespace backstop::engine
