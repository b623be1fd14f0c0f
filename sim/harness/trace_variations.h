// SPDX-License-Identifier: MIT
// Other forms of a program, one thing changed in each: what an explanation of a failure tries.
#pragma once

#include <string>
#include <vector>

#include "sim/harness/program.h"

namespace backstop::harness {

/// Nothing stands there instead.
inline constexpr const char* kWithoutIt = "without it";

struct Variant {
  std::string value;  ///< what stands there instead: "pages=8", "start=ready"
  Program program;
};

/// One thing that could be otherwise.
struct Variation {
  std::string place;  ///< "setup", "T0 call 1 JetReadFileInstance"
  std::string what;   ///< "start=begun", "pages=4", "this call"
  std::vector<Variant> variants;
};

/// Setup, threads, calls and arguments, in the order of the program. Never without variants.
std::vector<Variation> VariationsOf(const Program& program);

}  // namespace backstop::harness
