// SPDX-License-Identifier: MIT
#include "model/explore/explore.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/explore/invariants.h"
#include "model/explore/row_duty.h"
#include "model/explore/search.h"

namespace backstop::model {

namespace {

/// A row that no call takes in any state is out of reach, or shadowed by the rows above it.
void FindRowsNeverTaken(const Dialect& dialect, ExploreResult* result) {
  const std::vector<RowDuty> duties = RowDuties(dialect);
  for (RowId row = 0; row < Rows().size(); ++row) {
    if (result->row_hits[row] != 0) continue;
    const RowInfo& info = Rows()[row];
    if (duties[row] == RowDuty::kInternal) result->internal_rows.push_back(row);
    if (duties[row] != RowDuty::kMust) continue;
    result->findings.push_back(
        {.rule = "row",
         .text = fmt::format("row {} is never taken: {}, {}, if {} ({})", row, info.source,
                             info.event, info.guard, info.clause),
         .state = {},
         .way = {}});
  }
}

}  // namespace

uint64_t ExploreResult::states() const {
  uint64_t sum = 0;
  for (const ExploreScene& scene : scenes) sum += scene.states;
  return sum;
}

uint64_t ExploreResult::pairs() const {
  uint64_t sum = 0;
  for (const ExploreScene& scene : scenes) sum += scene.pairs;
  return sum;
}

uint64_t ExploreResult::moves() const {
  uint64_t sum = 0;
  for (const ExploreScene& scene : scenes) sum += scene.moves;
  return sum;
}

bool ExploreResult::complete() const {
  return std::all_of(scenes.begin(), scenes.end(),
                     [](const ExploreScene& scene) { return scene.complete; });
}

ExploreResult EmptyResult(const Lifecycle& lifecycle) {
  ExploreResult result;
  result.row_hits.assign(lifecycle.RowCount(), 0);
  for (const StateInvariant& invariant : StateInvariants()) {
    result.invariants.push_back({invariant.id, invariant.sentence, true});
  }
  for (const StepInvariant& invariant : StepInvariants()) {
    result.invariants.push_back({invariant.id, invariant.sentence, false});
  }
  return result;
}

ExploreResult Explore(const ExploreOptions& options) {
  Lifecycle lifecycle(*options.dialect);
  return Explore(options, lifecycle);
}

ExploreResult Explore(const ExploreOptions& options, Lifecycle& lifecycle) {
  ExploreResult result = EmptyResult(lifecycle);
  for (const Scene& scene : MakeScenes(options)) {
    if (!options.scene.empty() && options.scene != scene.name) continue;
    const double start = options.clock ? options.clock() : 0;
    SceneSearch(options, scene, lifecycle, &result).Run();
    if (options.clock) result.scenes.back().seconds = options.clock() - start;
  }
  // A search that was cut short cannot say that a row is never taken.
  const bool whole =
      options.scene.empty() && result.complete() && result.row_hits.size() == Rows().size();
  if (whole) FindRowsNeverTaken(lifecycle.dialect(), &result);
  return result;
}

}  // namespace backstop::model
