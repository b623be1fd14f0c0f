// SPDX-License-Identifier: MIT
// Any byte of a file changes: the documented error comes, or what was written; never anything else.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <random>

#include "impl/engine/storage_test_world.h"

namespace backstop::engine {
namespace {

using testing::AnyOf;

class Damage : public StorageWorld, public testing::WithParamInterface<uint32_t> {
 protected:
  void SetUp() override {
    settings_.page_bytes = GetParam();
    ASSERT_EQ(Open(), JET_errSuccess);
    ASSERT_EQ(storage_->CreateDatabase(db_, 0), JET_errSuccess);
    for (int i = 0; i < 60; ++i) {
      CommitRow(db_, fmt::format("{} {}", i, std::string(i * 31 % 700, 'x')));
    }
    expected_ = CommittedRows(db_);
    ASSERT_EQ(storage_->Close(true), JET_errSuccess);
    storage_.reset();
    good_ = Contents(db_);
    checkpoint_ = Contents(Path("edb.chk"));
  }
  static std::vector<char> Contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  static void Write(const std::string& path, const std::vector<char>& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  void Flip(std::vector<char>* bytes, size_t at) {
    (*bytes)[at] = static_cast<char>((*bytes)[at] ^ (1 + random_() % 255));
  }
  Err AttachAgain() {
    if (const Err err = Open(); err < 0) return err;
    return storage_->AttachDatabase(db_, 0);
  }
  /// All rows, or the error that ended the walk.
  Err Walk(std::vector<std::string>* rows) {
    std::vector<std::byte> record;
    for (Key key;; key = KeyAfter(key)) {
      const Err err = Attached(db_).RowFrom(Transaction(), kTree, &key, &record);
      if (err == JET_errNoCurrentRecord) return JET_errSuccess;
      if (err < 0) return err;
      rows->emplace_back(reinterpret_cast<const char*>(record.data()), record.size());
    }
  }

  const std::string db_ = Path("a.edb");
  std::vector<std::string> expected_;
  std::vector<char> good_, checkpoint_;
  std::mt19937 random_{GetParam()};
};

TEST_P(Damage, OfAPageIsAVerifyFailure) {
  const size_t first = (kCatalogPage + 1) * size_t{GetParam()};
  unsigned seen = 0;
  for (int round = 0; round < 120; ++round) {
    std::vector<char> bytes = good_;
    const size_t end = round % 2 == 0 ? first + GetParam() : bytes.size();
    Flip(&bytes, first + random_() % (end - first));
    Write(db_, bytes);
    std::vector<std::string> rows;
    Err err = AttachAgain();
    if (err >= 0) err = Walk(&rows);
    if (err < 0) ++seen;
    ASSERT_THAT(err, AnyOf(JET_errSuccess, JET_errReadVerifyFailure));
    if (err >= 0) {
      ASSERT_EQ(rows, expected_);
    }
    storage_.reset();
  }
  EXPECT_GT(seen, 55u);
}

TEST_P(Damage, OfOneHeaderIsMadeGoodByTheOther) {
  for (size_t at = 0; at < 800; at += 13) {
    std::vector<char> bytes = good_;
    Flip(&bytes, at);
    Write(db_, bytes);
    ASSERT_EQ(AttachAgain(), JET_errSuccess) << at;
    std::vector<std::string> rows;
    ASSERT_EQ(Walk(&rows), JET_errSuccess);
    ASSERT_EQ(rows, expected_) << at;
    storage_.reset();
  }
}

TEST_P(Damage, OfBothHeadersIsACorruptDatabase) {
  for (size_t at = 0; at < 800; at += 17) {
    std::vector<char> bytes = good_;
    Flip(&bytes, at);
    Flip(&bytes, GetParam() + random_() % 4096);
    Write(db_, bytes);
    ASSERT_EQ(AttachAgain(), JET_errDatabaseCorrupted) << at;
    storage_.reset();
  }
}

TEST_P(Damage, OfTheCheckpointIsMadeGoodByItsCopyOrTheLog) {
  for (int round = 0; round < 60; ++round) {
    Write(db_, good_);
    std::vector<char> bytes = checkpoint_;
    Flip(&bytes, random_() % bytes.size());
    if (round % 2 == 0) Flip(&bytes, random_() % bytes.size());
    Write(Path("edb.chk"), bytes);
    ASSERT_EQ(AttachAgain(), JET_errSuccess) << round;
    std::vector<std::string> rows;
    ASSERT_EQ(Walk(&rows), JET_errSuccess);
    ASSERT_EQ(rows, expected_) << round;
    ASSERT_EQ(storage_->Close(true), JET_errSuccess);
    storage_.reset();
  }
}

INSTANTIATE_TEST_SUITE_P(Pages, Damage, testing::Values(4096, 32768));

}  // namespace
}  // namespace backstop::engine
