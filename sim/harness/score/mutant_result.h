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
  double seconds = 0;
  size_t calls = 0;   ///< of the shrunk trace
  size_t length = 0;  ///< its calls, context switches and faults; 0: there is no trace
};

struct MutantResult {
  std::string name;
  std::string key;  ///< what the result depends on; another key makes it void
  Fate fate = Fate::kUnfinished;
  std::string why;  ///< of a mutant that is unusable or equivalent
  bool fails_suite = false;
  std::vector<Campaign> campaigns;
  std::string breaks, hazard;
  size_t smallest_calls = 0, smallest_trace = 0;

  /// The value that `share` (0.5: the median) of the campaigns that killed it do not exceed.
  uint64_t Schedules(double share) const;
  double Seconds(double share) const;
  /// The shortest shrunk trace; 0 if there is none.
  size_t TraceLength() const;
  size_t TraceCalls() const;
  /// All rules, all strategies that killed it, each once, with commas in between.
  std::string Rules() const;
  std::string Strategies() const;
  bool EveryCampaignKilled() const;
};

nlohmann::ordered_json ToJson(const MutantResult& result);
/// Nothing if the text is not what ToJson writes.
std::optional<MutantResult> ResultFromJson(const std::string& text);

/// Counts what a trace in the text format tells.
void MeasureTrace(const std::string& text, Campaign* campaign);

}  // namespace backstop::score
