// SPDX-License-Identifier: MIT
// `backstop bench races`: the mutants that no thread alone can show. Each is searched exhaustively
// in the smallest program that the campaigns, or a trace that is there, show it with.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <tuple>

#include "sim/cli/bench_mutants.h"
#include "sim/cli/command.h"
#include "sim/harness/current_run.h"
#include "sim/harness/score/child.h"
#include "sim/harness/trace.h"

namespace backstop::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBudget = "10m";
constexpr double kSearchSeconds = 900;

/// A run that shows a mutant.
struct Shown {
  fs::path path;
  harness::Trace trace;
  size_t calls = 0, switches = 0;
  auto Size() const { return std::tuple(calls, switches); }
};

std::optional<Shown> Read(const fs::path& path) {
  Shown shown{.path = path};
  std::string error;
  if (!harness::ReadTraceFile(path, &shown.trace, &error)) return std::nullopt;
  for (const auto& thread : shown.trace.program.threads) shown.calls += thread.size();
  const auto* entries = std::get_if<std::vector<sched::ReplayEntry>>(&shown.trace.schedule);
  if (entries == nullptr) return std::nullopt;
  for (const sched::ReplayEntry& entry : *entries) {
    if (entry.is_switch && entry.task.starts_with('T')) ++shown.switches;
  }
  return shown;
}

void Keep(std::optional<Shown> other, std::optional<Shown>* smallest) {
  if (other && (!*smallest || other->Size() < (*smallest)->Size())) *smallest = std::move(other);
}

/// "JetStopBackupInstance | JetEndExternalBackupInstance".
std::string ProgramOf(const harness::Program& program) {
  std::vector<std::string> threads;
  for (const auto& thread : program.threads) {
    std::vector<std::string> calls;
    for (const harness::ProgramCall& call : thread) calls.push_back(model::OpName(call.op));
    threads.push_back(fmt::format("{}", fmt::join(calls, ", ")));
  }
  return fmt::format("{}", fmt::join(threads, " \\| "));
}

struct Search {
  bool complete = false;
  bool found = false;
  uint64_t executions = 0;
};

Search Explore(const fs::path& program, const fs::path& scenario, const fs::path& scratch) {
  const fs::path summary = scratch / "explore.json";
  fs::remove(summary);
  // The child runs in the scratch directory.
  score::RunChild(
      {fs::absolute(program).string(), "explore", fs::absolute(scenario).string(), "--quiet",
       "--budget", kBudget, "--save", scratch.string(), "--json", summary.string()},
      scratch.string(), (scratch / "log").string(), kSearchSeconds);
  std::ifstream file(summary);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (json.is_discarded()) return {};
  return {json.value("complete", false), json.value("violations", 0) != 0,
          json.value("executions", uint64_t{0})};
}

struct Race {
  std::string row;  ///< of the table; empty if the mutant is no race
  std::string why;  ///< then
};

class RaceBench {
 public:
  explicit RaceBench(const BenchOptions& options) : options_(options) {}

  Race Try(const fs::path& mutant) {
    const std::string name = MutantOf(mutant);
    if (FaultsFor(options_, mutant) == "heavy") return {"", "it takes a power cut"};
    std::optional<Shown> smallest;
    if (!options_.traces.empty())
      Keep(Read(fs::path(options_.traces) / (name + ".trace")), &smallest);
    // One that a thread alone shows needs no campaigns to say so.
    if (smallest && smallest->switches == 0) return {"", "one thread shows it"};
    const auto counts = Campaigns(mutant, &smallest);
    if (!smallest) return {"", "no campaign finds it"};
    if (smallest->switches == 0) return {"", "one thread shows it"};
    const Search broken = Explore(mutant, smallest->path, scratch_.path());
    const Search whole = Explore(options_.engine, smallest->path, scratch_.path());
    return {fmt::format("| {} | {} | {} | {} | {} |\n", name, ProgramOf(smallest->trace.program),
                        broken.found ? fmt::format("{}", broken.executions) : "not found",
                        fmt::format("{}{}", whole.complete ? "" : "> ", whole.executions),
                        MedianText(counts, options_.runs)),
            ""};
  }

 private:
  std::vector<std::optional<uint64_t>> Campaigns(const fs::path& mutant,
                                                 std::optional<Shown>* smallest) {
    std::vector<std::optional<uint64_t>> counts;
    BenchCampaign campaign{.mutant = mutant,
                           .faults = FaultsFor(options_, mutant),
                           .runs = options_.runs,
                           .shrink = true};
    for (campaign.seed = 1; campaign.seed <= options_.seeds; ++campaign.seed) {
      const BenchFound found = Hunt(campaign, scratch_.path());
      counts.push_back(found.schedules);
      if (!found.trace.empty()) Keep(Read(found.trace), smallest);
    }
    return counts;
  }

  const BenchOptions& options_;
  Scratch scratch_;
};

std::string Head(const BenchOptions& options) {
  return fmt::format(
      "# Races\n\nGenerated by `backstop bench races --seeds {} --runs {}`; do not edit. The "
      "mutants that no thread alone shows, without\nthose that need a power cut, each with the "
      "smallest program that shows it: after how many runs `explore` finds the\nmutant in it, how "
      "many runs the same search makes of the engine (`>`: it was stopped after ten minutes), and "
      "the median of the\nschedules that a campaign needs with the default portfolio, over the "
      "seeds 1 to {}.\n\n| mutant | program | found after | of the engine | portfolio |\n"
      "|---|---|--:|--:|--:|\n",
      options.seeds, options.runs, options.seeds);
}

}  // namespace

int BenchRaces(const BenchOptions& options) {
  RaceBench bench(options);
  std::string table = Head(options);
  std::string others = "\nNo rows:\n\n";
  for (const auto& mutant : MutantsIn(options)) {
    const Race race = bench.Try(mutant);
    const std::string line =
        race.row.empty() ? fmt::format("- {}: {}\n", MutantOf(mutant), race.why) : race.row;
    fmt::print("{}", line);
    std::fflush(stdout);
    (race.row.empty() ? others : table) += line;
  }
  std::string error;
  if (!options.output.empty() && !harness::WriteWholeFile(options.output, table + others, &error)) {
    fmt::print(stderr, "backstop: --output {}\n", error);
    return kBadInput;
  }
  return kClean;
}

}  // namespace backstop::cli
