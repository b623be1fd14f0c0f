// SPDX-License-Identifier: MIT
// The letters of a scene by the door of the entry gate that they come through. What the gate says
// is the same for all letters of a door, so that a search asks it once for all of them.
#pragma once

#include <array>
#include <vector>

#include "model/explore/alphabet.h"
#include "model/explore/invariants.h"

namespace backstop::model {

/// Invariants that say something of an operation, and how often they were asked: without an
/// addressed instance, and with one.
struct Asked {
  std::array<std::vector<const StepInvariant*>, 2> invariants;
  std::array<uint64_t, 2> times = {};
};

struct Checks {
  Asked of_steps;    ///< asked of every step
  Asked of_changes;  ///< of those that change the state
};

/// By operation.
using ChecksOfOps = std::array<Checks, kOpCount>;
ChecksOfOps MakeChecks(bool strict);

/// A letter, and what is known of it before any state is.
struct Key {
  const Letter* letter = nullptr;
  uint16_t number = 0;  ///< in the scene
  bool always = false;  ///< CanHappen says so in every state
  Outcome outcome;      ///< what the engine is made to report
};

struct Door {
  bool gated = false;         ///< the letters are first events: they pass the gate
  std::vector<Key> keys;      ///< at least one
  std::vector<size_t> by_op;  ///< one key for each operation among them
  bool all_always = false;    ///< every key can happen in every state
};

/// All letters of the scene, behind their doors. `scene` must outlive the result.
std::vector<Door> MakeDoors(const ExploreOptions& options, const Scene& scene);

}  // namespace backstop::model
