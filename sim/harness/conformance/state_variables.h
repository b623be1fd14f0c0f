// SPDX-License-Identifier: MIT
// The variables of the specification's state, one by one: what a faulty engine may have wrong.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>

#include "model/snapshot.h"

namespace backstop::conformance {

/// Of one instance, or of one OS snapshot session.
using VariableId = uint8_t;

/// Those of an instance come first, then those of a snapshot session.
VariableId VariableCount();
bool IsOfSession(VariableId variable);

/// `place` is the slot of the instance, or of the session.
uint32_t GetVariable(const model::Snapshot& state, VariableId variable, unsigned place);
void PutVariable(model::Snapshot* state, VariableId variable, unsigned place, uint32_t value);

/// The values, as far as any check can tell them apart, that the variables of the instance at
/// `slot`, of the other instance and of the first snapshot session have: a bit for each.
using Circumstances = std::bitset<96>;
Circumstances CircumstancesOf(const model::Snapshot& state, unsigned slot);
/// One of them in words.
std::string CircumstanceText(size_t bit);

}  // namespace backstop::conformance
