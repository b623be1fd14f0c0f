// SPDX-License-Identifier: MIT
#include "sim/harness/page_sum.h"

#include <cstring>

namespace backstop::harness {

uint64_t XorOfWords(std::span<const std::byte> bytes) {
  uint64_t sum = 0;
  for (size_t offset = 0; offset < bytes.size(); offset += sizeof sum) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + offset, sizeof word);
    sum ^= word;
  }
  return sum;
}

}  // namespace backstop::harness
