// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <memory>

#include "model/explore/explore.h"
#include "sim/cli/clock.h"
#include "sim/cli/command.h"
#include "sim/cli/progress.h"

namespace backstop::cli {
namespace {

void PrintScene(const model::ExploreScene& scene) {
  fmt::print("{:<22} {:>9} states  {:>4} events  {:>11} pairs  {:>10} moves  depth {:>2}{}\n",
             scene.name, scene.states, scene.letters, scene.pairs, scene.moves, scene.depth,
             scene.complete ? "" : "  INCOMPLETE");
}

void PrintFinding(const model::ExploreFinding& finding) {
  fmt::print("\n{}: {}\n  in state: {}\n", finding.rule, finding.text, finding.state);
  for (const std::string& step : finding.way) fmt::print("    {}\n", step);
}

int CheckModel(model::ExploreOptions options, bool quiet) {
  Progress progress(quiet);
  const Stopwatch watch;
  options.progress = [&](const model::ExploreProgress& at) {
    if (!progress.Due()) return;
    progress.Show(fmt::format("{}: {} states, {} waiting, {} pairs tried", at.scene, at.states,
                              at.waiting, at.pairs));
  };
  const model::ExploreResult result = model::Explore(options);
  progress.Clear();
  const double seconds = watch.seconds();
  for (const model::ExploreScene& scene : result.scenes) PrintScene(scene);
  size_t hit = 0;
  for (const uint64_t hits : result.row_hits) hit += hits > 0;
  fmt::print("\n{} states, {} pairs tried in {:.1f}s ({:.1f} million a second)\n", result.states(),
             result.pairs(), seconds, static_cast<double>(result.pairs()) / seconds / 1e6);
  fmt::print("{} of {} rows taken, {} out of reach of any public call\n", hit, model::Rows().size(),
             result.internal_rows.size());
  for (const model::RowId row : result.internal_rows) {
    const model::RowInfo& info = model::Rows()[row];
    fmt::print("  {} ({} in {}): {}\n", info.clause, info.event, info.source, info.internal);
  }
  for (const model::ExploreFinding& finding : result.findings) PrintFinding(finding);
  fmt::print("{}\n", result.findings.empty()
                         ? "no unhandled event, no dead row, every invariant holds"
                         : fmt::format("{} findings", result.findings.size()));
  return result.findings.empty() ? kClean : kViolation;
}

}  // namespace

void AddCheckModel(CLI::App& app, Context& context) {
  struct Options {
    model::ExploreOptions explore;
    bool quiet = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* check = app.add_subcommand("check-model", "Search every state of the specification");
  check->add_option("--max-states", options->explore.max_states, "Bound on the states of a scene")
      ->capture_default_str();
  check->add_flag("--quiet", options->quiet, "No progress");
  check->callback([options, &context] {
    context.chosen = [options] { return CheckModel(options->explore, options->quiet); };
  });
}

}  // namespace backstop::cli
