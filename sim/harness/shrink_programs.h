// SPDX-License-Identifier: MIT
// Simpler programs than a given one.
#pragma once

#include <rapidcheck/Seq.h>

#include <vector>

#include "sim/harness/program.h"

namespace backstop::harness {

/// Simpler programs, the boldest first.
rc::Seq<Program> ProgramShrinks(const Program& program);

/// Programs of some of the calls, from any starting situation, those with the fewest calls first;
/// at most `max_calls` of them. Small programs give all selections, others those that lack one or
/// two calls.
std::vector<Program> Neighbours(const Program& program, size_t max_calls);

}  // namespace backstop::harness
