// SPDX-License-Identifier: MIT
// `backstop minimum`: the shortest failing run, by trying all short ones.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/harness/current_run.h"
#include "sim/harness/minimum/minimum.h"
#include "sim/harness/replay_trace.h"
#include "sim/harness/trace.h"

namespace backstop::cli {
namespace {

struct MinimumArguments {
  std::string faults = "light";
  std::string budget = "10m";
  std::string json;
  std::string output;
  double budget_seconds = 0;
  harness::MinimumOptions search;
};

/// What is wrong with the options; empty if nothing is.
std::string Interpret(MinimumArguments* options) {
  if (!ParseDuration(options->budget, &options->budget_seconds)) {
    return fmt::format("--budget {}: give a time such as 60s, 10m or 2h", options->budget);
  }
  if (!harness::ParseFaults(options->faults, &options->search.faults)) {
    return fmt::format("--faults {}: choose none, light or heavy", options->faults);
  }
  return {};
}

std::string SummaryJson(const harness::MinimumResult& result, const Context& context) {
  nlohmann::ordered_json json = {
      {"engine", context.provenance.engine}, {"build", context.provenance.build},
      {"complete_to", result.complete_to},   {"sampled_power_cuts", result.sampled},
      {"programs", result.programs},         {"runs", result.runs}};
  if (result.run) {
    json["minimum"] = harness::TraceLength(result.run->program, result.run->answers);
    json["calls"] = result.run->program.CallCount();
    json["rule"] = result.run->violation.rule;
  }
  return json.dump(2) + "\n";
}

void PrintSummary(const harness::MinimumResult& result, double seconds) {
  if (result.run) {
    const harness::FailingRun& run = *result.run;
    fmt::print("minimum       {}: {} calls, {} switches and faults\nviolation     {}: {}\n",
               harness::TraceLength(run.program, run.answers), run.program.CallCount(),
               sched::Deviations(run.answers), run.violation.rule, run.violation.text);
  } else {
    fmt::print("minimum       none found\n");
  }
  fmt::print(
      "complete      to length {}{}\nprograms      {}\nruns          {}\nseconds       {:.1f}\n",
      result.complete_to, result.sampled ? ", power cuts sampled" : "", result.programs,
      result.runs, seconds);
}

/// Makes the run once more and writes its trace. False with `*error` set.
bool WriteRun(const harness::FailingRun& run, const std::string& path, harness::Runner& runner,
              const Context& context, std::string* error) {
  sched::Recorded recorded(run.answers);
  const uint64_t hash = runner.Run(run.program, recorded).hash;
  const harness::Trace trace =
      harness::TraceOfLastRun(runner, context.provenance, run.program, run.violation, hash);
  return harness::WriteWholeFile(path, harness::WriteTrace(trace), error);
}

int Minimum(MinimumArguments options, const Context& context) {
  const std::string problem = Interpret(&options);
  if (!problem.empty()) return Refuse(problem);
  std::string error;
  if (!options.json.empty() && !harness::PrepareWholeFile(options.json, "{}\n", &error)) {
    return Refuse("--json " + error);
  }
  const harness::JetApi api = harness::BuiltinJetApi(context.provenance.engine.c_str());
  harness::Runner runner(api, {});
  harness::Checker checker;
  const Stopwatch watch;
  options.search.stop = [&] { return watch.seconds() >= options.budget_seconds; };
  const harness::MinimumResult result = harness::FindMinimum(runner, checker, options.search);
  if (!result.set_up) {
    fmt::print(stderr, "backstop: the engine cannot be brought to a starting situation: {}\n",
               runner.error());
    return kTargetUnusable;
  }
  PrintSummary(result, watch.seconds());
  if (!options.json.empty() &&
      !harness::WriteWholeFile(options.json, SummaryJson(result, context), &error)) {
    return Refuse("--json " + error);
  }
  if (!result.run) return kClean;
  if (!options.output.empty() && !WriteRun(*result.run, options.output, runner, context, &error)) {
    return Refuse("--output " + error);
  }
  return kViolation;
}

}  // namespace

void AddMinimum(CLI::App& app, Context& context) {
  auto options = std::make_shared<MinimumArguments>();
  CLI::App* minimum =
      app.add_subcommand("minimum", "The shortest failing run: all short ones are made, by length");
  minimum->footer("Length: calls + context switches + faults. Tried are " +
                  harness::SearchedSpace() + ".");
  minimum->add_option("--max-length", options->search.max_length, "Try runs up to this length")
      ->check(CLI::Range(1u, 8u))
      ->capture_default_str();
  minimum->add_option("--faults", options->faults, "none, light (backup reads), heavy (power cuts)")
      ->capture_default_str();
  minimum->add_option("--rule", options->search.rule, "Only failures of this rule: INV-52");
  minimum->add_option("--budget", options->budget, "Stop after this time")->capture_default_str();
  minimum->add_option("--json", options->json, "Write the summary to this file");
  minimum->add_option("--output", options->output, "Write the trace of the run to this file");
  minimum->callback([options, &context] {
    context.chosen = [options, &context] { return Minimum(*options, context); };
  });
}

}  // namespace backstop::cli
