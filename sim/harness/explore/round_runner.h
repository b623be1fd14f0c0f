// SPDX-License-Identifier: MIT
// Searches the parts of a round, in this process or in several forked ones.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/harness/explore/part_search.h"

namespace backstop::harness {

enum class RoundEnd : uint8_t {
  kDone,
  kStopped,   ///< some parts were given up
  kNotSetUp,  ///< the engine cannot be brought to the starting situation
  kCrashed,   ///< a process ended by itself
};

struct SearchedRound {
  RoundEnd end = RoundEnd::kDone;
  std::vector<SearchedPart> parts;  ///< in the order of the parts, without a gap
  std::vector<SearchedPart> rest;   ///< given up, or after a part that was: their runs count
};

/// Searches each part. After a part in which a run fails the later parts need not be searched and
/// may be missing. With more than one job each of them is a forked process, so that a part costs
/// the same memory and gives the same result.
SearchedRound SearchRound(PartSearch& search, const std::vector<sched::SearchPart>& parts,
                          unsigned jobs, const std::function<bool()>& stop);

}  // namespace backstop::harness
