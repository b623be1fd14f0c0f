// SPDX-License-Identifier: MIT
// What a run did: every call with its arguments, result and place in time.
#pragma once

#include <cstdint>
#include <vector>

#include "model/linearize/linearize.h"
#include "model/snapshot.h"
#include "sim/harness/program.h"

namespace backstop::harness {

/// Threads of a program are numbered from 0; calls of the epilogue, which run alone after all
/// threads have ended, carry this number.
inline constexpr uint8_t kEpilogueThread = 0xfe;
/// Calls of the setup, which run alone before the threads start.
inline constexpr uint8_t kSetupThread = 0xff;

struct History {
  /// State in which the first call finds the instance (after the setup).
  model::Snapshot initial;
  /// In order of invocation.
  std::vector<model::HistoryCall> calls;
  /// For each entry of `calls`: which call of its thread it is.
  std::vector<uint16_t> index;
  /// Calls that never returned were cut off by a power cut.
  bool power_lost = false;
  /// The dialect of the engine: that of the original one, or strict.
  bool ese = false;
};

/// True if `a` had returned before `b` was invoked.
inline bool Precedes(const model::HistoryCall& a, const model::HistoryCall& b) {
  return a.returned < b.invoked;
}

}  // namespace backstop::harness
