// SPDX-License-Identifier: MIT
#include "impl/engine/page.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace backstop::engine {
namespace {

class PageOf : public testing::TestWithParam<size_t> {
 protected:
  std::vector<std::byte> bytes_ = std::vector<std::byte>(GetParam());
  PageView page_{bytes_};
};

std::vector<std::byte> Text(size_t size, char c) {
  return std::vector<std::byte>(size, static_cast<std::byte>(c));
}

TEST_P(PageOf, AnySizeHoldsTheLargestRow) {
  page_.Format(7, kPageRoot | kPageLeaf, 0, 0, 1);
  const size_t record = RowBytesMax(bytes_.size()) - RowBytes(8, 0);
  const auto row = MakeRow(NumberedKey(1), Text(record, 'x'));
  ASSERT_TRUE(page_.HasRoomFor(row.size()));
  ASSERT_FALSE(page_.HasRoomFor(row.size() + 1));
  page_.InsertRow(0, row);
  EXPECT_EQ(RowRecord(page_.Row(0)).size(), record);
}

TEST_P(PageOf, AnySizeBehavesAsASortedMap) {
  page_.Format(7, kPageLeaf, 0, 0, 1);
  std::map<Key, std::vector<std::byte>> model;
  std::mt19937 random(11);
  for (int step = 0; step < 5000; ++step) {
    const Key key = NumberedKey(random() % 200);
    const unsigned slot = page_.LowerBound(key);
    if (model.contains(key)) {
      ASSERT_EQ(page_.KeyOf(slot), key);
      page_.DeleteRow(slot);
      model.erase(key);
    } else if (const auto row = MakeRow(key, Text(random() % 300, 'a'));
               page_.HasRoomFor(row.size())) {
      page_.InsertRow(slot, row);
      model[key] = row;
    }
    ASSERT_EQ(page_.row_count(), model.size());
  }
  unsigned slot = 0;
  for (const auto& [key, row] : model) {
    const ConstBytes found = page_.Row(slot++);
    EXPECT_TRUE(std::equal(found.begin(), found.end(), row.begin(), row.end())) << NumberOf(key);
  }
}

INSTANTIATE_TEST_SUITE_P(Page, PageOf, testing::Values(4096, 8192, 16384, 32768));

TEST(Page, AFormattedPageIsNeverAllZeros) {
  std::vector<std::byte> bytes(4096);
  PageView(bytes).Format(0, kPageEmpty, 0, 0, 0);
  EXPECT_EQ(PageView(bytes).flags(), kPageEmpty | kPageNewRecords | kPageNewChecksum);
  EXPECT_EQ(PageView(bytes).row_count(), 0u);
}

}  // namespace
}  // namespace backstop::engine
