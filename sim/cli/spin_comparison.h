// SPDX-License-Identifier: MIT
// The same scenes searched by Spin and by check-model, one after the other in one run: the numbers
// of states and of pairs must agree, and the rates stand side by side.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "model/explore/explore.h"
#include "model/export/spin.h"

namespace backstop::cli {

/// One scene in one dialect. Both searches are timed without what comes before them: making the
/// scene here, making and compiling the verifier there.
struct SpinScene {
  std::string dialect;
  model::ExploreScene search;  ///< `seconds` is CPU time
  size_t roots = 0;            ///< first states; to choose one is a transition of Spin's
  model::SpinResult spin;

  /// (state, event) pairs that Spin tried, which are its transitions but for the choice of a first
  /// state and for its own first state.
  uint64_t spin_pairs() const;
  /// Spin's states without the one before a first state is chosen.
  uint64_t spin_states() const { return spin.states - 1; }
  /// Both came to an end, with the same numbers and nothing found.
  bool agrees() const;
};

/// Searches every scene that `options` asks for with both, in the dialect of the options, and
/// prints a line for each. False with `*error` set if Spin cannot be run.
bool CompareWithSpin(const model::ExploreOptions& options, const std::string& dialect,
                     std::vector<SpinScene>* scenes, std::string* error);

/// The sums, side by side.
void PrintRates(const std::vector<SpinScene>& scenes);

nlohmann::ordered_json ToJson(const std::vector<SpinScene>& scenes);

}  // namespace backstop::cli
