// SPDX-License-Identifier: MIT
// `backstop bench`: measurements over mutants.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "sim/cli/bench_mutants.h"
#include "sim/cli/command.h"

namespace backstop::cli {
namespace {

void AddCommon(CLI::App* bench, BenchOptions* options) {
  bench->add_option("--mutants", options->mutants, "Directory of the programs backstop-MUTANT")
      ->required();
  bench->add_option("--patches", options->patches,
                    "Directory of MUTANT.patch, which say what faults a mutant needs");
  bench->add_option("--only", options->only, "These mutants only");
  bench->add_option("--seeds", options->seeds, "Campaigns for each cell")
      ->check(CLI::Range(1u, 1000u))
      ->capture_default_str();
  bench->add_option("--runs", options->runs, "Schedules after which a campaign gives up")
      ->capture_default_str();
  bench->add_option("--output", options->output, "Write the table to this file");
}

int RunBench(const BenchOptions& options, int (*bench)(const BenchOptions&)) {
  if (!MutantsIn(options).empty()) return bench(options);
  fmt::print(stderr, "backstop: --mutants {}: no program backstop-MUTANT is there; build them\n",
             options.mutants);
  return kBadInput;
}

}  // namespace

void AddBench(CLI::App& app, Context& context) {
  auto options = std::make_shared<BenchOptions>();
  CLI::App* bench = app.add_subcommand("bench", "Measurements");
  bench->require_subcommand(1);
  CLI::App* strategies = bench->add_subcommand(
      "strategies", "Median schedules until a mutant is found, for each strategy, as a table");
  AddCommon(strategies, options.get());
  strategies->add_option("--strategies", options->strategies, "These strategies only");
  strategies->callback([options, &context] {
    context.chosen = [options] { return RunBench(*options, BenchStrategies); };
  });
  CLI::App* races = bench->add_subcommand(
      "races",
      "The mutants that take a context switch: exhaustive search of the smallest program "
      "that shows them, and the portfolio, as a table");
  AddCommon(races, options.get());
  races->add_option("--traces", options->traces,
                    "Directory of MUTANT.trace, smaller programs than the campaigns find");
  races->add_option("--engine", options->engine, "The program without a bug")->required();
  races->callback([options, &context] {
    context.chosen = [options] { return RunBench(*options, BenchRaces); };
  });
}

}  // namespace backstop::cli
