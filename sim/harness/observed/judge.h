// SPDX-License-Identifier: MIT
// Holds recorded sequences against the specification and against an engine.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "sim/harness/observed/sequence.h"
#include "sim/harness/observed/sequence_run.h"
#include "sim/harness/observed/tally.h"

namespace backstop::observed {

/// What the specification says of one step: nothing if it agrees.
using CheckStep = std::function<std::optional<Disagreement>(size_t index)>;
/// Makes the check of the steps of one sequence, which outlives it; steps come in order.
using CheckSequence = std::function<CheckStep(const Sequence& sequence)>;

/// Either side may be left out.
struct Sides {
  CheckSequence model;
  RunSequence engine;
};

/// Adds one sequence to the tally. Of the disagreements of one side in one sequence the first is
/// kept: others follow from it.
void JudgeSequence(const Sequence& sequence, const Sides& sides, Tally* tally);

}  // namespace backstop::observed
