// SPDX-License-Identifier: MIT
// Fails every file operation of a scenario once.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/progress.h"
#include "sim/harness/current_run.h"
#include "sim/harness/sweep/sweep.h"

namespace backstop::cli {
namespace {

using harness::SweepResult;
using harness::SweepScenario;

struct SweepArguments {
  std::string scenario;
  bool list = false;
  std::string fault;  ///< empty: all
  uint64_t at = 0;
  std::string json;
  bool quiet = false;
  harness::SweepOptions sweep;
};

int List() {
  for (const SweepScenario& scenario : harness::SweepScenarios()) {
    fmt::print("{:14} {}\n", scenario.name, scenario.about);
  }
  return kClean;
}

/// What is wrong with the options; empty if nothing is.
std::string Interpret(SweepArguments* options) {
  if (harness::FindSweepScenario(options->scenario) == nullptr) {
    return options->scenario.empty()
               ? "name a scenario; --list shows them"
               : fmt::format("no scenario is named '{}'; --list shows them", options->scenario);
  }
  for (unsigned i = 0; i < harness::kSweepFaults; ++i) {
    const auto fault = static_cast<harness::SweepFault>(i);
    const bool chosen = options->fault.empty() || options->fault == NameOf(fault);
    if (chosen) options->sweep.faults.push_back(fault);
  }
  if (options->sweep.faults.empty()) {
    return fmt::format("--fault {}: there are eio, log-full, database-full and short",
                       options->fault);
  }
  options->sweep.at = options->at;
  return "";
}

void Print(const SweepScenario& scenario, const SweepResult& result, const SweepArguments& options,
           double seconds) {
  fmt::print("scenario      {}\n", scenario.name);
  for (const harness::SweepFault fault : options.sweep.faults) {
    fmt::print("operations    {} {}\n", result.operations[static_cast<size_t>(fault)],
               NameOf(fault));
  }
  fmt::print("walks         {} ({} with a call that failed)\n", result.walks, result.failing);
  for (const auto& [call, codes] : result.failures) {
    for (const auto& [code, times] : codes) {
      fmt::print("failed        {} x {} = {}\n", times, call, code);
    }
  }
  for (const harness::SweepViolation& violation : result.violations) {
    fmt::print("violation     {}\n", ToText(violation));
  }
  fmt::print("violations    {}\nseconds       {:.1f}\n", result.violations.size(), seconds);
  if (result.violations.empty()) return;
  const harness::SweepViolation& first = result.violations.front();
  fmt::print("again         backstop sweep {} --fault {} --at {}\n", scenario.name,
             NameOf(first.fault), first.at);
}

int RunSweep(SweepArguments options, const Context& context) {
  if (options.list) return List();
  std::string error = Interpret(&options);
  if (!error.empty()) return Refuse(error);
  const SweepScenario& scenario = *harness::FindSweepScenario(options.scenario);
  const harness::JetApi api = harness::BuiltinJetApi(context.provenance.engine.c_str());
  Progress progress(options.quiet);
  const Stopwatch watch;
  const SweepResult result = Sweep(api, scenario, options.sweep, [&](const SweepResult& so_far) {
    if (!progress.Due()) return;
    progress.Show(fmt::format("{} walks, {} violations", so_far.walks, so_far.violations.size()));
  });
  progress.Clear();
  if (!result.unusable.empty()) {
    fmt::print(stderr, "backstop: scenario {} cannot be swept: {}\n", scenario.name,
               result.unusable);
    return kTargetUnusable;
  }
  if (options.at != 0 && result.walks == 0) {
    return Refuse(fmt::format("--at {}: the scenario has fewer operations", options.at));
  }
  Print(scenario, result, options, watch.seconds());
  if (!options.json.empty() &&
      !harness::WriteWholeFile(options.json, ToJson(scenario, result).dump(2) + "\n", &error)) {
    return Refuse("--json " + error);
  }
  return result.violations.empty() ? kClean : kViolation;
}

}  // namespace

void AddSweep(CLI::App& app, Context& context) {
  auto options = std::make_shared<SweepArguments>();
  CLI::App* sweep = app.add_subcommand(
      "sweep",
      "Fail every file operation of a scenario once: each call gives an allowed code, nothing that "
      "was acknowledged is lost, and the next try succeeds");
  sweep->add_option("scenario", options->scenario, "A built-in scenario");
  sweep->add_flag("--list", options->list, "Name the built-in scenarios");
  sweep->add_option("--fault", options->fault,
                    "Only this one: eio, log-full, database-full, short (default: all)");
  sweep->add_option("--at", options->at, "Only operation number K, counted from 1");
  sweep->add_option("--json", options->json, "Write the summary to this file");
  sweep->add_flag("--quiet", options->quiet, "No progress");
  sweep->callback([options, &context] {
    context.chosen = [options, &context] { return RunSweep(*options, context); };
  });
}

}  // namespace backstop::cli
