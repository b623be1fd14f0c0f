// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/progress.h"
#include "sim/harness/current_run.h"
#include "sim/harness/explore/explore.h"
#include "sim/harness/explore/scenario.h"
#include "sim/harness/replay_trace.h"
#include "sim/harness/report/utf8_text.h"
#include "sim/harness/timeline.h"

namespace backstop::cli {
namespace {

using harness::ExploreEnd;
using harness::ExploreResult;
using harness::ExploreStatus;

volatile std::sig_atomic_t interrupted = 0;
void OnInterrupt(int) { interrupted = 1; }

struct ExploreArguments {
  std::string scenario;
  std::string strategy = "dpor";
  std::string budget;
  std::string json;
  std::string save = ".backstop";
  bool list = false;
  bool quiet = false;
  double budget_seconds = 0;
  harness::ExploreOptions explore;
};

int List() {
  for (const harness::Scenario& scenario : harness::BuiltinScenarios()) {
    fmt::print("{:<6} {}\n", scenario.name, scenario.about);
  }
  return kClean;
}

/// What is wrong with the options; empty if nothing is.
std::string Interpret(ExploreArguments* options) {
  if (options->scenario.empty()) return "explore needs a scenario; --list names the built-in ones";
  if (!options->budget.empty() && !ParseDuration(options->budget, &options->budget_seconds)) {
    return fmt::format("--budget {}: give a time such as 60s, 10m or 2h", options->budget);
  }
  static constexpr std::string_view kStrategies[] = {"dpor", "naive", "cached"};
  const auto* strategy = std::ranges::find(kStrategies, options->strategy);
  if (strategy == std::end(kStrategies)) {
    return fmt::format("--strategy {}: choose dpor, naive or cached", options->strategy);
  }
  options->explore.strategy = static_cast<harness::ExploreStrategy>(strategy - kStrategies);
  if (options->strategy != "dpor" && !options->explore.state_file.empty()) {
    return "--state: only the strategy dpor can be resumed";
  }
  if (options->explore.jobs == 0) {
    options->explore.jobs =
        static_cast<unsigned>(std::clamp<long>(sysconf(_SC_NPROCESSORS_ONLN), 1, 64));
  }
  return {};
}

std::string SummaryText(const harness::Scenario& scenario, const ExploreResult& result,
                        double seconds) {
  const ExploreStatus& status = result.status;
  std::string text = fmt::format(
      "scenario      {}\nexecutions    {}\nclasses       {}\nredundant     {} ({:.1f} %)\n"
      "states        {}\ncomplete      {}\nviolations    {}\nseconds       {:.1f}\n",
      scenario.name, status.executions, status.classes, status.redundant,
      100.0 * static_cast<double>(status.redundant) /
          static_cast<double>(std::max<uint64_t>(status.executions, 1)),
      status.states, result.end == ExploreEnd::kComplete ? "yes" : "no", result.found ? 1 : 0,
      seconds);
  for (const std::string& race : result.races) text += race + "\n";
  if (status.resumed > 0) text += fmt::format("resumed       after {} parts\n", status.resumed);
  return text;
}

std::string SummaryJson(const harness::Scenario& scenario, const ExploreArguments& options,
                        const ExploreResult& result, double seconds, const std::string& trace) {
  const ExploreStatus& status = result.status;
  nlohmann::ordered_json json = {{"scenario", scenario.name},
                                 {"strategy", options.strategy},
                                 {"executions", status.executions},
                                 {"classes", status.classes},
                                 {"redundant", status.redundant},
                                 {"states", status.states},
                                 {"complete", result.end == ExploreEnd::kComplete},
                                 {"violations", result.found ? 1 : 0},
                                 {"seconds", seconds},
                                 {"jobs", options.explore.jobs},
                                 {"parts", status.parts},
                                 {"resumed", status.resumed},
                                 {"data_races", result.races}};
  if (result.found) json["rule"] = result.found->rule;
  if (!trace.empty()) json["trace"] = trace;
  return report::JsonText(json, 2) + "\n";
}

/// Makes the failing run once more as a replay would, shows it and writes its trace. The path, or
/// an empty string with a message on stderr.
std::string ReportFailure(harness::PartSearch& search, const harness::JetApi& api,
                          const harness::Program& program, const harness::FoundRun& found,
                          const ExploreArguments& options, const Context& context) {
  search.Make(found.steps);
  sched::Replay replay(sched::ReplayEntries(search.runner().scheduler()));
  harness::Runner runner(api, {});
  harness::Checker checker;
  harness::Timeline timeline;
  harness::RecordTimeline(runner, checker, program, replay, &timeline);
  if (!timeline.violation) {
    fmt::print(stderr, "backstop: found {}, but a replay does not show it: {}\n", found.rule,
               found.text);
    return {};
  }
  const uint64_t hash = runner.scheduler().hash();
  const harness::Trace trace =
      harness::TraceOfLastRun(runner, context.provenance, program, *timeline.violation, hash);
  std::string name = timeline.violation->rule;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::string path = fmt::format("{}/{}-{}-{:08x}.trace", options.save, name,
                                       context.provenance.engine, static_cast<uint32_t>(hash));
  std::string error;
  harness::CurrentRun directory;
  if (!directory.Open(options.save, &error) ||
      !harness::WriteWholeFile(path, harness::WriteTrace(trace), &error)) {
    fmt::print(stderr, "backstop: {}\n", error);
    return {};
  }
  directory.Remove();
  fmt::print("{}\n{}: {}\ntrace: {}\nreplay: backstop replay {}\n\n",
             harness::RenderTimeline(timeline, {.colour = WantsColour(1)}),
             timeline.violation->rule, timeline.violation->text, path, path);
  return path;
}

int ExitCodeOf(const ExploreResult& result, const harness::Scenario& scenario) {
  switch (result.end) {
    case ExploreEnd::kViolation:
      return kViolation;
    case ExploreEnd::kNotSetUp:
      fmt::print(stderr, "backstop: the engine cannot be brought to '{}': {}\n",
                 harness::ToText(scenario.program.setup), result.error);
      return kTargetUnusable;
    case ExploreEnd::kBadState:
      return Refuse("--state " + result.error);
    case ExploreEnd::kCrashed:
      fmt::print(stderr, "backstop: {}; --jobs 1 shows where\n", result.error);
      return kInternalError;
    default:
      return kClean;
  }
}

int Explore(ExploreArguments options, const Context& context) {
  if (options.list) return List();
  const std::string problem = Interpret(&options);
  if (!problem.empty()) return Refuse(problem);
  harness::Scenario scenario;
  std::string error;
  if (!harness::FindScenario(options.scenario, &scenario, &error)) return Refuse(error);
  if (!options.json.empty() && !harness::PrepareWholeFile(options.json, "{}\n", &error)) {
    return Refuse("--json " + error);
  }
  std::signal(SIGINT, OnInterrupt);
  std::signal(SIGTERM, OnInterrupt);

  const harness::JetApi api = harness::BuiltinJetApi(context.provenance.engine.c_str());
  harness::PartSearch search(api, scenario.program);
  options.explore.build = context.provenance.engine + " " + context.provenance.build;
  Progress progress(options.quiet);
  const Stopwatch watch;
  const auto stop = [&] {
    return interrupted != 0 ||
           (options.budget_seconds > 0 && watch.seconds() >= options.budget_seconds);
  };
  const ExploreResult result = harness::Explore(
      search, scenario.program, options.explore, stop, [&](const ExploreStatus& status) {
        if (!progress.Due()) return;
        progress.Show(fmt::format("{:.0f}s  {} parts  {} executions  {} classes  {} redundant",
                                  watch.seconds(), status.parts, status.executions, status.classes,
                                  status.redundant));
      });
  const double seconds = watch.seconds();
  progress.Clear();
  std::string trace;
  if (result.found) {
    trace = ReportFailure(search, api, scenario.program, *result.found, options, context);
  }
  const int code = ExitCodeOf(result, scenario);
  if (code != kClean && code != kViolation) return code;
  fmt::print("{}", SummaryText(scenario, result, seconds));
  const bool saved =
      options.json.empty() ||
      harness::WriteWholeFile(options.json, SummaryJson(scenario, options, result, seconds, trace),
                              &error);
  if (!saved) return Refuse("--json " + error);
  if (result.found && trace.empty()) return kInternalError;
  return code == kClean && !result.races.empty() ? static_cast<int>(kViolation) : code;
}

}  // namespace

void AddExplore(CLI::App& app, Context& context) {
  auto options = std::make_shared<ExploreArguments>();
  CLI::App* explore =
      app.add_subcommand("explore", "Every interleaving of one scenario, each run checked");
  explore->add_option("scenario", options->scenario,
                      "A built-in scenario, or a trace file whose program is taken");
  explore->add_flag("--list", options->list, "Name the built-in scenarios");
  explore
      ->add_option("--strategy", options->strategy,
                   "dpor: one run of each Mazurkiewicz trace; naive: every run; cached: from no "
                   "state twice")
      ->capture_default_str();
  explore->add_option("--state", options->explore.state_file,
                      "Keep what is done in this file, and go on from there");
  explore->add_option("--jobs", options->explore.jobs, "Processes; 0: one a core")
      ->check(CLI::Range(0u, 64u))
      ->capture_default_str();
  explore->add_option("--budget", options->budget, "Stop after this time: 60s, 10m, 2h");
  explore->add_option("--json", options->json, "Write the summary to this file");
  explore->add_option("--save", options->save, "Directory for the trace of a failing run")
      ->capture_default_str();
  explore->add_flag("--quiet", options->quiet, "No progress");
  explore->callback([options, &context] {
    context.chosen = [options, &context] { return Explore(*options, context); };
  });
}

}  // namespace backstop::cli
