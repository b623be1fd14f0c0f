// SPDX-License-Identifier: MIT
// SplitMix64: small, fast, and the same numbers everywhere.
#pragma once

#include <cstdint>

namespace backstop::sched {

class Random {
 public:
  explicit Random(uint64_t seed = 0) : state_(seed) {}
  void Seed(uint64_t seed) { state_ = seed; }

  uint64_t Next() {
    uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  /// A number below `bound`, which is not 0. The bias, below 2^-32 * bound, does not matter here.
  uint32_t Below(uint32_t bound) {
    return static_cast<uint32_t>(((Next() >> 32) * uint64_t{bound}) >> 32);
  }

  /// True once in `n` on average; `n` of 0 means never.
  bool OneIn(uint32_t n) { return n != 0 && Below(n) == 0; }

 private:
  uint64_t state_;
};

/// A seed of its own for each pair, for example (campaign seed, number of the run).
inline uint64_t MixSeed(uint64_t a, uint64_t b) {
  return Random(Random(a).Next() ^ (b + 0x9e3779b97f4a7c15)).Next();
}

}  // namespace backstop::sched
