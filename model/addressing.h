// SPDX-License-Identifier: MIT
// Whom a call addresses: the slot of an instance, and the door of the entry gate.
#pragma once

#include "model/call.h"
#include "model/machine/events.h"
#include "model/snapshot.h"

namespace backstop::model {

inline constexpr unsigned kNoSlot = kInstances;

/// The slot of the instance that the call addresses, kNoSlot if it addresses none. In one-instance
/// mode every handle means the first slot. A JetInit that is given no instance addresses the one
/// that it makes: a free slot, in its second event the slot that is being initialised.
unsigned SlotOf(const Snapshot& state, const Call& call, Stage stage = Stage::kOnly);

inline constexpr unsigned kNoSnapshot = kSnapshotSlots;

/// The slot of the OS snapshot that the call names, kNoSnapshot if it names none.
unsigned SnapshotOf(const Call& call);

/// The door through which the call comes.
EventId DoorOf(const Call& call);

/// The event of the family's table that the call is in this stage.
EventId EventOf(const Call& call, Stage stage);

/// Whether the call is one of the streaming backup calls, which take every entry test.
bool IsStreaming(const Call& call);

}  // namespace backstop::model
