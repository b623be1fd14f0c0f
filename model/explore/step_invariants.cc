// SPDX-License-Identifier: MIT
#include "model/addressing.h"
#include "model/explore/invariants.h"

namespace backstop::model {

const std::vector<StepInvariant>& StepInvariants() {
  static const std::vector<StepInvariant> all = [] {
    std::vector<StepInvariant> invariants;
    for (const auto group : {LifeInvariants(), StopInvariants(), BackupInvariants(),
                             FileInvariants(), LogInvariants(), SnapshotInvariants()}) {
      invariants.insert(invariants.end(), group.begin(), group.end());
    }
    return invariants;
  }();
  return all;
}

namespace {

bool Applies(const StepInvariant& invariant, const StepView& step) {
  if (step.slot == kNoSlot && invariant.of_instance) return false;
  if (invariant.of_changes && !step.changed) return false;
  return Has(invariant.ops, step.call.op) && (step.strict || invariant.dialects == HoldsIn::kBoth);
}

}  // namespace

const StepInvariant* BrokenBy(const StepView& step) {
  for (const StepInvariant& invariant : StepInvariants()) {
    if (Applies(invariant, step) && !invariant.holds(step)) return &invariant;
  }
  return nullptr;
}

}  // namespace backstop::model
