// SPDX-License-Identifier: MIT
// What became of one mutant.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/score/patch_file.h"

namespace backstop::score {

enum class Fate : uint8_t {
  kUnfinished,  ///< nothing has been asked yet
  kKilled,
  kSurvived,
  kEquivalent,  ///< said to be no bug, and nothing contradicts
  kUnusable,    ///< the patch does not apply, or the engine does not compile with it
};

/// One campaign against a mutant.
struct Campaign {
  uint64_t seed = 0;
  bool killed = false;
  /// "INV-52", "leak", "crash", "hang", "set-up", ...; empty if it found nothing.
  std::string rule;
  std::string strategy;  ///< of the schedule that failed first
  uint64_t schedules = 0;
  double seconds = 0;      ///< until it was found
  double cpu_seconds = 0;  ///< of a core, shrinking included
  size_t calls = 0;        ///< of the shrunk trace
  size_t length = 0;       ///< its calls, context switches and faults; 0: there is no trace
};

/// Sequences of calls drawn at random, engine and specification compared step by step.
struct RandomHunt {
  uint64_t seed = 0;
  bool killed = false;
  uint64_t sequences = 0, steps = 0;
  double seconds = 0;
};

/// What the search through all short runs found.
struct ShortestRun {
  bool searched = false;
  size_t length = 0;       ///< calls, context switches and faults; 0: nothing was found
  size_t complete_to = 0;  ///< all runs of up to this length were made
  uint64_t runs = 0;
  double seconds = 0;
};

struct MutantResult {
  std::string name;
  std::string key;  ///< what the result depends on; another key makes it void
  Fate fate = Fate::kUnfinished;
  std::string why;  ///< of a mutant that is unusable or equivalent
  bool suite_asked = false, fails_suite = false;
  /// Whether all schedules of some scenes were made, and nothing was found.
  bool explored = false, explored_clean = false;
  std::vector<Campaign> campaigns;
  std::vector<RandomHunt> random;
  ShortestRun shortest;
  std::string breaks, hazard;
  size_t smallest_calls = 0, smallest_trace = 0;
  double build_seconds = 0, suite_seconds = 0;

  /// The value that `share` (0.5: the median) of the campaigns that killed it do not exceed.
  uint64_t Schedules(double share) const;
  double Seconds(double share) const;
  /// The median of the shrunk traces; 0 if there is none.
  size_t TraceLength() const;
  size_t TraceCalls() const;
  /// The length of the shortest failing run that is known, however it was found; 0: none is.
  size_t Minimum() const;
  /// Whether no shorter run fails, of those that the search tries.
  bool MinimumIsExact() const;
  /// Traces longer than one more than the minimum and a fifth longer than it.
  size_t LongTraces() const;
  /// All rules, all strategies that killed it, each once, with commas in between.
  std::string Rules() const;
  std::string Strategies() const;
  bool EveryCampaignKilled() const;
  /// Whether a random hunt with a seed of this base killed it.
  bool RandomKilled(uint64_t base) const;
  /// What was done with these base seeds, so many campaigns each.
  MutantResult Selected(const std::vector<uint64_t>& bases, unsigned campaigns) const;
};

/// The seed of campaign number `campaign`: bases share none.
uint64_t SeedOf(uint64_t base, unsigned campaign);
uint64_t BaseOf(uint64_t seed);

nlohmann::ordered_json ToJson(const MutantResult& result);
/// Nothing if the text is not what ToJson writes.
std::optional<MutantResult> ResultFromJson(const std::string& text);

/// Counts what a trace in the text format tells.
void MeasureTrace(const std::string& text, Campaign* campaign);

}  // namespace backstop::score
