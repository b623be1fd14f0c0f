// SPDX-License-Identifier: MIT
// The specification as a Promela model that Spin searches: one scene of check-model, with every
// event as one indivisible step of one process, made from the same rows, conditions and effects
// that run.
//
// Spin finds as many states as the search of the scene, and one more: the one in which no first
// state was chosen yet. It executes as many transitions as the search tries pairs of a state and an
// event, and one for each first state of the scene.
#pragma once

#include <string>

#include "model/explore/alphabet.h"

namespace backstop::model {

/// The model of one scene in one dialect. Deterministic.
std::string ExportPromela(const Scene& scene, const ExploreOptions& options,
                          const Dialect& dialect);

}  // namespace backstop::model
