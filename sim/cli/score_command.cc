// SPDX-License-Identifier: MIT
// `backstop score`: which bugs of the engine the harness finds, and how fast.
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include "sim/cli/build_info.h"
#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/harness/current_run.h"
#include "sim/harness/score/mutant_trial.h"
#include "sim/harness/score/score_table.h"

namespace backstop::cli {
namespace {

namespace fs = std::filesystem;
using score::Fate;
using score::MutantResult;
using score::PatchFile;

struct ScoreArguments {
  std::string mutants, build, json, markdown;
  std::string state;
  std::string campaign_budget = "120s";
  std::string minimum_budget;  ///< empty: none
  std::vector<std::string> only;
  bool fast = false;
  bool no_suite = false;
  unsigned jobs = 0;
  score::TrialOptions trial;
};

volatile std::sig_atomic_t interrupted = 0;
void OnInterrupt(int) { interrupted = 1; }

bool IsWanted(const ScoreArguments& options, const PatchFile& patch) {
  if (options.fast && !patch.fast) return false;
  return options.only.empty() || std::ranges::find(options.only, patch.name) != options.only.end();
}

/// Works on the mutants side by side, each in a process of its own: whatever happens to one, the
/// others go on, and what is in the state directory stays.
class Workers {
 public:
  Workers(const score::BuildTree& build, const std::vector<PatchFile>& patches,
          const score::TrialOptions& options, unsigned jobs)
      : build_(build), patches_(patches), options_(options), jobs_(jobs) {}

  void Run() {
    for (const PatchFile& patch : patches_) {
      if (interrupted != 0) break;
      while (running_.size() >= jobs_) Reap();
      Start(patch);
    }
    if (interrupted != 0) Stop();
    while (!running_.empty()) Reap();
  }

 private:
  void Start(const PatchFile& patch) {
    std::fflush(nullptr);
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      std::signal(SIGINT, SIG_DFL);
      std::signal(SIGTERM, SIG_DFL);
      score::MutantTrial(build_, patch, options_).Run();
      ::_exit(0);
    }
    if (pid > 0) running_[pid] = &patch;
  }

  void Reap() {
    int status = 0;
    const pid_t pid = ::waitpid(-1, &status, 0);
    if (interrupted != 0) Stop();
    const auto found = running_.find(pid);
    if (found == running_.end()) return;
    Tell(*found->second);
    running_.erase(found);
  }

  void Stop() {
    for (const auto& [pid, patch] : running_) ::kill(pid, SIGKILL);
  }

  void Tell(const PatchFile& patch) {
    fmt::print("{}\n", score::Line(score::LoadResult(patch, options_)));
    std::fflush(stdout);
  }

  const score::BuildTree& build_;
  const std::vector<PatchFile>& patches_;
  const score::TrialOptions& options_;
  const unsigned jobs_;
  std::map<pid_t, const PatchFile*> running_;
};

/// What is wrong with the options; fills in what they leave open.
std::string Interpret(ScoreArguments* options, score::BuildTree* build) {
  score::HuntOptions& hunt = options->trial.hunt;
  if (!ParseDuration(options->campaign_budget, &hunt.campaign_seconds)) {
    return fmt::format("--budget {}: give a time such as 60s or 10m", options->campaign_budget);
  }
  const std::string& minimum = options->minimum_budget;
  if (!minimum.empty() && !ParseDuration(minimum, &hunt.minimum_seconds)) {
    return fmt::format("--minimum {}: give a time such as 60s or 10m", minimum);
  }
  if (options->build.empty()) {
    options->build = score::BuildTree::Of(fs::read_symlink("/proc/self/exe").string());
  }
  if (options->build.empty()) {
    return "score builds mutants, so it needs the build tree of this program; name it by --build";
  }
  std::string error;
  if (!build->Read(options->build, &error)) return "--build " + error;
  if (options->mutants.empty()) options->mutants = build->source() + "/properties/mutants";
  if (options->state.empty()) options->state = build->directory() + "/score";
  options->trial.state = fs::absolute(options->state).lexically_normal().string();
  options->trial.suite = !options->no_suite;
  std::error_code failed;
  fs::create_directories(options->trial.state, failed);
  if (failed) return fmt::format("--state {}: {}", options->state, failed.message());
  if (options->jobs == 0) {
    options->jobs = static_cast<unsigned>(std::clamp<long>(sysconf(_SC_NPROCESSORS_ONLN), 1, 64));
  }
  return {};
}

/// What the options ask for by name and is not there.
std::string Missing(const ScoreArguments& options, const std::vector<PatchFile>& patches) {
  for (const std::string& name : options.only) {
    if (std::ranges::find(patches, name, &PatchFile::name) == patches.end()) {
      return fmt::format("--only {}: {} has no such patch", name, options.mutants);
    }
  }
  return patches.empty() ? "no patch is left to score" : "";
}

bool WriteMarkdown(const std::string& path, const score::Score& score, std::string* error) {
  std::ifstream file(path);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!score::ReplaceTable(score::Markdown(score), &text)) {
    *error = path + ": has no lines that mark the place of the table";
    return false;
  }
  return harness::WriteWholeFile(path, text, error);
}

int ExitCodeOf(const score::Score& score) {
  if (score.Count(Fate::kUnusable) > 0) return kBadInput;
  const bool all = score.Count(Fate::kSurvived) + score.Count(Fate::kUnfinished) == 0;
  return all ? kClean : kViolation;
}

int Report(const ScoreArguments& options, const score::Score& score) {
  fmt::print("{}", score::SummaryText(score));
  std::string error;
  if (!options.json.empty() &&
      !harness::WriteWholeFile(options.json, score::SummaryJson(score), &error)) {
    return Refuse("--json " + error);
  }
  if (!options.markdown.empty() && !WriteMarkdown(options.markdown, score, &error)) {
    return Refuse("--markdown " + error);
  }
  return ExitCodeOf(score);
}

int RunScore(ScoreArguments options) {
  score::BuildTree build;
  const std::string problem = Interpret(&options, &build);
  if (!problem.empty()) return Refuse(problem);
  options.trial.build = kBuild;
  const Stopwatch watch;
  std::vector<PatchFile> patches;
  std::vector<score::RefusedPatch> refused;
  std::string error;
  if (!score::ReadPatches(options.mutants, &patches, &refused, &error)) {
    return Refuse("--mutants " + error);
  }
  std::erase_if(patches, [&](const PatchFile& patch) { return !IsWanted(options, patch); });
  std::erase_if(refused, [&](const score::RefusedPatch& each) {
    return !options.only.empty() &&
           std::ranges::find(options.only, each.name) == options.only.end();
  });
  if (refused.empty()) {
    if (const std::string missing = Missing(options, patches); !missing.empty()) {
      return Refuse(missing);
    }
  }
  std::signal(SIGINT, OnInterrupt);
  std::signal(SIGTERM, OnInterrupt);
  Workers(build, patches, options.trial, options.jobs).Run();
  score::Score score{.engine_build = kBuild,
                     .seeds = options.trial.seeds,
                     .campaigns = options.trial.campaigns,
                     .schedules = options.trial.hunt.schedules,
                     .seconds = watch.seconds()};
  for (const PatchFile& patch : patches) {
    score.mutants.push_back(score::LoadResult(patch, options.trial));
  }
  for (const score::RefusedPatch& each : refused) {
    MutantResult result{.name = each.name, .fate = Fate::kUnusable, .why = each.why};
    fmt::print("{}\n", score::Line(result));
    score.mutants.push_back(std::move(result));
  }
  for (const MutantResult& each : score.mutants) {
    if (each.fate == Fate::kUnusable) {
      fmt::print(stderr, "backstop: {}.patch: {}\n", each.name, each.why);
    }
  }
  return Report(options, score);
}

}  // namespace

void AddScore(CLI::App& app, Context& context) {
  auto options = std::make_shared<ScoreArguments>();
  CLI::App* score = app.add_subcommand(
      "score", "Build each mutant of the engine and hunt it: what finds it, how fast");
  score->add_option("--mutants", options->mutants,
                    "Directory of patches (default: properties/mutants of the project)");
  score->add_option("--only", options->only, "These mutants only");
  score->add_flag("--fast", options->fast, "Only those that belong to the fast subset");
  score
      ->add_option("--seed", options->trial.seeds,
                   "Bases of the seeds of all campaigns; a mutant has to be killed with each")
      ->check(CLI::Range(uint64_t{0}, uint64_t{1'000'000'000'000}))
      ->capture_default_str();
  score->add_option("--campaigns", options->trial.campaigns, "Campaigns a mutant and base")
      ->check(CLI::Range(1u, 1000u))
      ->capture_default_str();
  score->add_option("--runs", options->trial.hunt.schedules, "Schedules after which one gives up")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1'000'000'000'000}))
      ->capture_default_str();
  score->add_option("--budget", options->campaign_budget, "Time after which one gives up")
      ->capture_default_str();
  score
      ->add_option("--random", options->trial.hunt.random_steps,
                   "Steps of random sequences, in each dialect, that follow campaigns which found "
                   "nothing")
      ->capture_default_str();
  score->add_option("--minimum", options->minimum_budget,
                    "Search for the shortest failing run of each for so long (default: do not)");
  score->add_flag("--no-suite", options->no_suite, "Do not ask the conformance suite");
  score->add_option("--jobs", options->jobs, "Mutants at a time; 0: one a core")
      ->check(CLI::Range(0u, 64u))
      ->capture_default_str();
  score->add_option("--build", options->build, "Build tree (default: the one of this program)");
  score->add_option("--state", options->state,
                    "Keep results and builds here and go on from there (default: score in the "
                    "build tree)");
  score->add_option("--json", options->json, "Write the summary to this file");
  score->add_option("--markdown", options->markdown, "Put the table into this file");
  score->callback(
      [options, &context] { context.chosen = [options] { return RunScore(*options); }; });
}

}  // namespace backstop::cli
