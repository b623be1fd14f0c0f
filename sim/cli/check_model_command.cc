// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "model/explore/alphabet.h"
#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/model_report.h"
#include "sim/cli/progress.h"
#include "sim/cli/spin_comparison.h"
#include "sim/harness/current_run.h"

namespace backstop::cli {
namespace {

struct CheckModelArguments {
  model::ExploreOptions explore;
  unsigned databases = 2;
  unsigned logs = 2;
  std::string dialect = "both";
  std::string json;
  bool spin = false;
  bool quiet = false;
};

/// What is wrong with the scene; empty if nothing is.
std::string WrongScene(const std::string& wanted) {
  std::vector<std::string> names;
  for (const model::Scene& scene : model::MakeScenes({})) names.push_back(scene.name);
  if (wanted.empty() || std::ranges::find(names, wanted) != names.end()) return "";
  return fmt::format("there is no scene '{}'; they are: {}", wanted, fmt::join(names, ", "));
}

ModelSearch Search(const CheckModelArguments& options, const std::string& dialect) {
  Progress progress(options.quiet);
  const Stopwatch watch;
  const double cpu = CpuSeconds();
  uint64_t before = 0;  ///< pairs of the scenes that are done
  model::ExploreProgress last;
  model::ExploreOptions explore = options.explore;
  explore.dialect = model::FindDialect(dialect);
  explore.clock = CpuSeconds;
  explore.progress = [&](const model::ExploreProgress& at) {
    if (at.pairs < last.pairs) before += last.pairs;
    last = at;
    if (!progress.Due()) return;
    const auto pairs = static_cast<double>(before + at.pairs);
    progress.Show(fmt::format(
        "{}, {}: {} states, {} waiting, {:.1f} million pairs tried, {:.1f} million a second",
        dialect, at.scene, at.states, at.waiting, pairs / 1e6, pairs / (CpuSeconds() - cpu) / 1e6));
  };
  ModelSearch search{.dialect = dialect,
                     .rules = explore.dialect,
                     .whole = explore.scene.empty(),
                     .result = model::Explore(explore)};
  search.seconds = watch.seconds();
  search.cpu_seconds = CpuSeconds() - cpu;
  progress.Clear();
  return search;
}

bool WriteJson(const CheckModelArguments& options, const nlohmann::ordered_json& json,
               std::string* error) {
  return options.json.empty() || harness::WriteWholeFile(options.json, json.dump(2) + "\n", error);
}

int SearchAll(const CheckModelArguments& options, const std::vector<std::string>& dialects) {
  std::vector<ModelSearch> searches;
  bool clean = true;
  for (const std::string& dialect : dialects) {
    searches.push_back(Search(options, dialect));
    Print(searches.back());
    clean = clean && searches.back().result.findings.empty();
  }
  PrintSum(searches);
  PrintInvariants(searches);
  std::string error;
  if (!WriteJson(options, ToJson(searches, options.explore), &error)) {
    return Refuse("--json " + error);
  }
  return clean ? kClean : kViolation;
}

int SearchBesideSpin(const CheckModelArguments& options, const std::vector<std::string>& dialects) {
  std::vector<SpinScene> scenes;
  std::string error;
  for (const std::string& dialect : dialects) {
    model::ExploreOptions explore = options.explore;
    explore.dialect = model::FindDialect(dialect);
    if (!CompareWithSpin(explore, dialect, &scenes, &error)) return Refuse("--spin: " + error);
  }
  PrintRates(scenes);
  if (!WriteJson(options, ToJson(scenes), &error)) return Refuse("--json " + error);
  const bool agree =
      std::ranges::all_of(scenes, [](const SpinScene& scene) { return scene.agrees(); });
  return agree ? kClean : kViolation;
}

int CheckModel(const CheckModelArguments& options) {
  const std::string wrong = WrongScene(options.explore.scene);
  if (!wrong.empty()) return Refuse(wrong);
  // A file that cannot be written is refused before the search.
  std::string error;
  if (!WriteJson(options, nlohmann::ordered_json::object(), &error)) {
    return Refuse("--json " + error);
  }
  std::vector<std::string> dialects = {options.dialect};
  if (options.dialect == "both") dialects = {"strict", "ese"};
  return options.spin ? SearchBesideSpin(options, dialects) : SearchAll(options, dialects);
}

void AddBounds(CLI::App* check, CheckModelArguments* options) {
  check->add_option("--databases", options->databases, "Databases of a backup")
      ->check(CLI::Range(1, static_cast<int>(model::kDatabaseSlots)))
      ->capture_default_str();
  check->add_option("--logs", options->logs, "Log generations that a backup copies")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  check->add_option("--max-states", options->explore.max_states, "Bound on the states of a scene")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
}

}  // namespace

void AddCheckModel(CLI::App& app, Context& context) {
  auto options = std::make_shared<CheckModelArguments>();
  CLI::App* check = app.add_subcommand("check-model", "Search every state of the specification");
  check->add_option("--dialect", options->dialect, "strict, ese, or both")
      ->check(CLI::IsMember({"strict", "ese", "both"}))
      ->capture_default_str();
  check->add_option("--scene", options->explore.scene, "Search this scene only");
  AddBounds(check, options.get());
  check->add_flag("--spin", options->spin,
                  "Search the scenes with Spin, too, and compare counts and rates");
  check->add_option("--json", options->json, "Write counts, rows and invariants to this file");
  check->add_flag("--quiet", options->quiet, "No progress");
  check->callback([options, &context] {
    options->explore.databases = static_cast<uint8_t>(options->databases);
    options->explore.logs = static_cast<uint8_t>(options->logs);
    context.chosen = [options] { return CheckModel(*options); };
  });
}

}  // namespace backstop::cli
