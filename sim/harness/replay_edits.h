// SPDX-License-Identifier: MIT
// Schedules beside a given one: one switch or fault taken away, or made a little earlier or later.
#pragma once

#include <cstddef>
#include <vector>

#include "sim/scheduler/recorded.h"

namespace backstop::harness {

/// One decision of `answers`, the one at `question`, is another.
struct Edit {
  sched::Answers answers;
  size_t question = 0;
  /// By how many questions it is made later, or earlier if negative; 0: not at all.
  int moved = 0;
};

/// The questions whose answer is not the default: switches, faults, power cuts.
std::vector<size_t> Decided(const sched::Answers& answers);

/// The default takes the place of the decision.
Edit Without(const sched::Answers& answers, size_t question);

/// The decision, and all after it, are made `by` questions later, or earlier if `by` is negative.
/// Earlier at most by as many as have the default answer right before it.
Edit Moved(const sched::Answers& answers, size_t question, int by);

/// Every decision moved by up to `reach` questions, the nearest first.
std::vector<Edit> Neighbours(const sched::Answers& answers, unsigned reach);

}  // namespace backstop::harness
