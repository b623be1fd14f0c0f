// SPDX-License-Identifier: MIT
// Effects: what a row changes. Like conditions they are types with words, never free-form code.
#pragma once

#include <cstdint>
#include <string>

#include "model/machine/conditions.h"
#include "model/machine/terms.h"

namespace backstop::model {

template <class Field, auto kValue>
struct Set {
  static void Apply(Context& c) { Field::Put(c, static_cast<uint32_t>(kValue)); }
  static std::string Words() { return Field::Name() + " := " + ValueText(kValue); }
};

template <class Field>
struct Clear {
  static void Apply(Context& c) { Field::Put(c, 0); }
  static std::string Words() { return Field::Name() + " := none"; }
};

/// Stores a term. Also how outputs are given.
template <class Field, class Term>
struct Take {
  static void Apply(Context& c) { Field::Put(c, Term::Get(c)); }
  static std::string Words() { return Field::Name() + " := " + Term::Name(); }
};

template <class Field, class Term>
struct Grow {
  static void Apply(Context& c) { Field::Put(c, Field::Get(c) + Term::Get(c)); }
  static std::string Words() { return Field::Name() + " grows by " + Term::Name(); }
};

template <class Field, class Term>
struct Shrink {
  static void Apply(Context& c) { Field::Put(c, Field::Get(c) - Term::Get(c)); }
  static std::string Words() { return Field::Name() + " shrinks by " + Term::Name(); }
};

/// Stores the term if it is larger.
template <class Field, class Term>
struct Raise {
  static void Apply(Context& c) { Field::Put(c, std::max(Field::Get(c), Term::Get(c))); }
  static std::string Words() { return Field::Name() + " at least " + Term::Name(); }
};

/// Sets bit number `Index` of a mask; an index beyond the mask changes nothing.
template <class Mask, class Index>
struct Include {
  static void Apply(Context& c) {
    const uint32_t index = Index::Get(c);
    if (index < 32) Mask::Put(c, Mask::Get(c) | uint32_t{1} << index);
  }
  static std::string Words() { return Mask::Name() + " gain " + Index::Name(); }
};

template <class Mask, class Index>
struct Exclude {
  static void Apply(Context& c) {
    const uint32_t index = Index::Get(c);
    if (index < 32) Mask::Put(c, Mask::Get(c) & ~(uint32_t{1} << index));
  }
  static std::string Words() { return Mask::Name() + " lose " + Index::Name(); }
};

/// Sets the bits of another mask, or of a constant one.
template <class Mask, class Bits>
struct Join {
  static void Apply(Context& c) { Mask::Put(c, Mask::Get(c) | Bits::Get(c)); }
  static std::string Words() { return Mask::Name() + " gain " + Bits::Name(); }
};

template <class Mask, class Bits>
struct Drop {
  static void Apply(Context& c) { Mask::Put(c, Mask::Get(c) & ~Bits::Get(c)); }
  static std::string Words() { return Mask::Name() + " lose " + Bits::Name(); }
};

/// The file leaves the backup; its handle is dead.
struct ForgetFile {
  static void Apply(Context& c) { c.instance->backup.file = {}; }
  static std::string Words() { return "the file is closed"; }
};

/// All state of the backup is gone, a stop and an open file included.
struct ReleaseBackup {
  static void Apply(Context& c) { c.instance->backup = {}; }
  static std::string Words() { return "the backup is released"; }
};

/// A header field of each database in the mask remembers the generations that were copied: those of
/// the copy range, unknown if no list has shown it.
template <Text kName, auto kMember, class Mask>
struct StampRange {
  static void Apply(Context& c) {
    const BackupState& backup = c.instance->backup;
    Stamp stamp{.low = backup.copy_low, .high = backup.copy_end - 1};
    const bool listed = backup.phase != Phase::kSnapshot && backup.copy_end != 0;
    if ((backup.prepared || backup.phase == Phase::kSnapshot) && !listed)
      stamp = {kUnknownGeneration, kUnknownGeneration};
    const uint32_t mask = Mask::Get(c);
    for (unsigned database = 0; database < kDatabaseSlots; ++database) {
      if ((mask >> database & 1) != 0) c.instance->headers[database].*kMember = stamp;
    }
  }
  static std::string Words() {
    return std::string(kName.view()) + " in the headers of " + Mask::Name() + " := the copy range";
  }
};

/// The header field is cleared in each database of the mask.
template <Text kName, auto kMember, class Mask>
struct ForgetRange {
  static void Apply(Context& c) {
    const uint32_t mask = Mask::Get(c);
    for (unsigned database = 0; database < kDatabaseSlots; ++database) {
      if ((mask >> database & 1) != 0) c.instance->headers[database].*kMember = {};
    }
  }
  static std::string Words() {
    return std::string(kName.view()) + " in the headers of " + Mask::Name() + " := none";
  }
};

/// The effects happen to each instance that takes part in the snapshot.
template <class... Effects>
struct ForMembers {
  static void Apply(Context& c) {
    InstanceState* const addressed = c.instance;
    const unsigned slot = c.slot;
    for (c.slot = 0; c.slot < kInstances; ++c.slot) {
      if ((c.snapshot->members >> c.slot & 1) == 0) continue;
      c.instance = &c.world->instances[c.slot];
      (Effects::Apply(c), ...);
    }
    c.instance = addressed;
    c.slot = slot;
  }
  static std::string Words() {
    std::string text = "each instance in the snapshot: ";
    bool first = true;
    ((text += (first ? "" : ", ") + Effects::Words(), first = false), ...);
    return text;
  }
};

/// The effects happen if the condition holds when it is their turn.
template <class Condition, class... Effects>
struct When {
  static void Apply(Context& c) {
    if (Condition::Holds(c)) (Effects::Apply(c), ...);
  }
  static std::string Words() {
    std::string text;
    ((text += (text.empty() ? "" : ", ") + Effects::Words()), ...);
    return text + " (if " + Condition::Words() + ")";
  }
};

/// The snapshot's identifier is dead.
struct ForgetSnapshot {
  static void Apply(Context& c) { *c.snapshot = {}; }
  static std::string Words() { return "the snapshot session is gone"; }
};

/// The instance takes part in no snapshot any more.
struct LeaveSnapshots {
  static void Apply(Context& c) {
    for (SnapshotSession& session : c.world->snapshots) {
      session.members = static_cast<uint8_t>(session.members & ~(1u << c.slot));
    }
  }
  static std::string Words() { return "the instance leaves its snapshot"; }
};

/// All state of the instance in memory is gone, its parameters too; what is on disk stays. The last
/// instance takes the run mode with it.
struct FreeInstance {
  static void Apply(Context& c) {
    LeaveSnapshots::Apply(c);
    InstanceState left;
    left.existing = c.instance->existing;
    left.full_backups = c.instance->full_backups;
    left.snapshot_fulls = c.instance->snapshot_fulls;
    left.log_held = c.instance->log_held;
    left.headers = c.instance->headers;
    *c.instance = left;
    for (const InstanceState& instance : c.world->instances) {
      if (instance.life != Life::kAbsent) return;
    }
    c.world->mode = Mode::kUnset;
  }
  static std::string Words() { return "the instance is freed"; }
};

}  // namespace backstop::model
