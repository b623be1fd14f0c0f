// SPDX-License-Identifier: MIT
#include "impl/engine/checksum.h"

#include <gtest/gtest.h>

#include <random>

namespace backstop::engine {
namespace {

std::vector<std::byte> RandomBlock(size_t bytes, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<std::byte> block(bytes);
  for (std::byte& b : block) b = static_cast<std::byte>(random());
  return block;
}

/// The code seen as what it can correct: for every one bit at position i of the block, the low
/// half collects i and the high half its complement. Written bit by bit, from the meaning.
uint64_t ChecksumBitByBit(ConstBytes block, uint32_t number) {
  const auto bits = static_cast<uint32_t>(block.size() * 8);
  uint32_t all = 0, ones_at = 0, zeros_at = 0;
  for (uint32_t bit = 64; bit < bits; ++bit) {
    if ((std::to_integer<unsigned>(block[bit / 8]) >> (bit % 8) & 1) == 0) continue;
    all ^= 1u << (bit % 32);
    ones_at ^= bit;
    zeros_at ^= ~bit & (bits - 1);
  }
  return static_cast<uint64_t>(zeros_at << 16 | ones_at) << 32 | (all ^ number);
}

class EccChecksumOf : public testing::TestWithParam<size_t> {};

TEST_P(EccChecksumOf, ABlockIsThePositionsOfItsOneBits) {
  for (uint32_t seed = 0; seed < 50; ++seed) {
    const auto block = RandomBlock(GetParam(), seed);
    EXPECT_EQ(EccChecksum(block, seed), ChecksumBitByBit(block, seed)) << "seed " << seed;
  }
}

TEST_P(EccChecksumOf, ABlockDoesNotDependOnTheStoredChecksum) {
  auto block = RandomBlock(GetParam(), 1);
  const uint64_t before = EccChecksum(block, 5);
  Store<uint64_t>(block, 0, 0x1234);
  EXPECT_EQ(EccChecksum(block, 5), before);
}

INSTANTIATE_TEST_SUITE_P(Checksum, EccChecksumOf, testing::Values(4096, 8192));

class PageSeal : public testing::TestWithParam<size_t> {};

TEST_P(PageSeal, AnyFlippedBitBreaksIt) {
  auto page = RandomBlock(GetParam(), 7);
  SealPage(page, 9);
  ASSERT_TRUE(PageIsSealed(page, 9));
  for (size_t at = 0; at < page.size(); at += 37) {
    page[at] ^= std::byte{4};
    EXPECT_FALSE(PageIsSealed(page, 9)) << "byte " << at;
    page[at] ^= std::byte{4};
  }
}

TEST_P(PageSeal, APageOfAnotherNumberIsRefused) {
  auto page = RandomBlock(GetParam(), 8);
  SealPage(page, 9);
  EXPECT_FALSE(PageIsSealed(page, 10));
}

INSTANTIATE_TEST_SUITE_P(Checksum, PageSeal, testing::Values(4096, 8192, 16384, 32768));

TEST(HeaderSeal, IsTheExclusiveOrOfAllDwords) {
  auto page = RandomBlock(4096, 3);
  SealHeader(page);
  uint32_t sum = 0x89abcdef;
  for (size_t at = 0; at < page.size(); at += 4) sum ^= Load<uint32_t>(page, at);
  EXPECT_EQ(sum, 0u);
  EXPECT_TRUE(HeaderIsSealed(page));
  page[4095] ^= std::byte{1};
  EXPECT_FALSE(HeaderIsSealed(page));
}

}  // namespace
}  // namespace backstop::engine
