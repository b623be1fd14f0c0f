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

/// All state of the instance is gone; the last one takes the run mode with it.
struct FreeInstance {
  static void Apply(Context& c) {
    *c.instance = {};
    for (const InstanceState& instance : c.world->instances) {
      if (instance.life != Life::kAbsent) return;
    }
    c.world->mode = Mode::kUnset;
  }
  static std::string Words() { return "the instance is freed"; }
};

}  // namespace backstop::model
