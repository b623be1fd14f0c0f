// SPDX-License-Identifier: MIT
// A place in the log stream.
#pragma once

#include <compare>
#include <cstdint>

#include "impl/esent.h"

namespace backstop::engine {

/// Ordered as the stream is written. All zero: none.
struct LogPosition {
  uint32_t generation = 0;
  uint16_t sector = 0;
  uint16_t byte = 0;

  friend auto operator<=>(const LogPosition&, const LogPosition&) = default;

  JET_LGPOS ToJet() const { return {byte, sector, static_cast<int32_t>(generation)}; }
  static LogPosition FromJet(const JET_LGPOS& position) {
    return {static_cast<uint32_t>(position.lGeneration), position.isec, position.ib};
  }
};

}  // namespace backstop::engine
