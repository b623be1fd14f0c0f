// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/ci_files.h"
#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/harness/current_run.h"
#include "sim/harness/replay_trace.h"
#include "sim/harness/report/utf8_text.h"

namespace backstop::cli {
namespace {

struct ReplayOptions {
  std::vector<std::string> traces;
  unsigned times = 2;  ///< the second run shows that the first was no accident
  unsigned search = harness::kReplaySearch;
  std::string json;
  CiFiles ci;
};

std::string CountsText(const sched::Replay::Counts& counts) {
  if (counts.resynchronised == 0) return {};
  return fmt::format(" with {} re-synchronisation{}", counts.resynchronised,
                     counts.resynchronised == 1 ? "" : "s");
}

/// What was tried beside the recorded schedule.
std::string SearchText(const harness::ReplayResult& result) {
  if (result.searched == 0) return {};
  return result.violation ? fmt::format(" (in schedule {} beside it)", result.searched)
                          : fmt::format(" (nor do {} schedules beside it fail)", result.searched);
}

std::string DivergedText(const harness::Trace& trace, const harness::ReplayResult& result) {
  if (result.counts.lost == 0) {
    return fmt::format("diverged: only build {} of engine '{}' can follow the seed it holds",
                       trace.made_by.build, trace.made_by.engine);
  }
  return fmt::format("diverged at line {}: {} of {} decisions could not be made{}",
                     trace.decisions_at + result.counts.first_lost, result.counts.lost,
                     result.counts.exact + result.counts.resynchronised + result.counts.lost,
                     SearchText(result));
}

std::string VerdictText(const harness::Trace& trace, const harness::ReplayResult& result) {
  switch (result.verdict) {
    case harness::ReplayVerdict::kReproduced: {
      const bool other = !trace.rule.empty() && result.violation->rule != trace.rule;
      return fmt::format("reproduced{}{}: {}{}: {}", CountsText(result.counts), SearchText(result),
                         result.violation->rule,
                         other ? fmt::format(" (recorded as {})", trace.rule) : "",
                         result.violation->text);
    }
    case harness::ReplayVerdict::kGone:
      return "gone" + CountsText(result.counts) + SearchText(result);
    case harness::ReplayVerdict::kDiverged:
      return DivergedText(trace, result);
    case harness::ReplayVerdict::kNondeterministic:
      return "nondeterministic: the same decisions gave different hashes";
    default:
      return "the engine cannot be brought to the starting situation";
  }
}

/// The word that the text begins with.
const char* NameOf(harness::ReplayVerdict verdict) {
  static constexpr std::array<const char*, 5> kNames = {"reproduced", "gone", "diverged",
                                                        "nondeterministic", "not-set-up"};
  return kNames[static_cast<size_t>(verdict)];
}

nlohmann::ordered_json ToJson(const std::string& path, const harness::Trace& trace,
                              const harness::ReplayResult& result) {
  return {{"trace", path},
          {"verdict", NameOf(result.verdict)},
          {"recorded_rule", trace.rule},
          {"rule", result.violation ? result.violation->rule : ""},
          {"text", VerdictText(trace, result)},
          {"exact", result.counts.exact},
          {"resynchronised", result.counts.resynchronised},
          {"lost", result.counts.lost},
          {"searched", result.searched},
          {"times", result.times},
          {"hash", fmt::format("0x{:016x}", result.hash)}};
}

int CodeOf(harness::ReplayVerdict verdict) {
  switch (verdict) {
    case harness::ReplayVerdict::kReproduced:
      return kViolation;
    case harness::ReplayVerdict::kGone:
      return kClean;
    case harness::ReplayVerdict::kDiverged:
      return kDiverged;
    case harness::ReplayVerdict::kNondeterministic:
      return kNondeterminism;
    default:
      return kTargetUnusable;
  }
}

/// Of several traces the gravest outcome is the exit code.
int Graver(int a, int b) {
  static constexpr int kOrder[] = {kClean,          kDiverged,       kViolation,
                                   kTargetUnusable, kNondeterminism, kBadInput};
  int grave = kClean;
  for (const int code : kOrder) {
    if (code == a || code == b) grave = code;
  }
  return grave;
}

/// What reports say of one trace.
report::Check CheckOf(const std::string& path, const harness::Trace& trace,
                      const harness::ReplayResult& result, double seconds) {
  const int code = CodeOf(result.verdict);
  report::Check check{.name = path, .seconds = seconds};
  check.failed = code == kViolation || code == kNondeterminism;
  check.skipped = !check.failed && code != kClean;
  check.text = VerdictText(trace, result);
  if (!check.failed) return check;
  check.rule = result.violation ? result.violation->rule : "nondeterminism";
  check.fingerprint = result.violation ? result.violation->signature : check.rule;
  check.command = "backstop replay " + path;
  check.file = path;
  if (trace.decisions_beyond == 0) check.attachment = harness::WriteTrace(trace);
  return check;
}

int Replay(const ReplayOptions& options, const Context& context) {
  const harness::JetApi api = harness::BuiltinJetApi(context.provenance.engine.c_str());
  harness::Runner runner(api, {});
  harness::Checker checker;
  int code = kClean;
  std::string error;
  report::CiReport report = NewReport("replay");
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  if (!options.ci.Prepare("replay", &error)) {
    fmt::print(stderr, "backstop: {}\n", error);
    return kBadInput;
  }
  for (const std::string& path : options.traces) {
    const Stopwatch watch;
    harness::Trace trace;
    if (!harness::ReadTraceFile(path, &trace, &error)) {
      fmt::print(stderr, "backstop: {}\n", error);
      code = Graver(code, kBadInput);
      report.checks.push_back({.name = path, .skipped = true, .text = error});
      continue;
    }
    const harness::ReplayResult result = harness::ReplayTrace(
        runner, checker, trace, context.provenance, options.times, options.search);
    fmt::print("{}: {}\n{}: {} runs, hash 0x{:016x}\n", path, VerdictText(trace, result), path,
               result.times, result.hash);
    code = Graver(code, CodeOf(result.verdict));
    report.checks.push_back(CheckOf(path, trace, result, watch.seconds()));
    json.push_back(ToJson(path, trace, result));
  }
  const bool saved =
      options.json.empty() ||
      harness::WriteWholeFile(options.json, report::JsonText(json, 1) + "\n", &error);
  if (saved && options.ci.Write(report, &error)) return code;
  fmt::print(stderr, "backstop: {}\n", error);
  return kBadInput;
}

}  // namespace

void AddReplay(CLI::App& app, Context& context) {
  auto options = std::make_shared<ReplayOptions>();
  CLI::App* replay = app.add_subcommand("replay", "Run traces again");
  replay->add_option("TRACE", options->traces, "Trace files")->required();
  replay->add_option("--times", options->times, "Runs of each trace, whose hashes must agree")
      ->check(CLI::Range(1u, 1'000'000u))
      ->capture_default_str();
  replay
      ->add_option("--search", options->search,
                   "Schedules tried beside a recorded one that fails no more on a changed engine")
      ->check(CLI::Range(0u, 10'000'000u))
      ->capture_default_str();
  replay->add_option("--json", options->json, "Write the verdicts to this file");
  options->ci.AddTo(replay);
  replay->callback([options, &context] {
    context.chosen = [options, &context] { return Replay(*options, context); };
  });
}

}  // namespace backstop::cli
