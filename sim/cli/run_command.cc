// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>

#include "sim/cli/build_info.h"
#include "sim/cli/ci_files.h"
#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/failure_store.h"
#include "sim/cli/progress.h"
#include "sim/cli/run_report.h"
#include "sim/harness/minimum/trace_length.h"
#include "sim/harness/replay_trace.h"
#include "sim/harness/timeline.h"
#include "sim/harness/trace_results.h"
#include "sim/harness/trace_words.h"

namespace backstop::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;
void OnInterrupt(int) { interrupted = 1; }

constexpr const char* kBudget = "60s";
/// Longer than anybody waits.
constexpr const char* kNoBudget = "100000h";

struct RunOptions {
  std::string budget;  ///< empty: kBudget, or, if so many power cuts are asked for, none
  std::string shrink_budget = "30s";
  std::string strategy = "portfolio";
  std::string faults = "light";
  std::string shard = "0/1";
  std::string dialect = "strict";
  std::string save = ".backstop";
  std::string json;
  CiFiles ci;
  uint64_t seed = 0;
  bool seed_given = false;
  bool quiet = false;
  bool no_shrink = false;
  bool fresh = false;  ///< do not replay the failures that are known
  double budget_seconds = 0;
  double shrink_seconds = 0;
  harness::CampaignOptions campaign;
};

/// Turns the words of the command line into numbers; an empty string if they make sense.
std::string Interpret(RunOptions* options) {
  const bool counted = options->budget.empty() && options->campaign.max_crashes > 0;
  if (options->budget.empty()) options->budget = counted ? kNoBudget : kBudget;
  if (!ParseDuration(options->budget, &options->budget_seconds)) {
    return fmt::format("--budget {}: give a time such as 60s, 10m or 2h", options->budget);
  }
  if (!ParseDuration(options->shrink_budget, &options->shrink_seconds)) {
    return fmt::format("--shrink-budget {}: give a time such as 30s", options->shrink_budget);
  }
  if (!harness::ParseFaults(options->faults, &options->campaign.generate.faults)) {
    return fmt::format("--faults {}: choose none, light or heavy", options->faults);
  }
  if (model::FindDialect(options->dialect) == nullptr) {
    return fmt::format("--dialect {}: there are strict and ese", options->dialect);
  }
  options->campaign.generate.ese = options->dialect == "ese";
  if (options->campaign.max_crashes > 0 && options->faults != "heavy") {
    return "--crashes: only --faults heavy cuts the power";
  }
  if (options->strategy != "portfolio") {
    harness::StrategyKind kind{};
    if (!harness::ParseStrategy(options->strategy, &kind)) {
      return fmt::format("--strategy {}: choose portfolio or one of {}", options->strategy,
                         harness::StrategyNames());
    }
    options->campaign.strategy = kind;
  }
  unsigned shard = 0;
  unsigned shards = 0;
  int used = 0;
  const int fields = std::sscanf(options->shard.c_str(), "%u/%u%n", &shard, &shards, &used);
  if (fields != 2 || static_cast<size_t>(used) != options->shard.size() || shard >= shards) {
    return fmt::format("--shard {}: give I/N with I from 0 to N-1", options->shard);
  }
  options->campaign.shard = shard;
  options->campaign.shards = shards;
  options->campaign.seed = options->seed_given ? options->seed : FreshSeed();
  return {};
}

std::string ProgressText(const harness::Campaign& campaign, double seconds, double budget) {
  const harness::CampaignStatus& status = campaign.status();
  return fmt::format(
      "{:.0f}s of {:.0f}s  {} programs  {} schedules ({:.0f}/s)  rows {}/{}  "
      "states {}",
      seconds, budget, status.programs, status.schedules,
      static_cast<double>(status.schedules) / std::max(seconds, 0.001),
      campaign.coverage().rows().rows_hit(), campaign.coverage().rows().rows_total(),
      campaign.coverage().states());
}

/// Makes the failing run small, runs it once more and writes its trace.
class FailureReport {
 public:
  FailureReport(harness::Campaign& campaign, const RunOptions& options, const Context& context)
      : campaign_(campaign), options_(options), context_(context) {}

  /// False if the trace cannot be written.
  bool Make() {
    harness::FailingRun failing = campaign_.failing();
    fmt::print(stderr, "found {} after {} schedules: {}\n", failing.violation.rule,
               campaign_.status().schedules, failing.violation.text);
    if (!options_.no_shrink) failing = Shrunk(failing);
    sched::Recorded recorded(failing.answers);
    harness::Timeline timeline;
    harness::RecordTimeline(campaign_.runner(), campaign_.checker(), failing.program, recorded,
                            &timeline);
    harness::Trace trace =
        harness::TraceOfLastRun(campaign_.runner(), context_.provenance, failing.program,
                                failing.violation, campaign_.runner().scheduler().hash());
    trace.origin = fmt::format("version={} compiler={} strategy={} seed=0x{:016x} schedules={}",
                               harness::Escape(kVersion), harness::Escape(kCompiler),
                               harness::NameOf(campaign_.failing_schedule().kind),
                               options_.campaign.seed, campaign_.status().schedules);
    trace.results = harness::ResultLines(timeline);
    path_ = FailurePath(options_.save, context_.provenance.engine, failing.violation);
    std::string error;
    if (!harness::WriteWholeFile(path_, harness::WriteTrace(trace), &error)) {
      fmt::print(stderr, "backstop: {}\n", error);
      return false;
    }
    rule_ = failing.violation.rule;
    length_ = harness::TraceLength(failing.program, failing.answers);
    check_ = {.name = "campaign",
              .failed = true,
              .rule = rule_,
              .meaning = "",
              .fingerprint = failing.violation.signature,
              .text = failing.violation.text,
              .command = "backstop replay " + path_,
              .file = path_,
              .attachment = harness::WriteTrace(trace)};
    fmt::print("{}\n{}: {}\ntrace: {}\nreplay: backstop replay {}\n\n",
               harness::RenderTimeline(timeline, {.colour = WantsColour(1)}), rule_,
               failing.violation.text, path_, path_);
    return true;
  }

  const std::string& path() const { return path_; }
  const std::string& rule() const { return rule_; }
  size_t length() const { return length_; }
  /// What reports say of the campaign.
  const report::Check& check() const { return check_; }

 private:
  harness::FailingRun Shrunk(const harness::FailingRun& failing) {
    const Stopwatch watch;
    harness::ShrinkOptions shrink;
    shrink.seed = options_.campaign.seed;
    shrink.stop = [&] { return interrupted != 0 || watch.seconds() > options_.shrink_seconds; };
    harness::ShrinkResult result =
        harness::Shrink(campaign_.runner(), campaign_.checker(), failing, shrink);
    fmt::print(stderr, "shrunk from {} to {} calls, length {} to {}, in {} runs, {:.1f}s\n",
               failing.program.CallCount(), result.run.program.CallCount(),
               harness::TraceLength(failing.program, failing.answers),
               harness::TraceLength(result.run.program, result.run.answers), result.runs,
               watch.seconds());
    return std::move(result.run);
  }

  harness::Campaign& campaign_;
  const RunOptions& options_;
  const Context& context_;
  std::string path_;
  std::string rule_;
  size_t length_ = 0;
  report::Check check_{.name = "campaign"};
};

RunSummary NewSummary(const RunOptions& options) {
  return {.seed = options.campaign.seed,
          .faults = options.faults,
          .shard = options.shard,
          .dialect = options.dialect};
}

/// Writes the summary where --json asks for it.
bool WriteJson(const RunOptions& options, const harness::Campaign& campaign,
               const RunSummary& summary, const Context& context, std::string* error) {
  if (options.json.empty()) return true;
  const std::string text = SummaryJson(campaign, summary, context.provenance);
  if (harness::WriteWholeFile(options.json, text, error)) return true;
  *error = "--json " + *error;
  return false;
}

/// What was found earlier and is still there. Nothing if nothing is.
std::optional<int> ReportKnownFailure(const RunOptions& options, harness::Campaign& campaign,
                                      const Context& context) {
  const auto known =
      FirstKnownFailure(options.save, campaign.runner(), campaign.checker(), context.provenance);
  if (!known) return std::nullopt;
  const harness::Violation violation = known->result.violation.value_or(
      harness::Violation{.rule = "nondeterminism",
                         .signature = "nondeterminism",
                         .text = "the same decisions gave different hashes",
                         .call = std::nullopt});
  fmt::print(
      "known failure, found before any search: {}: {}\ntrace: {}\nreplay: backstop replay {}\n"
      "see it: backstop show {}\n--fresh searches without replaying what is known\n",
      violation.rule, violation.text, known->path, known->path, known->path);
  report::CiReport ci = NewReport("run");
  ci.checks.push_back({.name = "known failure",
                       .failed = true,
                       .rule = violation.rule,
                       .meaning = "",
                       .fingerprint = violation.signature,
                       .text = violation.text,
                       .command = "backstop replay " + known->path,
                       .file = known->path,
                       .attachment = harness::WriteTrace(known->trace)});
  RunSummary summary = NewSummary(options);
  summary.trace = known->path;
  summary.rule = violation.rule;
  summary.deterministic = known->result.violation.has_value();
  summary.known_failures = 1;
  std::string error;
  if (!WriteJson(options, campaign, summary, context, &error)) return Refuse(error);
  if (!options.ci.Write(ci, &error)) return Refuse(error);
  return known->result.violation ? kViolation : kNondeterminism;
}

int ExitCodeOf(harness::CampaignEnd end, harness::Campaign& campaign) {
  switch (end) {
    case harness::CampaignEnd::kViolation:
      return kViolation;
    case harness::CampaignEnd::kNotSetUp:
      fmt::print(stderr, "backstop: the engine cannot be brought to '{}': {}\n",
                 harness::ToText(campaign.failing().program.setup), campaign.runner().error());
      return kTargetUnusable;
    case harness::CampaignEnd::kNondeterministic:
      fmt::print(stderr, "backstop: nondeterminism: {}\n", campaign.hash_check().why());
      return kNondeterminism;
    case harness::CampaignEnd::kCannotSave:
      fmt::print(stderr,
                 "backstop: the trace of the current run can no longer be written; is the "
                 "disk of --save full?\n");
      return kInternalError;
    default:
      return kClean;
  }
}

int Run(RunOptions options, const Context& context) {
  const std::string problem = Interpret(&options);
  if (!problem.empty()) return Refuse(problem);
  harness::CurrentRun current;
  std::string error;
  if (!current.Open(options.save, &error)) return Refuse("--save " + error);
  if (!options.json.empty() && !harness::PrepareWholeFile(options.json, "{}\n", &error)) {
    return Refuse("--json " + error);
  }
  if (!options.ci.Prepare("run", &error)) return Refuse(error);
  std::signal(SIGINT, OnInterrupt);
  std::signal(SIGTERM, OnInterrupt);

  const harness::JetApi api = harness::BuiltinJetApi(context.provenance.engine.c_str());
  harness::Campaign campaign(api, options.campaign);
  if (!options.fresh) {
    const auto code = ReportKnownFailure(options, campaign, context);
    if (code) {
      current.Remove();
      return *code;
    }
  }
  fmt::print(stderr, "seed {}; the run that is going on is kept in {}\n", options.campaign.seed,
             current.path());
  Progress progress(options.quiet);
  const Stopwatch watch;
  const double cpu = CpuSeconds();
  const harness::CampaignEnd end =
      campaign.Run(&current, context.provenance, [&](const harness::CampaignStatus&) {
        const double seconds = watch.seconds();
        if (progress.Due()) {
          progress.Show(ProgressText(campaign, seconds, options.budget_seconds));
        }
        return interrupted != 0 || seconds >= options.budget_seconds;
      });
  RunSummary summary = NewSummary(options);
  summary.seconds = watch.seconds();
  summary.cpu_seconds = CpuSeconds() - cpu;
  summary.deterministic = end != harness::CampaignEnd::kNondeterministic;
  progress.Clear();
  FailureReport report(campaign, options, context);
  if (end == harness::CampaignEnd::kViolation && !report.Make()) return kInternalError;
  current.Remove();
  summary.trace = report.path();
  summary.rule = report.rule();
  summary.trace_length = report.length();
  fmt::print("{}", SummaryText(campaign, summary));
  if (!WriteJson(options, campaign, summary, context, &error)) return Refuse(error);
  report::CiReport ci = NewReport("run");
  ci.checks.push_back(report.check());
  ci.checks.back().seconds = summary.seconds;
  if (!options.ci.Write(ci, &error)) return Refuse(error);
  return ExitCodeOf(end, campaign);
}

}  // namespace

void AddRun(CLI::App& app, Context& context) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* run =
      app.add_subcommand("run", "Draw programs and schedules, run them, check every code");
  run->add_option("--budget", options->budget,
                  "How long to search: 60s, 10m, 2h (default: 60s; with --crashes no bound)");
  run->add_option("--runs", options->campaign.max_schedules, "Stop after so many schedules");
  run->add_option("--seed", options->seed, "Repeat the campaign of this seed (default: a new one)")
      ->each([options](const std::string&) { options->seed_given = true; });
  run->add_option("--threads", options->campaign.generate.threads, "Exactly so many threads")
      ->check(CLI::Range(1u, harness::kMaxThreads));
  run->add_option("--calls", options->campaign.generate.calls, "Exactly so many calls a thread")
      ->check(CLI::Range(1u, 8u));
  run->add_option("--strategy", options->strategy,
                  "portfolio, or one of " + harness::StrategyNames())
      ->capture_default_str();
  run->add_option("--faults", options->faults, "none, light (backup reads), heavy (power cuts)")
      ->capture_default_str();
  run->add_option("--dialect", options->dialect,
                  "strict, or ese: what the original engine returns, call by call")
      ->capture_default_str();
  run->add_option("--crashes", options->campaign.max_crashes, "Stop after so many power cuts");
  run->add_option("--schedules-per-program", options->campaign.schedules_per_program)
      ->check(CLI::Range(1u, 1'000'000u))
      ->capture_default_str();
  run->add_option("--shard", options->shard, "Take part I of N of the programs")
      ->capture_default_str();
  run->add_flag("--replay-check", options->campaign.replay_check,
                "Replay each schedule from its trace and compare the hashes");
  run->add_option("--save", options->save, "Directory for traces")->capture_default_str();
  run->add_option("--json", options->json, "Write the summary to this file");
  options->ci.AddTo(run);
  run->add_option("--shrink-budget", options->shrink_budget, "How long to make a failure smaller")
      ->capture_default_str();
  run->add_flag("--fresh", options->fresh, "Do not replay the failures that are known first");
  run->add_flag("--no-shrink", options->no_shrink, "Report a failure as it was found");
  run->add_flag("--quiet", options->quiet, "No progress");
  run->callback([options, &context] {
    context.chosen = [options, &context] { return Run(*options, context); };
  });
}

}  // namespace backstop::cli
