// SPDX-License-Identifier: MIT
// Random numbers for tests that need the same ones everywhere.
#pragma once

#include <cstdint>

namespace backstop::model::testing {

class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}
  /// A number below `sides`.
  uint32_t operator()(uint32_t sides) {
    state_ = state_ * 6364136223846793005 + 1442695040888963407;
    return static_cast<uint32_t>(state_ >> 33) % sides;
  }

 private:
  uint64_t state_;
};

}  // namespace backstop::model::testing
