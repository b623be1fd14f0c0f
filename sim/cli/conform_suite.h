// SPDX-License-Identifier: MIT
// The conformance suite in `backstop conform`.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/cli/conform_rows.h"
#include "sim/cli/conform_target.h"

namespace backstop::cli {

struct SuiteOptions {
  std::string directory;
  std::vector<std::string> dialects;  ///< of "strict" and "ese"
  conformance::SuiteWorld world = conformance::SuiteWorld::kPlain;
  ConformRows* rows = nullptr;  ///< counts what is shown
};

/// Runs the suite on an engine, prints the counts and gives an exit code. `*json` is given the
/// counts and deviations by dialect.
int RunConformanceSuite(const SuiteOptions& options, ConformTarget& target,
                        nlohmann::ordered_json* json);

/// Sequences drawn at random, with the codes of the specification.
struct RandomOptions {
  size_t steps = 0;  ///< at least so many in each dialect
  size_t most = 20;  ///< deviations after which it ends
  uint64_t seed = 1;
  std::vector<std::string> dialects;
  bool quiet = false;
  ConformRows* rows = nullptr;  ///< counts what is shown
};

/// Runs them on the target until enough steps are made or several deviations are found, each of
/// which is shown in as few calls as show it.
int RunRandomConformance(const RandomOptions& options, ConformTarget& target,
                         nlohmann::ordered_json* json);

/// Writes the suite of both dialects and the list of what it cannot show; gives an exit code.
int WriteConformanceSuite(const std::string& directory, bool quiet);

}  // namespace backstop::cli
