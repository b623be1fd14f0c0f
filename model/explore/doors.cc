// SPDX-License-Identifier: MIT
#include "model/explore/doors.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "model/addressing.h"

namespace backstop::model {

namespace {

/// Everything of a call that the gate and SlotOf look at.
using Sign = std::tuple<bool, EventId, Op, InstanceRef, bool, uint8_t, bool, SectionKind, bool>;

bool NamesSession(EventId door) {
  return door == EventId::kSessionDoor || door == EventId::kReleasingSessionDoor;
}

/// The open door says nothing, but who comes through it is found call by call.
Sign SignOf(const Letter& letter) {
  const Call& call = letter.call;
  const EventId door = DoorOf(call);
  const bool gated = letter.stage == Stage::kOnly;
  const bool alone = !gated || door == EventId::kOpenDoor;
  return {gated,
          door,
          alone ? call.op : Op::kCount,
          call.instance,
          call.legacy && HasLegacyTwin(call.op),
          NamesSession(door) ? call.session : uint8_t{0},
          door == EventId::kShapedDoor && call.bad_size,
          door == EventId::kShapedDoor ? call.section : SectionKind::kWhole,
          alone && call.null_pointer};
}

bool AlwaysHappens(const Letter& letter) {
  const Op op = letter.call.op;
  return letter.stage == Stage::kOnly && op != Op::kSnapshotPrepare && op != Op::kBeginSession &&
         op != Op::kInstanceUnavailable && op != Op::kBackup;
}

Checks ChecksOf(Op op, bool strict) {
  Checks checks;
  for (const StepInvariant& invariant : StepInvariants()) {
    if (!Has(invariant.ops, op)) continue;
    if (!strict && invariant.dialects == HoldsIn::kStrict) continue;
    Asked& asked = invariant.of_changes ? checks.of_changes : checks.of_steps;
    if (!invariant.of_instance) asked.invariants[0].push_back(&invariant);
    asked.invariants[1].push_back(&invariant);
  }
  return checks;
}

void Close(Door* door) {
  std::vector<Op> seen;
  door->all_always = true;
  for (size_t index = 0; index < door->keys.size(); ++index) {
    const Key& key = door->keys[index];
    door->all_always = door->all_always && key.always;
    const Op op = key.letter->call.op;
    if (std::find(seen.begin(), seen.end(), op) != seen.end()) continue;
    seen.push_back(op);
    door->by_op.push_back(index);
  }
}

}  // namespace

ChecksOfOps MakeChecks(bool strict) {
  ChecksOfOps checks;
  for (unsigned op = 0; op < kOpCount; ++op) checks[op] = ChecksOf(static_cast<Op>(op), strict);
  return checks;
}

std::vector<Door> MakeDoors(const ExploreOptions& options, const Scene& scene) {
  std::vector<Door> doors;
  std::map<Sign, size_t> known;
  for (size_t number = 0; number < scene.letters.size(); ++number) {
    const Letter& letter = scene.letters[number];
    const auto [place, is_new] = known.emplace(SignOf(letter), doors.size());
    if (is_new) doors.push_back({.gated = letter.stage == Stage::kOnly});
    doors[place->second].keys.push_back({&letter, static_cast<uint16_t>(number),
                                         AlwaysHappens(letter), Reported(options, letter.call)});
  }
  for (Door& door : doors) Close(&door);
  return doors;
}

}  // namespace backstop::model
