// SPDX-License-Identifier: MIT
// What the benchmarks over mutants share: which programs there are, and their campaigns.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace backstop::cli {

struct BenchOptions {
  std::string mutants;            ///< directory of the programs backstop-MUTANT
  std::string patches;            ///< directory of MUTANT.patch, or empty
  std::string traces;             ///< directory of MUTANT.trace, or empty
  std::string engine;             ///< the program without a bug
  std::string output;             ///< the table goes there too, if not empty
  std::vector<std::string> only;  ///< mutants; empty: all
  std::vector<std::string> strategies;
  unsigned seeds = 5;
  uint64_t runs = 100'000;
};

/// The programs, by name.
std::vector<std::filesystem::path> MutantsIn(const BenchOptions& options);
/// "stop-without-lock" of ".../backstop-stop-without-lock".
std::string MutantOf(const std::filesystem::path& program);

struct BenchCampaign {
  std::filesystem::path mutant;
  std::string strategy = "portfolio";
  std::string faults = "light";
  unsigned seed = 1;
  uint64_t runs = 0;
  bool shrink = false;
};

struct BenchFound {
  std::optional<uint64_t> schedules;  ///< nothing: no failure, or the program did not work
  std::string trace;                  ///< what was written; empty if nothing was
};

/// Makes one campaign; what it writes goes into `scratch`.
BenchFound Hunt(const BenchCampaign& campaign, const std::filesystem::path& scratch);

/// "light", or which faults the patch asks for.
std::string FaultsFor(const BenchOptions& options, const std::filesystem::path& program);

/// The median, as text; "> n" if most campaigns found nothing in `runs` schedules.
std::string MedianText(std::vector<std::optional<uint64_t>> counts, uint64_t runs);

/// A directory that is gone in the end.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Says what is wrong with the options on stderr and gives the exit code, or writes the tables.
int BenchStrategies(const BenchOptions& options);
int BenchRaces(const BenchOptions& options);

}  // namespace backstop::cli
