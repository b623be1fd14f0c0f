// SPDX-License-Identifier: MIT
// The shortest failing run of an engine, by trying all of them in the order of their length.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "sim/harness/checker.h"
#include "sim/harness/minimum/trace_length.h"
#include "sim/harness/runner.h"
#include "sim/harness/shrink.h"

namespace backstop::harness {

struct MinimumOptions {
  /// Lengths up to this one are tried; see TraceLength.
  size_t max_length = 3;
  /// The worst that runs meet. Of the moments and outcomes of a power cut only a sample is tried.
  Faults faults = Faults::kLight;
  /// Only failures of this rule count; empty: all.
  std::string rule;
  /// Asked between runs; true ends the search.
  std::function<bool()> stop;
};

struct MinimumResult {
  /// A failing run than which none is shorter among those tried.
  std::optional<FailingRun> run;
  /// All runs of up to this length were made, of the programs that SearchedSpace() names.
  size_t complete_to = 0;
  /// Whether power cuts were sampled.
  bool sampled = false;
  bool set_up = true;  ///< false if the engine cannot be brought to a starting situation
  uint64_t programs = 0;
  uint64_t runs = 0;
};

/// Makes the runs in a fixed order until one fails. Runs with fewer calls come first among those of
/// one length. `runner` must record decisions.
MinimumResult FindMinimum(Runner& runner, Checker& checker, const MinimumOptions& options);

/// In one sentence, which programs are tried.
std::string SearchedSpace();

}  // namespace backstop::harness
