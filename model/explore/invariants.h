// SPDX-License-Identifier: MIT
// What must hold of every state and of every step of the specification, whatever its tables say:
// the second opinion on the tables.
#pragma once

#include <span>

#include "model/lifecycle.h"

namespace backstop::model {

/// One event: the state before, what the tables said, and the state after.
struct StepView {
  const Snapshot& before;
  const Call& call;
  Stage stage;
  const Reaction& reaction;
  const Snapshot& after;
  unsigned slot;  ///< addressed in `before`, kNoSlot if none
  bool changed;   ///< whether the states differ

  const InstanceState& old_instance() const { return before.instances[slot]; }
  const InstanceState& new_instance() const { return after.instances[slot]; }
  /// The call came through the entry gate to a live instance.
  bool Admitted() const;
  bool Changed() const { return changed; }
};

struct StateInvariant {
  const char* id;
  const char* sentence;
  bool (*holds)(const Snapshot& state);
};

struct StepInvariant {
  const char* id;
  const char* sentence;
  bool (*holds)(const StepView& step);
  bool of_instance = true;  ///< holds() needs an addressed instance
};

std::span<const StateInvariant> StateInvariants();
std::span<const StepInvariant> StepInvariants();

/// The first invariant that does not hold, null if all do.
const StateInvariant* BrokenBy(const Snapshot& state);
const StepInvariant* BrokenBy(const StepView& step);

}  // namespace backstop::model
