// SPDX-License-Identifier: MIT
// Holds recordings of the original engine against the specification and an engine.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/conform_rows.h"
#include "sim/cli/conform_suite.h"
#include "sim/cli/conform_target.h"
#include "sim/cli/progress.h"
#include "sim/cli/run_report.h"
#include "sim/harness/current_run.h"
#include "sim/harness/observed/judge.h"
#include "sim/harness/observed/model_replay.h"

namespace backstop::cli {
namespace {

namespace fs = std::filesystem;
using observed::Sequence;

constexpr size_t kClassesListed = 20;

struct ConformOptions {
  std::vector<std::string> files;
  bool suite = false;       ///< run the conformance suite
  bool recordings = false;  ///< judge recordings
  std::string suite_from;   ///< its directory
  std::string write_suite;  ///< directory to write it to
  size_t random = 0;        ///< steps of sequences drawn at random
  uint64_t seed = 1;        ///< of those
  bool first = false;       ///< the first deviation of those is enough
  std::string dialect;      ///< of the suite; empty: both
  std::string target = "builtin";
  std::string json;
  std::string deadline = "60s";
  double deadline_seconds = 0;
  bool model = false;
  bool engine = false;
  bool plain = false;
  bool quiet = false;
};

int Refuse(int code, const std::string& why) {
  fmt::print(stderr, "backstop: {}\n", why);
  return code;
}

/// The recordings of the checkout: those below the working directory, else those of the sources
/// this program was built from.
std::vector<std::string> DefaultFiles() {
  for (const fs::path directory : {"traces/observed", BACKSTOP_RECORDINGS}) {
    std::vector<std::string> files;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(directory, ignored)) {
      if (entry.path().extension() == ".zst") files.push_back(entry.path().string());
    }
    std::ranges::sort(files);
    if (!files.empty()) return files;
  }
  return {};
}

/// What is wrong with the options; empty if nothing is.
std::string Interpret(ConformOptions* options) {
  if (!options->dialect.empty() && engine::FindDialect(options->dialect) == nullptr) {
    return fmt::format("--dialect {}: there are strict and ese", options->dialect);
  }
  if (options->recordings && options->dialect == "strict") {
    return fmt::format("--dialect {}: recordings are of the dialect ese", options->dialect);
  }
  if (!ParseDuration(options->deadline, &options->deadline_seconds) ||
      options->deadline_seconds < 1) {
    return fmt::format("--deadline {}: give a duration of at least 1s", options->deadline);
  }
  if (!options->model && !options->engine) options->model = options->engine = true;
  if (!options->recordings) return "";
  std::erase(options->files, "");  // --observed without files is all of them
  if (options->files.empty()) options->files = DefaultFiles();
  return options->files.empty() ? "there are no recordings here; name files with --observed" : "";
}

/// Asks the specification step by step.
observed::CheckSequence ModelSide(model::Lifecycle& lifecycle) {
  return [&lifecycle](const Sequence& sequence) -> observed::CheckStep {
    auto replay = std::make_shared<observed::ModelReplay>(sequence, lifecycle);
    return [replay, &sequence](size_t index) -> std::optional<observed::Disagreement> {
      const observed::ModelVerdict verdict = replay->Check(index);
      if (verdict.agrees) return std::nullopt;
      const observed::Step& step = sequence.steps[index];
      return observed::Disagreement{.sequence = sequence.id,
                                    .step = index,
                                    .call = step.call,
                                    .side = "model",
                                    .what = "code",
                                    .recorded = std::to_string(step.err),
                                    .expected = verdict.expected,
                                    .clause = verdict.clause};
    };
  };
}

void PrintSide(const char* side, size_t agreed, size_t checked, const char* word) {
  fmt::print("{:13} {} of {} steps {}\n", side, agreed, checked, word);
}

void Print(const observed::Tally& tally, const ConformOptions& options) {
  fmt::print("sequences     {}\nsteps         {}\n", tally.sequences, tally.steps);
  if (options.model)
    PrintSide("specification", tally.model_allowed, tally.model_checked, "allowed");
  if (options.engine) PrintSide("engine", tally.engine_equal, tally.engine_checked, "equal");
  for (size_t i = 1; i < observed::kSkips; ++i) {
    if (tally.skipped[i] == 0) continue;
    fmt::print("skipped       {} {}\n", tally.skipped[i],
               observed::SkipName(static_cast<observed::Skip>(i)));
  }
  for (const auto& [function, sequences] : tally.missing) {
    fmt::print("missing       {} in {} sequences\n", function, sequences);
  }
  const auto classes = tally.Classes();
  for (size_t i = 0; i < classes.size() && i < kClassesListed; ++i) {
    fmt::print("disagree      {} x {}\n", classes[i].first, ToText(classes[i].second));
  }
  if (classes.size() > kClassesListed) {
    fmt::print("disagree      and in {} more ways\n", classes.size() - kClassesListed);
  }
}

/// Judges all files; false with the cause in `*error` if one of them cannot be used.
bool JudgeFiles(const ConformOptions& options, const observed::Sides& sides, observed::Tally* tally,
                std::string* error) {
  Progress progress(options.quiet);
  const Stopwatch watch;
  for (const std::string& file : options.files) {
    const auto visit = [&](Sequence&& sequence) {
      JudgeSequence(sequence, sides, tally);
      if (!progress.Due()) return;
      progress.Show(
          fmt::format("{} sequences, {:.0f} a second, {} steps, {} ways to disagree; {}",
                      tally->sequences, static_cast<double>(tally->sequences) / watch.seconds(),
                      tally->steps, tally->Classes().size(), fs::path(file).filename().string()));
    };
    if (!observed::ReadSequences(file, visit, error)) return false;
  }
  return true;
}

/// The suite of the checkout, found as DefaultFiles finds the recordings.
std::string DefaultSuite() {
  return fs::is_directory("traces/conformance") ? "traces/conformance" : BACKSTOP_SUITE;
}

/// Holds the recordings against both sides; gives an exit code.
int ConformToRecordings(const ConformOptions& options, ConformTarget& target,
                        nlohmann::ordered_json* json) {
  observed::Sides sides;
  model::Lifecycle lifecycle(model::kEse);
  if (options.engine) sides.engine = target.ForRecordings();
  if (options.model) sides.model = ModelSide(lifecycle);
  observed::Tally tally;
  std::string error;
  if (!JudgeFiles(options, sides, &tally, &error)) return Refuse(kBadInput, error);
  Print(tally, options);
  json->update(ToJson(tally));
  return tally.clean() ? kClean : kViolation;
}

std::vector<std::string> DialectsOf(const ConformOptions& options) {
  if (!options.dialect.empty()) return {options.dialect};
  return {"strict", "ese"};
}

int ConformToSuite(const ConformOptions& options, ConformTarget& target, ConformRows* rows,
                   nlohmann::ordered_json* json) {
  const SuiteOptions suite{
      .directory = options.suite_from.empty() ? DefaultSuite() : options.suite_from,
      .dialects = DialectsOf(options),
      .world = options.plain ? conformance::SuiteWorld::kPlain : target.world(),
      .rows = rows};
  return RunConformanceSuite(suite, target, &(*json)["suite"]);
}

int ConformAtRandom(const ConformOptions& options, ConformTarget& target, ConformRows* rows,
                    nlohmann::ordered_json* json) {
  RandomOptions random{.steps = options.random,
                       .seed = options.seed,
                       .dialects = DialectsOf(options),
                       .quiet = options.quiet,
                       .rows = rows};
  if (options.first) random.most = 1;
  return RunRandomConformance(random, target, &(*json)["random"]);
}

/// Tells pieces of coverage apart: the same twice shows nothing new.
std::string WhatIsAsked(const ConformOptions& options) {
  std::string text;
  if (options.suite) text = options.plain ? "suite without faults" : "suite";
  if (options.random == 0) return text;
  if (!text.empty()) text += ", ";
  return text + fmt::format("random {} of seed {}", options.random, options.seed);
}

/// The worse of two exit codes.
int Worse(int a, int b) { return a == kClean ? b : b == kClean ? a : std::max(a, b); }

int Conform(ConformOptions options, const Context& context) {
  if (!options.write_suite.empty()) {
    return WriteConformanceSuite(options.write_suite, options.quiet);
  }
  std::string error = Interpret(&options);
  if (!error.empty()) return Refuse(kBadInput, error);
  ConformTarget target;
  if (options.engine &&
      !target.Prepare(options.target, options.deadline_seconds, context, &error)) {
    return Refuse(kTargetUnusable, error);
  }
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  ConformRows rows(DialectsOf(options));
  int code = kClean;
  if (options.recordings) code = ConformToRecordings(options, target, &json);
  if (code > kViolation) return code;
  if (options.suite && options.engine) {
    code = Worse(code, ConformToSuite(options, target, &rows, &json));
  }
  if (options.random > 0 && options.engine) {
    code = Worse(code, ConformAtRandom(options, target, &rows, &json));
  }
  if (rows.any()) {
    fmt::print("{}", rows.ToText());
    json["format"] = kRunFormat;
    json["engine"] = options.target == "builtin" ? context.provenance.engine : options.target;
    json["build"] = context.provenance.build;
    json["what"] = WhatIsAsked(options);
    json["coverage"] = rows.ToJson();
  }
  if (!options.json.empty() &&
      !harness::WriteWholeFile(options.json, json.dump(2) + "\n", &error)) {
    return Refuse(kBadInput, "--json " + error);
  }
  return code;
}

}  // namespace

void AddConform(CLI::App& app, Context& context) {
  auto options = std::make_shared<ConformOptions>();
  CLI::App* conform = app.add_subcommand(
      "conform",
      "Hold recordings of the original engine against the specification and an engine, and run the "
      "conformance suite; --observed, --suite or --random: only that");
  CLI::Option* recordings =
      conform
          ->add_option("--observed", options->files,
                       "Recorded sequences, .jsonl or .jsonl.zst (default: those of the checkout)")
          ->expected(0, -1);
  CLI::Option* suite =
      conform
          ->add_option("--suite", options->suite_from,
                       "Run the conformance suite of this directory (default: the checkout's)")
          ->expected(0, 1);
  conform->add_option(
      "--write-suite", options->write_suite,
      "Write the conformance suite, made from the specification, to this directory");
  CLI::Option* random = conform->add_option(
      "--random", options->random,
      "Draw sequences of calls at random and compare the engine with the specification, this many "
      "steps in each dialect");
  conform->add_option("--seed", options->seed, "Of --random")->capture_default_str();
  conform->add_flag("--first", options->first, "Of --random: stop at the first deviation");
  conform->add_option(
      "--dialect", options->dialect,
      "Of the suite and of --random: strict or ese (default: both); all recordings are of ese");
  conform->add_flag("--model", options->model, "Only the specification");
  conform->add_flag("--engine", options->engine, "Only the engine");
  conform->add_option("--target", options->target, "builtin, or a shared library with esent.h")
      ->capture_default_str();
  conform->add_option("--deadline", options->deadline, "Longest run of a sequence in a library")
      ->capture_default_str();
  conform->add_option("--json", options->json, "Write counts and disagreements to this file");
  conform->add_flag("--plain", options->plain,
                    "Ask only what any engine can be asked: nothing fails, and no thread is met in "
                    "the middle of its call (always so with a library)");
  conform->add_flag("--quiet", options->quiet, "No progress");
  conform->callback([options, recordings, suite, random, &context] {
    const bool chosen = recordings->count() + suite->count() + random->count() > 0;
    options->recordings = recordings->count() > 0 || !chosen;
    options->suite = suite->count() > 0 || !chosen;
    context.chosen = [options, &context] { return Conform(*options, context); };
  });
}

}  // namespace backstop::cli
