// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "sim/scheduler/random.h"

namespace backstop::sched {

/// How random strategies answer a draw: 0, the harmless answer, except once in `one_in` times, and
/// then each other answer equally often.
inline uint32_t DrawFault(Random& random, uint32_t one_in, uint32_t options) {
  if (options < 2 || !random.OneIn(one_in)) return 0;
  return 1 + random.Below(options - 1);
}

}  // namespace backstop::sched
