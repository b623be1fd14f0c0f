// SPDX-License-Identifier: MIT
#include "sim/cli/conform_suite.h"

#include <fmt/format.h>

#include "sim/cli/command.h"
#include "sim/cli/progress.h"
#include "sim/harness/conformance/generator.h"
#include "sim/harness/conformance/suite_check.h"
#include "sim/harness/conformance/suite_run.h"
#include "sim/harness/current_run.h"

namespace backstop::cli {
namespace {

constexpr size_t kDeviationsListed = 20;

void Print(const std::string& dialect, const conformance::SuiteRun& run) {
  fmt::print("suite         {}: {} sequences, {} of them run to the end\n", dialect, run.sequences,
             run.complete);
  fmt::print("engine        {} of {} steps equal\n", run.equal, run.steps);
  for (const auto& [reason, steps] : run.left) fmt::print("not asked     {} {}\n", steps, reason);
  for (size_t i = 0; i < run.deviations.size() && i < kDeviationsListed; ++i) {
    fmt::print("deviates      {}\n", ToText(run.deviations[i]));
  }
  if (run.deviations.size() > kDeviationsListed) {
    fmt::print("deviates      and {} more\n", run.deviations.size() - kDeviationsListed);
  }
}

}  // namespace

int RunConformanceSuite(const SuiteOptions& options, ConformTarget& target,
                        nlohmann::ordered_json* json) {
  bool clean = true;
  for (const std::string& dialect : options.dialects) {
    conformance::SuiteRun result(dialect, options.world, target.ForSuite(dialect));
    if (options.rows != nullptr) options.rows->Count(dialect, &result);
    std::string error;
    const auto visit = [&](conformance::Item&& item) { result.Add(item); };
    if (!conformance::ReadSuite(options.directory, visit, &error)) return Refuse(error);
    Print(dialect, result);
    (*json)[dialect] = ToJson(result);
    clean = clean && result.deviations.empty();
  }
  return clean ? kClean : kViolation;
}

int WriteConformanceSuite(const std::string& directory, bool quiet) {
  Progress progress(quiet);
  model::Lifecycle strict(model::kStrict);
  model::Lifecycle ese(model::kEse);
  const auto generate = [&](model::Lifecycle& lifecycle, const std::string& name) {
    return conformance::Generate(lifecycle, name, [&](const std::string& scene) {
      progress.Show(fmt::format("{}: searching the scene {}", name, scene));
    });
  };
  const std::vector<conformance::Item> items =
      conformance::Merge(generate(strict, "strict").items, generate(ese, "ese").items);
  std::string error;
  if (!conformance::WriteSuite(directory, items, &error)) return Refuse(error);
  conformance::SuiteCheck check(strict, ese);
  for (const conformance::Item& item : items) check.Add(item);
  if (!harness::WriteWholeFile(directory + "/UNSHOWN.txt", conformance::Unshown(check), &error)) {
    return Refuse(error);
  }
  fmt::print("sequences     {}\nsteps         {}\n", check.sequences(), check.steps());
  return kClean;
}

}  // namespace backstop::cli
