// SPDX-License-Identifier: MIT
// The conformance suite in `backstop conform`.
#pragma once

#include <functional>
#include <string>

#include "sim/harness/observed/sequence_run.h"

namespace backstop::cli {

struct SuiteOptions {
  std::string directory;
  std::string dialect;  ///< "strict" or "ese"
  std::string json;     ///< file for counts and deviations, or empty
};

/// Runs the suite of one dialect on an engine, prints the counts and gives an exit code.
int RunConformanceSuite(const SuiteOptions& options, const observed::RunSequence& run);

/// Writes the suite of both dialects and the list of what it cannot show; gives an exit code.
int WriteConformanceSuite(const std::string& directory, bool quiet);

}  // namespace backstop::cli
