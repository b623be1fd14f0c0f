// SPDX-License-Identifier: MIT
// What a comparison with recordings found, in numbers and examples.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/harness/observed/skip_rules.h"

namespace backstop::observed {

/// The first step of a sequence on which one side disagrees.
struct Disagreement {
  std::string sequence;
  size_t step = 0;
  std::string call;
  std::string side;  ///< "model" or "engine"
  std::string what;  ///< "code", or the output that differs
  std::string recorded;
  std::string expected;  ///< by the specification; "engine": what it gave
  std::string clause;    ///< of the specification, if it is known
};

class Tally {
 public:
  size_t sequences = 0;
  size_t steps = 0;
  /// Of the steps that are not skipped, those that call no engine: sleeping, and handling files.
  size_t harness_steps = 0;
  size_t model_checked = 0;
  size_t model_allowed = 0;
  size_t engine_checked = 0;
  size_t engine_equal = 0;
  /// By reason, steps that the engine is not judged by, or without an engine the specification.
  std::array<size_t, kSkips> skipped{};
  /// By name, functions that were missing.
  std::map<std::string, size_t> missing;

  void Add(Disagreement disagreement);
  bool clean() const { return model_allowed == model_checked && engine_equal == engine_checked; }

  /// The first ones, in the order of the recordings.
  const std::vector<Disagreement>& disagreements() const { return disagreements_; }
  /// How many sequences disagree in the same way, the most frequent first, with an example.
  std::vector<std::pair<size_t, Disagreement>> Classes() const;

 private:
  std::vector<Disagreement> disagreements_;
  std::map<std::string, std::pair<size_t, Disagreement>> classes_;
};

/// Keys: sequences, steps, harness_steps, model_checked, model_allowed, engine_checked,
/// engine_equal, skipped (by reason), missing, disagreements.
nlohmann::ordered_json ToJson(const Tally& tally);

/// One line.
std::string ToText(const Disagreement& disagreement);

}  // namespace backstop::observed
