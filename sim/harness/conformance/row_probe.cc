// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/row_probe.h"

#include "model/addressing.h"
#include "model/machine/facts.h"
#include "model/machine/regions.h"
#include "model/machine/tables.h"

namespace backstop::conformance {
namespace {

using model::Call;
using model::Context;
using model::EventId;
using model::Stage;

template <class Region, class Row>
bool Applies(Context& c) {
  return Region::Of(c) == Row::Source::kValue && Row::Holds(c);
}

}  // namespace

RowProbe::RowProbe() {
  model::RowId row = 0;
  model::mp::mp_for_each<model::AllTables>([&](auto table) {
    using Table = decltype(table);
    using Rows = typename model::Facts<Table>::List;
    model::mp::mp_for_each<model::mp::mp_transform<model::mp::mp_identity, Rows>>([&](auto item) {
      using Row = typename decltype(item)::type;
      const bool internal = model::Rows()[row].internal != nullptr;
      checks_[static_cast<size_t>(Row::Event::kId)].push_back(
          {row++, Row::Result::kErr, internal, &Applies<typename Table::Region, Row>});
    });
  });
}

Precedence RowProbe::RunnerUp(const model::Snapshot& state, const Call& call, Stage stage,
                              bool failing, const model::Outcome& outcome,
                              const model::Dialect& dialect, model::RowId taken) const {
  model::Snapshot world = state;
  model::InstanceState nobody;
  model::SnapshotSession nothing;
  const unsigned slot = model::SlotOf(world, call, stage);
  const unsigned snapshot = model::SnapshotOf(call);
  Context c{.world = &world,
            .instance = slot == model::kNoSlot ? &nobody : &world.instances[slot],
            .slot = slot % model::kInstances,
            .snapshot = snapshot == model::kNoSnapshot ? &nothing : &world.snapshots[snapshot],
            .dialect = &dialect,
            .call = &call,
            .observed = &outcome,
            .failing = failing};
  Precedence found{.first = taken};
  model::Err won = 0;
  const auto look = [&](EventId event) {
    for (const Check& check : checks_[static_cast<size_t>(event)]) {
      if (!check.applies(c) || (check.internal && check.row != taken)) continue;
      if (check.row == taken) {
        won = check.err;
      } else if (won < 0) {
        // A row without a condition at the end of the checks is what the call does, not a check.
        if (check.err < 0 && check.err != won) found.second = check.row;
        if (check.err >= 0 || found.second != model::kNoRow) return;
      }
    }
  };
  if (stage == Stage::kOnly) look(model::DoorOf(call));
  if (found.second == model::kNoRow) look(model::EventOf(call, stage));
  return found;
}

}  // namespace backstop::conformance
