// SPDX-License-Identifier: MIT
// `backstop bench strategies`: how many schedules each strategy needs for each mutant.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <vector>

#include "sim/cli/command.h"
#include "sim/harness/current_run.h"
#include "sim/harness/schedule.h"

namespace backstop::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string mutants;
  std::string output;
  std::vector<std::string> only;
  std::vector<std::string> strategies;
  unsigned seeds = 5;
  uint64_t runs = 100'000;
};

std::vector<fs::path> MutantsIn(const Options& options) {
  constexpr std::string_view kPrefix = "backstop-";
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(options.mutants, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kPrefix) || !entry.is_regular_file()) continue;
    const std::string mutant = name.substr(kPrefix.size());
    const bool wanted =
        options.only.empty() || std::ranges::find(options.only, mutant) != options.only.end();
    if (wanted && access(entry.path().c_str(), X_OK) == 0) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

std::vector<std::string> AllStrategies() {
  std::vector<std::string> names = {"portfolio"};
  for (unsigned i = 0; i < static_cast<unsigned>(harness::StrategyKind::kCount); ++i) {
    names.push_back(harness::NameOf(static_cast<harness::StrategyKind>(i)));
  }
  return names;
}

std::string Quoted(const std::string& word) {
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// The schedules that one campaign needed; nothing if it found no failure or did not work.
std::optional<uint64_t> Schedules(const fs::path& mutant, const std::string& strategy,
                                  unsigned seed, uint64_t runs, const fs::path& scratch) {
  const fs::path summary = scratch / "run.json";
  const std::string command = fmt::format(
      "{} run --quiet --no-shrink --budget 1h --seed {} --runs {} --strategy {} --save {} --json "
      "{} "
      ">/dev/null 2>&1",
      Quoted(mutant.string()), seed, runs, strategy, Quoted(scratch.string()),
      Quoted(summary.string()));
  static_cast<void>(std::system(command.c_str()));
  std::ifstream file(summary);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (json.is_discarded() || json.value("violations", 0) == 0) return std::nullopt;
  return json.value("schedules", uint64_t{0});
}

/// The median, as text; "> n" if most campaigns found nothing.
std::string Median(std::vector<std::optional<uint64_t>> counts, uint64_t runs) {
  std::ranges::sort(counts, {}, [](const auto& count) { return count.value_or(~uint64_t{0}); });
  const auto& median = counts[counts.size() / 2];
  return median ? fmt::format("{}", *median) : fmt::format("> {}", runs);
}

int Strategies(const Options& options) {
  const std::vector<fs::path> mutants = MutantsIn(options);
  if (mutants.empty()) {
    fmt::print(stderr, "backstop: --mutants {}: no program backstop-MUTANT is there; build them\n",
               options.mutants);
    return kBadInput;
  }
  const std::vector<std::string> strategies =
      options.strategies.empty() ? AllStrategies() : options.strategies;
  const fs::path scratch = fs::temp_directory_path() / fmt::format("backstop-bench-{}", getpid());
  fs::create_directories(scratch);
  std::string table = "| mutant |";
  for (const std::string& strategy : strategies) table += fmt::format(" {} |", strategy);
  table += "\n|---|";
  for (size_t i = 0; i < strategies.size(); ++i) table += "--:|";
  table += "\n";
  for (const fs::path& mutant : mutants) {
    std::string row = fmt::format("| {} |", mutant.filename().string().substr(9));
    for (const std::string& strategy : strategies) {
      std::vector<std::optional<uint64_t>> counts;
      for (unsigned seed = 1; seed <= options.seeds; ++seed) {
        counts.push_back(Schedules(mutant, strategy, seed, options.runs, scratch));
      }
      row += fmt::format(" {} |", Median(std::move(counts), options.runs));
    }
    fmt::print("{}\n", row);
    std::fflush(stdout);
    table += row + "\n";
  }
  fs::remove_all(scratch);
  std::string error;
  if (!options.output.empty() && !harness::WriteWholeFile(options.output, table, &error)) {
    fmt::print(stderr, "backstop: --output {}\n", error);
    return kBadInput;
  }
  return kClean;
}

}  // namespace

void AddBench(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* bench = app.add_subcommand("bench", "Measurements");
  bench->require_subcommand(1);
  CLI::App* strategies = bench->add_subcommand(
      "strategies", "Median schedules until a mutant is found, for each strategy, as a table");
  strategies->add_option("--mutants", options->mutants, "Directory of the programs backstop-MUTANT")
      ->required();
  strategies->add_option("--only", options->only, "These mutants only");
  strategies->add_option("--strategies", options->strategies, "These strategies only");
  strategies->add_option("--seeds", options->seeds, "Campaigns for each cell")
      ->check(CLI::Range(1u, 1000u))
      ->capture_default_str();
  strategies->add_option("--runs", options->runs, "Schedules after which a campaign gives up")
      ->capture_default_str();
  strategies->add_option("--output", options->output, "Write the table to this file");
  strategies->callback(
      [options, &context] { context.chosen = [options] { return Strategies(*options); }; });
}

}  // namespace backstop::cli
