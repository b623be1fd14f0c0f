// SPDX-License-Identifier: MIT
// Of all runs of one Mazurkiewicz trace the one whose real-time order of calls excuses least.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/scheduler/explore/happens_before.h"

namespace backstop::sched {

/// The steps of a run in another order that is a run too: a call begins as late and returns as
/// early as the order of the calls' ticks lets it. What has no place in any order of calls that
/// begin late has none where they begin early, so only this order needs judging. If sections that
/// commute meet sections of the same lock that do not, a call may begin earlier than it could.
std::vector<uint32_t> StrictOrder(const HappensBefore& order);

/// For each step its place in `order`, a permutation.
std::vector<uint32_t> PlacesOf(const std::vector<uint32_t>& order);

}  // namespace backstop::sched
