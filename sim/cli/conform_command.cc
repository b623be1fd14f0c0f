// SPDX-License-Identifier: MIT
// Holds recordings of the original engine against the specification and an engine.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/conform_suite.h"
#include "sim/cli/progress.h"
#include "sim/harness/current_run.h"
#include "sim/harness/observed/engine_replay.h"
#include "sim/harness/observed/judge.h"
#include "sim/harness/observed/model_replay.h"
#include "sim/harness/observed/process_replay.h"

namespace backstop::cli {
namespace {

namespace fs = std::filesystem;
using observed::Sequence;

constexpr size_t kClassesListed = 20;

struct ConformOptions {
  std::vector<std::string> files;
  bool suite = false;       ///< run the conformance suite, not recordings
  std::string suite_from;   ///< its directory
  std::string write_suite;  ///< directory to write it to
  std::string dialect = "ese";
  std::string target = "builtin";
  std::string json;
  std::string deadline = "60s";
  double deadline_seconds = 0;
  bool model = false;
  bool engine = false;
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
  if (options->dialect != "ese") {
    return fmt::format("--dialect {}: recordings are of the dialect ese", options->dialect);
  }
  if (!ParseDuration(options->deadline, &options->deadline_seconds) ||
      options->deadline_seconds < 1) {
    return fmt::format("--deadline {}: give a duration of at least 1s", options->deadline);
  }
  if (!options->model && !options->engine) options->model = options->engine = true;
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

/// The engine that the options name. Keeps what the runs need alive.
class Target {
 public:
  /// False with the cause in `*error` if it cannot be used.
  bool Prepare(const ConformOptions& options, const Context& context, std::string* error) {
    if (options.target == "builtin") {
      api_ = harness::BuiltinJetApi(context.provenance.engine.c_str());
      engine_.emplace(api_, *engine::FindDialect(options.dialect));
      return true;
    }
    ::setenv("BACKSTOP_DIALECT", options.dialect.c_str(), 1);
    std::vector<std::string> missing;
    if (!harness::LoadJetApi(options.target, &api_, &missing, error)) return false;
    for (const std::string& name : missing) {
      fmt::print(stderr, "{} has no {}\n", options.target, name);
    }
    if (api_.JetSetSystemParameter == nullptr) {
      *error = options.target + ": without JetSetSystemParameter nothing can be set up";
      return false;
    }
    library_.emplace(api_, static_cast<unsigned>(options.deadline_seconds));
    return true;
  }

  observed::RunSequence Runner() {
    return [this](const Sequence& sequence, size_t count) {
      return engine_ ? engine_->Run(sequence, count) : library_->Run(sequence, count);
    };
  }

 private:
  harness::JetApi api_;
  std::optional<observed::EngineReplay> engine_;
  std::optional<observed::ProcessReplay> library_;
};

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

int ConformToSuite(const ConformOptions& options, const Context& context) {
  if (engine::FindDialect(options.dialect) == nullptr) {
    return Refuse(kBadInput,
                  fmt::format("--dialect {}: there are strict and ese", options.dialect));
  }
  Target target;
  std::string error;
  if (!target.Prepare(options, context, &error)) return Refuse(kTargetUnusable, error);
  const std::string from = options.suite_from.empty() ? DefaultSuite() : options.suite_from;
  return RunConformanceSuite({from, options.dialect, options.json}, target.Runner());
}

int Conform(ConformOptions options, const Context& context) {
  if (!options.write_suite.empty()) {
    return WriteConformanceSuite(options.write_suite, options.quiet);
  }
  if (options.suite) return ConformToSuite(options, context);
  std::string error = Interpret(&options);
  if (!error.empty()) return Refuse(kBadInput, error);
  Target target;
  observed::Sides sides;
  model::Lifecycle lifecycle(model::kEse);
  if (options.engine) {
    if (!target.Prepare(options, context, &error)) return Refuse(kTargetUnusable, error);
    sides.engine = target.Runner();
  }
  if (options.model) sides.model = ModelSide(lifecycle);
  observed::Tally tally;
  if (!JudgeFiles(options, sides, &tally, &error)) return Refuse(kBadInput, error);
  Print(tally, options);
  if (!options.json.empty() &&
      !harness::WriteWholeFile(options.json, ToJson(tally).dump(2) + "\n", &error)) {
    return Refuse(kBadInput, "--json " + error);
  }
  return tally.clean() ? kClean : kViolation;
}

}  // namespace

void AddConform(CLI::App& app, Context& context) {
  auto options = std::make_shared<ConformOptions>();
  CLI::App* conform = app.add_subcommand(
      "conform", "Hold recordings of the original engine against the specification and an engine");
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
  conform
      ->add_option("--dialect", options->dialect,
                   "ese, in which all recordings are; the suite is of strict too")
      ->capture_default_str();
  conform->add_flag("--model", options->model, "Only the specification");
  conform->add_flag("--engine", options->engine, "Only the engine");
  conform->add_option("--target", options->target, "builtin, or a shared library with esent.h")
      ->capture_default_str();
  conform->add_option("--deadline", options->deadline, "Longest run of a sequence in a library")
      ->capture_default_str();
  conform->add_option("--json", options->json, "Write counts and disagreements to this file");
  conform->add_flag("--quiet", options->quiet, "No progress");
  conform->callback([options, suite, &context] {
    options->suite = suite->count() > 0;
    context.chosen = [options, &context] { return Conform(*options, context); };
  });
}

}  // namespace backstop::cli
