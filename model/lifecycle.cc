// SPDX-License-Identifier: MIT
#include "model/lifecycle.h"

#include <array>
#include <utility>

#include "model/addressing.h"
#include "model/machine/family.h"
#include "model/outputs.h"

namespace backstop::model {

namespace {

/// Stands for "not reported": every range stays unknown.
constexpr Outcome kUnreported{.high = ~uint32_t{0}};

/// What stands in for an instance or a snapshot that a call does not name.
struct Nobody {
  InstanceState instance;
  SnapshotSession snapshot;
};

}  // namespace

struct Lifecycle::Machines {
  Machines(std::vector<std::unique_ptr<Family>> all, const Dialect& followed)
      : families(std::move(all)), dialect(&followed) {
    for (size_t index = 0; index < families.size(); ++index) {
      bases.push_back(row_count);
      row_count = static_cast<RowId>(row_count + families[index]->RowCount());
      for (size_t event = 0; event < kEventCount; ++event) {
        if (families[index]->Knows(static_cast<EventId>(event))) family_of[event] = index;
      }
    }
  }

  /// Processes the event in the table that knows it; returns the row, counted over all tables.
  RowId React(EventId event, Context& c) {
    const size_t index = family_of[static_cast<size_t>(event)];
    c.reaction.handled = false;
    families[index]->React(event, c);
    return c.reaction.handled ? static_cast<RowId>(bases[index] + c.reaction.row) : kNoRow;
  }

  /// What an event of the call may look at.
  Context& Prepare(Snapshot& state, const Call& call, unsigned slot) {
    const unsigned snapshot = SnapshotOf(call);
    if (slot == kNoSlot) nobody.instance = {};
    if (snapshot == kNoSnapshot) nobody.snapshot = {};
    context.world = &state;
    context.instance = slot == kNoSlot ? &nobody.instance : &state.instances[slot];
    context.slot = slot % kInstances;
    context.snapshot = snapshot == kNoSnapshot ? &nobody.snapshot : &state.snapshots[snapshot];
    context.dialect = dialect;
    context.call = &call;
    context.observed = &kUnreported;
    context.failing = context.admitted = false;
    context.reaction = {};
    return context;
  }

  std::vector<std::unique_ptr<Family>> families;
  const Dialect* dialect;
  std::vector<RowId> bases;
  RowId row_count = 0;
  std::array<size_t, kEventCount> family_of{};
  Context context;
  Nobody nobody;
};

namespace {

std::vector<std::unique_ptr<Family>> TheSpecification() {
  std::vector<std::unique_ptr<Family>> families;
  families.push_back(MakeGateFamily());
  families.push_back(MakeSessionGateFamily());
  families.push_back(MakeInstanceFamily());
  families.push_back(MakeServiceFamily());
  families.push_back(MakeParameterFamily());
  families.push_back(MakeSessionFamily());
  families.push_back(MakeDatabaseFamily());
  families.push_back(MakeOpenFamily());
  families.push_back(MakeDataFamily());
  families.push_back(MakeLogFamily());
  families.push_back(MakeBeginFamily());
  families.push_back(MakeEndFamily());
  families.push_back(MakeWholeFamily());
  families.push_back(MakeSnapshotFamily());
  families.push_back(MakeSnapshotEndFamily());
  families.push_back(MakeRestoreFamily());
  families.push_back(MakeExternalRestoreFamily());
  return families;
}

}  // namespace

Lifecycle::Lifecycle(const Dialect& dialect) : Lifecycle(TheSpecification(), dialect) {}

Lifecycle::Lifecycle(std::vector<std::unique_ptr<Family>> families, const Dialect& dialect)
    : machines_(std::make_unique<Machines>(std::move(families), dialect)) {}

Lifecycle::~Lifecycle() = default;

namespace {

/// The fields were written one by one a moment ago. Reading several of them at once would wait for
/// those writes to leave the processor's store buffer, which costs as much as the rest of a step:
/// this file is compiled so that they are copied one by one, too.
Reaction FieldByField(const Reaction& from) {
  // Does not compile if a field is missing here.
  const auto& [err, pending, waits, handled, gate_row, row, touches, pages, first_page, databases,
               low, high, instances, database] = from;
  return {err,   pending,    waits,     handled, gate_row, row,       touches,
          pages, first_page, databases, low,     high,     instances, database};
}

}  // namespace

Reaction Lifecycle::Enter(Snapshot& state, const Call& call, unsigned slot) {
  Context& c = machines_->Prepare(state, call, slot);
  c.reaction.gate_row = machines_->React(DoorOf(call), c);
  c.reaction.row = kNoRow;
  return FieldByField(c.reaction);
}

Reaction Lifecycle::Continue(Snapshot& state, const Call& call, Stage stage, bool failing,
                             const Outcome& observed, unsigned slot) {
  Context& c = machines_->Prepare(state, call, slot);
  c.observed = &observed;
  c.failing = failing;
  c.reaction.row = machines_->React(EventOf(call, stage), c);
  return FieldByField(c.reaction);
}

Reaction Lifecycle::Apply(Snapshot& state, const Call& call, Stage stage, bool failing,
                          const Outcome* observed) {
  const unsigned slot = SlotOf(state, call, stage);
  RowId gate_row = kNoRow;
  if (stage == Stage::kOnly) {
    const Reaction gate = Enter(state, call, slot);
    if (!gate.handled || gate.err != 0) return gate;
    gate_row = gate.gate_row;
  }
  Reaction reaction =
      Continue(state, call, stage, failing, observed == nullptr ? kUnreported : *observed, slot);
  reaction.gate_row = gate_row;
  return reaction;
}

bool Lifecycle::Accept(Snapshot& state, const Call& call, Stage stage, bool failing,
                       const Outcome& outcome, Reaction* reaction) {
  const FileRef last[] = {state.last_file[0], state.last_file[1]};
  *reaction = Apply(state, call, stage, failing, &outcome);
  if (!reaction->handled) return false;
  if (reaction->pending) return true;
  if (reaction->err != outcome.err) return false;
  if (reaction->err < 0) return true;
  const unsigned slot = SlotOf(state, call);
  if (slot == kNoSlot) return true;
  // The original engine has one slot for files, and so gives the same handle every time.
  const bool one_slot = dialect().read_bad_handle == Follow::kSource;
  return OutputsFit(call, *reaction, one_slot ? kNoFile : last[slot], state.instances[slot].backup,
                    outcome);
}

RowId Lifecycle::RowCount() const { return machines_->row_count; }

const Dialect& Lifecycle::dialect() const { return *machines_->dialect; }

uint32_t Lifecycle::AskedFaults(const Call& call, Stage stage) const {
  const EventId event = EventOf(call, stage);
  return machines_->families[machines_->family_of[static_cast<size_t>(event)]]->AskedFaults(event);
}

bool Lifecycle::AsksEnvironment(const Call& call, Stage stage) const {
  const EventId event = EventOf(call, stage);
  const size_t index = machines_->family_of[static_cast<size_t>(event)];
  return machines_->families[index]->AsksEnvironment(event);
}

void Lifecycle::Explain(const Snapshot& state, const Call& call, Stage stage,
                        const Outcome& outcome, std::vector<Alternative>* out) {
  Alternative smooth{.reaction = {}, .next = state};
  if (Accept(smooth.next, call, stage, false, outcome, &smooth.reaction)) out->push_back(smooth);
  if (!AsksEnvironment(call, stage)) return;
  Alternative refused{.reaction = {}, .next = state};
  if (Accept(refused.next, call, stage, true, outcome, &refused.reaction) &&
      refused.reaction.row != smooth.reaction.row) {
    out->push_back(refused);
  }
}

std::vector<Reaction> Lifecycle::Allowed(const Snapshot& state, const Call& call, Stage stage) {
  Snapshot next = state;
  std::vector<Reaction> reactions = {Apply(next, call, stage, false, nullptr)};
  if (AsksEnvironment(call, stage)) {
    next = state;
    const Reaction refused = Apply(next, call, stage, true, nullptr);
    if (refused.row != reactions[0].row) reactions.push_back(refused);
  }
  return reactions;
}

}  // namespace backstop::model
