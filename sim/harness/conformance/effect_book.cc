// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/effect_book.h"

#include "model/addressing.h"

namespace backstop::conformance {
namespace {

/// Calls `visit` with every variable of every instance and session.
template <class Visit>
void ForEach(Visit visit) {
  for (VariableId variable = 0; variable < VariableCount(); ++variable) {
    const unsigned places = IsOfSession(variable) ? model::kSnapshotSlots : model::kInstances;
    for (unsigned place = 0; place < places; ++place) visit(variable, static_cast<uint8_t>(place));
  }
}

bool Lives(const model::Snapshot& state, VariableId variable, unsigned place) {
  if (IsOfSession(variable)) return state.snapshots[place].phase != model::SnapshotPhase::kNone;
  return state.instances[place].life != model::Life::kAbsent;
}

/// What a call that names nothing could still have hit is all that lives.
bool CouldHit(const model::Call& call, const model::Snapshot& before, VariableId variable,
              unsigned place) {
  if (!Lives(before, variable, place)) return false;
  if (IsOfSession(variable)) {
    const unsigned session = model::SnapshotOf(call);
    return session == model::kNoSnapshot || session == place;
  }
  const unsigned slot = model::SlotOf(before, call);
  return slot == model::kNoSlot || slot == place;
}

}  // namespace

void EffectBook::Note(const model::Call& call, const model::Snapshot& before,
                      const model::Snapshot& after) {
  ForEach([&](VariableId variable, uint8_t place) {
    const uint32_t value = GetVariable(after, variable, place);
    if (GetVariable(before, variable, place) == value) return;
    effects_[static_cast<size_t>(call.op)].insert({variable, value});
  });
}

std::vector<WrongValue> EffectBook::Faults(const model::Call& call, const model::Snapshot& before,
                                           const model::Snapshot& after) const {
  std::vector<WrongValue> faults;
  const auto add = [&](VariableId variable, uint8_t place, uint32_t value) {
    faults.push_back({variable, place, value, true});
    faults.push_back({variable, place, value, false});
  };
  ForEach([&](VariableId variable, uint8_t place) {
    const uint32_t was = GetVariable(before, variable, place);
    if (GetVariable(after, variable, place) != was) add(variable, place, was);
  });
  ForEach([&](VariableId variable, uint8_t place) {
    if (!CouldHit(call, before, variable, place)) return;
    for (const auto& [changed, value] : effects_[static_cast<size_t>(call.op)]) {
      if (changed == variable && GetVariable(after, variable, place) != value) {
        add(variable, place, value);
      }
    }
  });
  return faults;
}

}  // namespace backstop::conformance
