// SPDX-License-Identifier: MIT
// The calls and starting situations that small programs are made of, when all of them are tried.
#pragma once

#include <vector>

#include "sim/harness/program.h"

namespace backstop::harness {

/// kPlain: each operation with its good arguments and the one or two that matter most.
/// kFull: each operation with each argument that a drawn program may pass, the others being good.
enum class Alphabet : uint8_t { kPlain, kFull };

/// The setups that programs may be drawn with; kPlain: one for each starting situation.
std::vector<Setup> AllSetups(Alphabet alphabet);

/// The calls that a program with this setup may make. `alone`: it has one thread, so that it may
/// make instances too.
std::vector<ProgramCall> AllCalls(Alphabet alphabet, const Setup& setup, bool alone);

/// Whether every call of the program has a meaning; see Creations in generate.cc.
bool IsMeaningful(const Program& program);

}  // namespace backstop::harness
