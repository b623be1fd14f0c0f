// SPDX-License-Identifier: MIT
#include "sim/cli/bench_mutants.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "sim/harness/score/child.h"

namespace backstop::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "backstop-";
constexpr double kCampaignSeconds = 3600;

}  // namespace

std::string MutantOf(const fs::path& program) {
  return program.filename().string().substr(kPrefix.size());
}

std::vector<fs::path> MutantsIn(const BenchOptions& options) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(options.mutants, error)) {
    if (!entry.path().filename().string().starts_with(kPrefix) || !entry.is_regular_file()) {
      continue;
    }
    const bool wanted =
        options.only.empty() ||
        std::ranges::find(options.only, MutantOf(entry.path())) != options.only.end();
    if (wanted && access(entry.path().c_str(), X_OK) == 0) found.push_back(entry.path());
  }
  std::ranges::sort(found);
  return found;
}

std::string FaultsFor(const BenchOptions& options, const fs::path& program) {
  constexpr std::string_view kKey = "Faults: ";
  std::ifstream patch(fs::path(options.patches) / (MutantOf(program) + ".patch"));
  for (std::string line; std::getline(patch, line);) {
    if (line.starts_with(kKey)) return line.substr(kKey.size());
  }
  return "light";
}

BenchFound Hunt(const BenchCampaign& campaign, const fs::path& scratch) {
  const fs::path summary = scratch / "run.json";
  std::vector<std::string> arguments = {fs::absolute(campaign.mutant).string(),
                                        "run",
                                        "--quiet",
                                        "--fresh",
                                        "--budget",
                                        "1h",
                                        "--seed",
                                        fmt::format("{}", campaign.seed),
                                        "--runs",
                                        fmt::format("{}", campaign.runs),
                                        "--strategy",
                                        campaign.strategy,
                                        "--faults",
                                        campaign.faults,
                                        "--save",
                                        scratch.string(),
                                        "--json",
                                        summary.string()};
  if (!campaign.shrink) arguments.emplace_back("--no-shrink");
  fs::remove(summary);
  score::RunChild(arguments, scratch.string(), (scratch / "log").string(), kCampaignSeconds);
  std::ifstream file(summary);
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (json.is_discarded() || json.value("violations", 0) == 0) return {};
  return {json.value("schedules", uint64_t{0}), json.value("trace", std::string())};
}

std::string MedianText(std::vector<std::optional<uint64_t>> counts, uint64_t runs) {
  std::ranges::sort(counts, {}, [](const auto& count) { return count.value_or(~uint64_t{0}); });
  const auto& median = counts[counts.size() / 2];
  return median ? fmt::format("{}", *median) : fmt::format("> {}", runs);
}

Scratch::Scratch() : path_(fs::temp_directory_path() / fmt::format("backstop-bench-{}", getpid())) {
  fs::create_directories(path_);
}

Scratch::~Scratch() {
  std::error_code error;
  fs::remove_all(path_, error);
}

}  // namespace backstop::cli
