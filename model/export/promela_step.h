// SPDX-License-Identifier: MIT
// One event of a scene as one step of the model: the rows of the entry gate, then those of the
// table, from the top, as a chain of if and else.
#pragma once

#include <string>
#include <vector>

#include "model/export/promela_merge.h"
#include "model/export/promela_rows.h"

namespace backstop::model::promela {

/// What the steps of a model have in common.
struct Model {
  const Scene* scene;
  const ExploreOptions* options;
  const Dialect* dialect;
  const std::vector<TableWriter>* tables;
  const Merging* merging;
  Variables variables;
};

/// The options of the model's loop that are the event: one for each instance that the call may
/// address, no two of them enabled at a time. Adds to the variables what the event changes.
std::vector<std::string> WriteSteps(Model* model, const Letter& letter);

/// The model of a scene, made from these tables.
std::string WriteModel(const Scene& scene, const ExploreOptions& options, const Dialect& dialect,
                       const std::vector<TableWriter>& tables);

}  // namespace backstop::model::promela
