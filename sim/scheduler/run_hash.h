// SPDX-License-Identifier: MIT
// The fingerprint of a run: a hash over what happened, record by record.
#pragma once

#include <xxhash.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace backstop::sched {

/// XXH3 over records of 16 bytes, folded a buffer at a time. Records have no padding and no
/// addresses, so that the same run gives the same hash everywhere.
class RunHash {
 public:
  enum class What : uint8_t { kPoint, kDraw, kObserved };

  void Clear() {
    used_ = 0;
    folded_ = 0;
  }

  void Add(What what, uint8_t a, uint8_t b, uint8_t c, uint32_t number, uint64_t value) {
    if (used_ == buffer_.size()) Fold();
    std::byte* to = &buffer_[used_];
    const std::array<uint8_t, 4> small = {static_cast<uint8_t>(what), a, b, c};
    std::memcpy(to, small.data(), 4);
    std::memcpy(to + 4, &number, 4);
    std::memcpy(to + 8, &value, 8);
    used_ += kRecord;
  }

  uint64_t value() const { return XXH3_64bits_withSeed(buffer_.data(), used_, folded_); }

 private:
  static constexpr size_t kRecord = 16;

  void Fold() {
    folded_ = value();
    used_ = 0;
  }

  size_t used_ = 0;
  uint64_t folded_ = 0;
  std::array<std::byte, 256 * kRecord> buffer_;  ///< defined up to `used_`
};

}  // namespace backstop::sched
