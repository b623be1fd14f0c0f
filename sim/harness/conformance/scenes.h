// SPDX-License-Identifier: MIT
// Where the search for sequences starts and what it tries. Everything at once would never end: a
// scene walks with few calls, and tries all calls of its subject wherever it gets.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/lifecycle.h"
#include "sim/harness/conformance/move.h"

namespace backstop::conformance {

struct Scene {
  std::string name;
  std::map<std::string, std::string> settings;  ///< of its sequences
  Position root;
  std::vector<Move> prefix;  ///< how every sequence begins
  std::vector<Move> walk;    ///< what leads from position to position
  std::vector<Move> probes;  ///< what may be the last step of a sequence
  unsigned depth = 16;       ///< moves after the prefix that a sequence has at most
};

/// All scenes for the dialect of `lifecycle`, the simplest first: of sequences that show the same,
/// the first shortest one is taken.
std::vector<Scene> MakeScenes(const model::Lifecycle& lifecycle);

/// Scenes that begin in the middle of something, for what is far from the start.
std::vector<Scene> MakeFarScenes(const model::Lifecycle& lifecycle);

}  // namespace backstop::conformance
