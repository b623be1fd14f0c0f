// SPDX-License-Identifier: MIT
// What a crash may leave at the end of a log is tolerated, what only damage can leave is not.
#include "impl/engine/log_tail.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

using Texts = std::vector<std::string>;

class LogTailTest : public StorageWorld {
 protected:
  void SetUp() override {
    settings_.log_file_bytes = 256 * 1024;
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
  }

  std::string Row(size_t number) const {
    return fmt::format("{} {}", number, std::string(number * 397 % 1900, 'x'));
  }
  void CommitRows(size_t first, size_t end) {
    for (size_t i = first; i < end; ++i) CommitRow(db_, Row(i));
  }
  Texts RowsUpTo(size_t end) const {
    Texts rows;
    for (size_t i = 0; i < end; ++i) rows.push_back(Row(i));
    return rows;
  }
  static std::vector<std::byte> Contents(const std::string& path) {
    std::vector<std::byte> bytes(std::filesystem::file_size(path));
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return bytes;
  }
  static void Write(const std::string& path, const std::vector<std::byte>& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }
  /// Brings back the files that a crash left.
  void Restore(const std::vector<std::byte>& log) {
    storage_.reset();
    Write(Path("edb.log"), log);
    Write(db_, database_);
    Write(Path("edb.chk"), checkpoint_);
  }
  void Crash() {
    storage_.reset();
    database_ = Contents(db_);
    checkpoint_ = Contents(Path("edb.chk"));
  }

  const std::string db_ = Path("a.edb");
  std::vector<std::byte> database_, checkpoint_;
};

TEST_F(LogTailTest, AnyTornWriteLosesNothingThatWasDurable) {
  CommitRows(0, 20);
  const std::vector<std::byte> before = Contents(Path("edb.log"));
  Transaction transaction;
  ASSERT_EQ(storage_->Begin(transaction), JET_errSuccess);
  for (size_t i = 20; i < 28; ++i) ASSERT_EQ(Insert(Attached(db_), transaction, Row(i)), 0);
  ASSERT_EQ(storage_->Commit(transaction, 0), JET_errSuccess);
  const std::vector<std::byte> after = Contents(Path("edb.log"));
  Crash();
  std::mt19937 random(3);
  unsigned whole = 0;
  for (unsigned round = 0; round < 150; ++round) {
    std::vector<std::byte> torn = before;
    for (size_t sector = 0; sector < torn.size(); sector += 512) {
      if (random() % 16 < round % 17)
        std::copy_n(after.begin() + sector, 512, torn.begin() + sector);
    }
    Restore(torn);
    ASSERT_EQ(Open(), JET_errSuccess) << round;
    ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
    const Texts rows = CommittedRows(db_);
    if (rows.size() == 28) ++whole;
    ASSERT_EQ(rows, RowsUpTo(rows.size() == 28 ? 28 : 20)) << round;
    CommitRow(db_, "later");
    Reopen(false);
    ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
    ASSERT_EQ(CommittedRows(db_).size(), rows.size() + 1) << round;
  }
  EXPECT_GT(whole, 5u);
  EXPECT_LT(whole, 100u);
}

TEST_F(LogTailTest, ADamagedByteIsSeenOrDoesNoHarm) {
  CommitRows(0, 30);
  const std::vector<std::byte> good = Contents(Path("edb.log"));
  Crash();
  std::mt19937 random(4);
  unsigned seen = 0;
  const size_t used = 40'000;
  for (unsigned round = 0; round < 400; ++round) {
    std::vector<std::byte> damaged = good;
    damaged[random() % used] ^= static_cast<std::byte>(1 + random() % 255);
    Restore(damaged);
    const Err err = Open();
    if (err < 0) {
      ++seen;
      ASSERT_THAT(err, testing::AnyOf(JET_errLogFileCorrupt, JET_errBadLogVersion));
      continue;
    }
    ASSERT_EQ(storage_->AttachDatabase(db_, 0), JET_errSuccess);
    ASSERT_EQ(CommittedRows(db_), RowsUpTo(30)) << round;
  }
  EXPECT_GT(seen, 300u);
}

TEST_F(LogTailTest, ALostWriteIsSeenOnceALaterOneIsThere) {
  CommitRows(0, 20);
  const std::vector<std::byte> before = Contents(Path("edb.log"));
  CommitRow(db_, Row(20));
  const std::vector<std::byte> after = Contents(Path("edb.log"));
  CommitRows(21, 24);
  std::vector<std::byte> lost = Contents(Path("edb.log"));
  Crash();
  for (size_t at = 0; at < lost.size(); at += kSegmentBytes) {
    if (std::equal(before.begin() + at, before.begin() + at + kSegmentBytes, after.begin() + at)) {
      continue;
    }
    std::copy_n(before.begin() + at, kSegmentBytes, lost.begin() + at);
    break;
  }
  Restore(lost);
  EXPECT_EQ(Open(), JET_errLogFileCorrupt);
}

}  // namespace
}  // namespace backstop::engine
