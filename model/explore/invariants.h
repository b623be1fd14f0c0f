// SPDX-License-Identifier: MIT
// What must hold of every state and of every step of the specification, whatever its tables say:
// the second opinion on the tables.
#pragma once

#include <span>
#include <vector>

#include "model/lifecycle.h"

namespace backstop::model {

/// One event: the state before, what the tables said, and the state after.
struct StepView {
  const Snapshot& before;
  const Call& call;
  Stage stage;
  const Reaction& reaction;
  const Snapshot& after;
  unsigned slot;       ///< addressed in `before`, kNoSlot if none
  bool changed;        ///< whether the states differ
  bool strict = true;  ///< the dialect is the strict one

  const InstanceState& old_instance() const { return before.instances[slot]; }
  const InstanceState& new_instance() const { return after.instances[slot]; }
  /// The call came through the entry gate to a live instance.
  bool Admitted() const { return reaction.row != kNoRow && slot < kInstances; }
};

/// In which dialects an invariant holds.
enum class HoldsIn : uint8_t { kBoth, kStrict };

struct StateInvariant {
  const char* id;
  const char* sentence;
  bool (*holds)(const Snapshot& state);
  HoldsIn dialects = HoldsIn::kBoth;
};

/// A set of operations, bit by bit.
using OpSet = uint64_t;
static_assert(kOpCount <= 64);
template <class... Ops>
constexpr OpSet SetOf(Ops... ops) {
  return ((OpSet{1} << static_cast<unsigned>(ops)) | ...);
}
constexpr bool Has(OpSet set, Op op) { return (set >> static_cast<unsigned>(op) & 1) != 0; }
inline constexpr OpSet kAnyOp = ~OpSet{0};

struct StepInvariant {
  const char* id;
  const char* sentence;
  bool (*holds)(const StepView& step);
  OpSet ops = kAnyOp;       ///< says something of these calls only
  bool of_changes = false;  ///< says something of steps that change the state only
  bool of_instance = true;  ///< holds() needs an addressed instance
  HoldsIn dialects = HoldsIn::kBoth;
};

std::span<const StateInvariant> StateInvariants();
/// All step invariants, in the order of their groups below.
const std::vector<StepInvariant>& StepInvariants();

// The groups.
std::span<const StepInvariant> StopInvariants();
std::span<const StepInvariant> BackupInvariants();
std::span<const StepInvariant> FileInvariants();
std::span<const StepInvariant> LogInvariants();
std::span<const StepInvariant> LifeInvariants();
std::span<const StepInvariant> SnapshotInvariants();

/// The first invariant that does not hold, null if all do.
const StateInvariant* BrokenBy(const Snapshot& state, bool strict = true);
const StepInvariant* BrokenBy(const StepView& step);

/// Where an invariant of the contract is checked, if not by the search of the specification.
struct InvariantPlace {
  const char* id;     ///< "INV-01"
  const char* where;  ///< empty: here
};
/// INV-01 to INV-53.
std::span<const InvariantPlace> InvariantPlaces();

}  // namespace backstop::model
