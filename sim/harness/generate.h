// SPDX-License-Identifier: MIT
// RapidCheck draws the programs: starting situation, threads, calls with good and bad arguments.
#pragma once

#include <rapidcheck/Gen.h>

#include <cstdint>

#include "sim/harness/program.h"

namespace backstop::harness {

struct GenerateOptions {
  unsigned threads = 0;            ///< exactly so many program threads; 0: one to four
  unsigned calls = 0;              ///< exactly so many calls a thread; 0: one to eight
  Faults faults = Faults::kLight;  ///< the worst that some programs meet
  bool ese = false;                ///< see Program
};

/// Programs whose shrinks are those of Shrinks() in shrink.h.
rc::Gen<Program> ArbitraryProgram(GenerateOptions options);

/// How many schedules a program is worth, of `most`: one thread without faults has one.
uint32_t SchedulesWorth(const Program& program, uint32_t most);

/// Draws the program that belongs to `seed`: the same on every machine and compiler.
Program DrawProgram(const GenerateOptions& options, uint64_t seed);

}  // namespace backstop::harness
