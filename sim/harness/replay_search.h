// SPDX-License-Identifier: MIT
// Where scheduling points have moved, the schedule that showed a failure may be a few points beside
// the one that the names lead to. This looks there.
#pragma once

#include <optional>
#include <string>

#include "sim/harness/checker.h"
#include "sim/harness/runner.h"

namespace backstop::harness {

struct NearbyResult {
  std::optional<Violation> violation;
  unsigned schedules = 0;  ///< tried, the failing one included
};

/// Tries up to `most` schedules of `program`: those in which one switch of the run that `runner`
/// made last is earlier or later, those in which the power fails at another operation, and drawn
/// ones. Ends with the first that breaks `rule`,
/// or any rule if it is empty. The same schedules every time.
NearbyResult SearchNearby(Runner& runner, Checker& checker, const Program& program,
                          const std::string& rule, unsigned most);

}  // namespace backstop::harness
