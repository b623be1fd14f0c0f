// SPDX-License-Identifier: MIT
// Makes a failing run small: fewer calls, threads, faults and context switches, simpler arguments,
// as long as a run fails in the same way.
#pragma once

#include <rapidcheck/Seq.h>

#include <functional>
#include <optional>

#include "sim/harness/checker.h"
#include "sim/harness/program.h"
#include "sim/harness/runner.h"
#include "sim/scheduler/recorded.h"

namespace backstop::harness {

/// Simpler programs, the boldest first.
rc::Seq<Program> ProgramShrinks(const Program& program);

struct FailingRun {
  Program program;
  sched::Answers answers;
  Violation violation;
};

struct ShrinkOptions {
  /// Schedules tried on each simpler program before it is given up.
  unsigned schedules_per_program = 400;
  unsigned max_programs = 2000;
  uint64_t seed = 1;
  /// Asked between programs; true ends the search with what has been found.
  std::function<bool()> stop;
};

struct ShrinkResult {
  FailingRun run;
  unsigned programs_tried = 0;
  uint64_t runs = 0;
};

ShrinkResult Shrink(Runner& runner, Checker& checker, const FailingRun& failing,
                    const ShrinkOptions& options);

}  // namespace backstop::harness
