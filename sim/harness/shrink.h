// SPDX-License-Identifier: MIT
// Makes a failing run small: fewer calls, threads, faults and context switches, simpler arguments,
// as long as a run fails in the same way. First programs become simpler, whatever their schedules;
// then runs shorter, by trying all schedules with few switches and faults.
#pragma once

#include <functional>
#include <optional>

#include "sim/harness/checker.h"
#include "sim/harness/program.h"
#include "sim/harness/runner.h"
#include "sim/harness/shrink_programs.h"
#include "sim/scheduler/recorded.h"

namespace backstop::harness {

struct FailingRun {
  Program program;
  sched::Answers answers;
  Violation violation;
};

struct ShrinkOptions {
  /// Schedules tried on each simpler program before it is given up.
  unsigned schedules_per_program = 400;
  /// Runs with few switches and faults made of each program that could be shorter or simpler.
  unsigned runs_per_program = 2000;
  unsigned max_programs = 4000;
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
