// SPDX-License-Identifier: MIT
// The verbs of the `backstop` command. Each adds its options to a CLI11 subcommand and gives an
// exit code; stdout is the result, stderr the talk.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "sim/harness/trace.h"

namespace backstop::cli {

enum ExitCode : int {
  kClean = 0,           ///< nothing found; replay: the failure is gone
  kViolation = 1,       ///< found; replay: reproduced
  kBadInput = 2,        ///< usage, or an input that cannot be used
  kDiverged = 3,        ///< replay: the trace could not be followed
  kTargetUnusable = 4,  ///< the engine cannot be brought to the starting situation
  kNondeterminism = 5,  ///< the same decisions gave another hash
  kInternalError = 70,
};

/// What the commands know of the program they are linked into.
struct Context {
  harness::Provenance provenance;
  /// Set by the verb that was chosen; run after parsing.
  std::function<int()> chosen;
};

/// Says on stderr what cannot be used, where and how to mend it, in one line.
int Refuse(const std::string& why);

void AddRun(CLI::App& app, Context& context);
void AddBench(CLI::App& app, Context& context);
void AddScore(CLI::App& app, Context& context);
void AddMerge(CLI::App& app, Context& context);
void AddExplore(CLI::App& app, Context& context);
void AddMinimum(CLI::App& app, Context& context);
void AddReplay(CLI::App& app, Context& context);
void AddShow(CLI::App& app, Context& context);
void AddConform(CLI::App& app, Context& context);
void AddSpec(CLI::App& app, Context& context);
void AddSweep(CLI::App& app, Context& context);
void AddCheckHistory(CLI::App& app, Context& context);
void AddCheckModel(CLI::App& app, Context& context);

}  // namespace backstop::cli
