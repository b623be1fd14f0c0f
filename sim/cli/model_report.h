// SPDX-License-Identifier: MIT
// What searches of the specification found, for people and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "model/explore/explore.h"

namespace backstop::cli {

/// The search of one dialect.
struct ModelSearch {
  std::string dialect;
  const model::Dialect* rules;  ///< the dialect itself
  bool whole = true;            ///< every scene was asked for
  model::ExploreResult result;
  double seconds = 0;
  double cpu_seconds = 0;

  double pairs_per_second() const;  ///< of CPU time, on one core
};

/// Prints scenes, totals, rows that no call takes, and findings.
void Print(const ModelSearch& search);

/// Prints what all searches together did.
void PrintSum(const std::vector<ModelSearch>& searches);

/// Prints how often each invariant was put to the test, and where the others of the contract are.
void PrintInvariants(const std::vector<ModelSearch>& searches);

nlohmann::ordered_json ToJson(const std::vector<ModelSearch>& searches,
                              const model::ExploreOptions& bounds);

}  // namespace backstop::cli
