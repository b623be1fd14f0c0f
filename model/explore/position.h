// SPDX-License-Identifier: MIT
// A moment of a search: the state of the specification, and the calls that are half done and of
// which the state itself does not tell.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

#include "model/lifecycle.h"

namespace backstop::model {

/// One event to try.
struct Letter {
  Call call;
  Stage stage = Stage::kOnly;
  bool failing = false;
};

struct Position {
  Snapshot state;
  /// By instance: the event that its JetBackupInstance does next, kOnly if none runs. At most one
  /// runs in an instance at a time.
  std::array<Stage, kInstances> whole = {};
  uint16_t unused = 0;
};
static_assert(std::has_unique_object_representations_v<Position>, "padding would be hashed");

/// Whether the event can happen: a later event of a call follows the one before, and an index that
/// a call gives to something new is free.
bool CanHappen(const Position& position, const Letter& letter);

/// Notes in `position`, whose state is already the next one, how far the call of instance `slot`
/// has come.
void Advance(const Letter& letter, unsigned slot, const Reaction& reaction, Position* position);

}  // namespace backstop::model
