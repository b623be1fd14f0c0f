// SPDX-License-Identifier: MIT
#include "impl/engine/checksum.h"

#include <array>

namespace backstop::engine {
namespace {

constexpr uint32_t kXorSeed = 0x89abcdef;
constexpr size_t kBlockBytesMax = 8192;
/// Where a large page keeps the checksums of its second, third and fourth block.
constexpr size_t kBlockChecksums = 40;

uint32_t Parity(uint64_t value) { return static_cast<uint32_t>(std::popcount(value)) & 1; }

/// The exclusive or of the masks of all set bits of `x`, with mask(bit) = first + bit * step.
uint32_t FoldBits(uint32_t x, uint32_t first, uint32_t step) {
  uint32_t fold = 0;
  for (uint32_t mask = first; x != 0; x >>= 1, mask += step) fold ^= (x & 1) != 0 ? mask : 0;
  return fold;
}

/// Columns and rows of a block, as the error correcting code looks at it.
struct Fold {
  std::array<uint32_t, 4> columns = {};
  uint32_t rows = 0;  ///< exclusive or of the masks of the rows of odd parity
};

/// An odd row adds its mask 0xff800000 + row * 0xff800080: its low half is row * 0x80, its high
/// half the complement. So the masks fold to the exclusive or of the numbers of the odd rows, and
/// bit k of that is the parity of all rows whose number has bit k. Halving the block again and
/// again gives one such set of rows a step, in loops that a compiler turns into vector code.
Fold FoldBlock(ConstBytes block, bool holds_checksum) {
  std::array<uint64_t, kBlockBytesMax / sizeof(uint64_t)> words;
  std::memcpy(words.data(), block.data(), block.size());
  if (holds_checksum) words[0] = 0;
  uint32_t odd_rows = 0;
  for (size_t half = block.size() / sizeof(uint64_t) / 2; half >= 2; half /= 2) {
    uint64_t upper = 0;
    for (size_t i = 0; i < half; ++i) {
      upper ^= words[half + i];
      words[i] ^= words[half + i];
    }
    odd_rows = odd_rows << 1 | Parity(upper);
  }
  Fold fold;
  fold.columns = {static_cast<uint32_t>(words[0]), static_cast<uint32_t>(words[0] >> 32),
                  static_cast<uint32_t>(words[1]), static_cast<uint32_t>(words[1] >> 32)};
  const uint32_t complement = 0 - Parity(words[0] ^ words[1]);
  fold.rows = (odd_rows ^ complement) << 23 | odd_rows << 7;
  return fold;
}

uint32_t Ecc(const Fold& fold, uint32_t all, size_t bytes) {
  const auto& p = fold.columns;
  uint32_t parity = fold.rows;
  if (Parity(p[0] ^ p[1]) != 0) parity |= 0x00400000;
  if (Parity(p[2] ^ p[3]) != 0) parity |= 0x00000040;
  if (Parity(p[0] ^ p[2]) != 0) parity |= 0x00200000;
  if (Parity(p[1] ^ p[3]) != 0) parity |= 0x00000020;
  const uint32_t size_mask = (static_cast<uint32_t>(bytes) << 19) - 1;
  const uint32_t bits = FoldBits(all, 0xffff0000, 0xffff0001);
  return (parity & 0xffe0ffe0 & size_mask) | (bits & 0x001f001f);
}

}  // namespace

uint32_t XorChecksum(ConstBytes page) {
  uint64_t sum = 0;
  for (size_t at = 0; at < page.size(); at += sizeof sum) {
    uint64_t words;
    std::memcpy(&words, page.data() + at, sizeof words);
    sum ^= words;
  }
  const auto folded = static_cast<uint32_t>(sum) ^ static_cast<uint32_t>(sum >> 32);
  return folded ^ Load<uint32_t>(page, 0) ^ kXorSeed;
}

void SealHeader(Bytes page) { Store(page, 0, XorChecksum(page)); }

bool HeaderIsSealed(ConstBytes page) { return Load<uint32_t>(page, 0) == XorChecksum(page); }

uint64_t EccChecksum(ConstBytes block, uint32_t number, bool holds_checksum) {
  const Fold fold = FoldBlock(block, holds_checksum);
  const uint32_t all = fold.columns[0] ^ fold.columns[1] ^ fold.columns[2] ^ fold.columns[3];
  return static_cast<uint64_t>(Ecc(fold, all, block.size())) << 32 | (all ^ number);
}

namespace {

size_t BlockBytes(size_t page_bytes) {
  return page_bytes <= kBlockBytesMax ? page_bytes : page_bytes / 4;
}

}  // namespace

void SealPage(Bytes page, uint32_t number) {
  const size_t block = BlockBytes(page.size());
  for (size_t at = block, slot = kBlockChecksums; at < page.size(); at += block, slot += 8) {
    Store(page, slot, EccChecksum(page.subspan(at, block), number, false));
  }
  Store(page, 0, EccChecksum(page.first(block), number));
}

bool PageIsSealed(ConstBytes page, uint32_t number) {
  const size_t block = BlockBytes(page.size());
  for (size_t at = block, slot = kBlockChecksums; at < page.size(); at += block, slot += 8) {
    if (Load<uint64_t>(page, slot) != EccChecksum(page.subspan(at, block), number, false))
      return false;
  }
  return Load<uint64_t>(page, 0) == EccChecksum(page.first(block), number);
}

}  // namespace backstop::engine
