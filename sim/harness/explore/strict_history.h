// SPDX-License-Identifier: MIT
// The history that a run would have had if its steps had been made in another order.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/harness/history.h"
#include "sim/scheduler/explore/happens_before.h"

namespace backstop::harness {

/// The same calls and results as in `history`, in the real-time order of `steps`, which is a
/// permutation of the steps of `order` that is a run too. Thread n is task n; every call of a
/// thread began with a step of its own.
History Reordered(const History& history, const sched::HappensBefore& order,
                  const std::vector<uint32_t>& steps);

}  // namespace backstop::harness
