// SPDX-License-Identifier: MIT
// `backstop merge`: joins what shards and pieces of campaigns have written.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>

#include "sim/cli/command.h"
#include "sim/cli/merged_runs.h"
#include "sim/harness/current_run.h"

namespace backstop::cli {
namespace {

struct MergeArguments {
  std::vector<std::string> files;
  std::string json;
};

int Merge(const MergeArguments& options) {
  MergedRuns runs;
  std::string error;
  for (const std::string& path : options.files) {
    std::ifstream file(path);
    if (!file) return Refuse(path + ": cannot be read");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    if (!runs.Add(path, text, &error)) return Refuse(error);
  }
  fmt::print("{}", runs.ToText());
  if (!options.json.empty() && !harness::WriteWholeFile(options.json, runs.ToJson(), &error)) {
    return Refuse("--json " + error);
  }
  return runs.violations() > 0 ? kViolation : kClean;
}

}  // namespace

void AddMerge(CLI::App& app, Context& context) {
  auto options = std::make_shared<MergeArguments>();
  CLI::App* merge = app.add_subcommand("merge",
                                       "Join the JSON of several runs: shards, or pieces with "
                                       "different seeds, dialects, and of conform");
  merge
      ->add_option("files", options->files,
                   "What `backstop run --json` and `backstop conform --json` have written")
      ->required();
  merge->add_option("--json", options->json, "Write the joined summary to this file");
  merge->callback([options, &context] { context.chosen = [options] { return Merge(*options); }; });
}

}  // namespace backstop::cli
