// SPDX-License-Identifier: MIT
// The results of a run as the lines of a trace.
#pragma once

#include <string>
#include <vector>

#include "sim/harness/timeline.h"

namespace backstop::harness {

/// One line for each call, in the order of their return:
/// "T0 call 2 JetReadFileInstance(..) = JET_errSuccess, 3 pages [READ-15] ready, ...", and for the
/// call to blame "T0 call 2 ... = CODE !! CODE [CLAUSE] or ...": what is allowed instead.
std::vector<std::string> ResultLines(const Timeline& timeline);

}  // namespace backstop::harness
