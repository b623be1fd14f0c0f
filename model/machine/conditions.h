// SPDX-License-Identifier: MIT
// Conditions: what a row asks of the state and of the call. They are types, so that one text gives
// the test, its prose and its definition; nothing in a row is free-form code. `kAsks<Field>` says
// whether the field is compared with a value somewhere in the condition.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <type_traits>

#include "model/machine/terms.h"

namespace backstop::model {

/// Names and definitions of the conditions that a table uses, sorted by name.
using Glossary = std::map<std::string, std::string>;

std::string ValueText(bool value);
std::string ValueText(Mode value);
std::string ValueText(Life value);
std::string ValueText(FileKind value);
std::string ValueText(InstanceRef value);
std::string ValueText(NameKind value);
std::string ValueText(ParameterKind value);
std::string ValueText(Phase value);
std::string ValueText(SnapshotPhase value);
std::string ValueText(BufferKind value);
std::string ValueText(SectionKind value);
std::string ValueText(DirectoryKind value);
std::string ValueText(RestoreKind value);
std::string ValueText(Fault value);
std::string ValueText(int value);
std::string ValueText(unsigned value);
/// The flag bits of a mask in hexadecimal.
std::string BitsText(uint32_t bits);

/// What most conditions have in common.
struct Plain {
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
  /// Bit f: whether the condition asks for fault number f.
  static constexpr uint32_t kFaults = 0;
};

/// The field has the value; for a truth value the field's name is the whole sentence.
template <class Field, auto kValue>
struct Is : Plain {
  static bool Holds(const Context& c) { return Field::Get(c) == static_cast<uint32_t>(kValue); }
  static std::string Words() {
    if constexpr (std::is_same_v<decltype(kValue), bool>) {
      return kValue ? Field::Name() : "not " + Field::Name();
    } else {
      return Field::Name() + " is " + ValueText(kValue);
    }
  }
  template <class Other>
  static constexpr bool kAsks = std::is_same_v<Field, Other>;
};

template <class A, class B>
struct Same : Plain {
  static bool Holds(const Context& c) { return A::Get(c) == B::Get(c); }
  static std::string Words() { return A::Name() + " is " + B::Name(); }
};

template <class A, class B>
struct Below : Plain {
  static bool Holds(const Context& c) { return A::Get(c) < B::Get(c); }
  static std::string Words() { return A::Name() + " is below " + B::Name(); }
};

/// Bit number `Index` of the mask is set.
template <class Mask, class Index>
struct Contains : Plain {
  static bool Holds(const Context& c) {
    const uint32_t index = Index::Get(c);
    return index < 32 && (Mask::Get(c) >> index & 1) != 0;
  }
  static std::string Words() { return Index::Name() + " is among " + Mask::Name(); }
};

/// Every bit of the first mask is set in the second.
template <class Part, class Whole>
struct Within : Plain {
  static bool Holds(const Context& c) { return (Part::Get(c) & ~Whole::Get(c)) == 0; }
  static std::string Words() { return Part::Name() + " are all among " + Whole::Name(); }
};

/// At least one of the flag bits is set.
template <class Mask, uint32_t kBits>
struct HasAny : Plain {
  static bool Holds(const Context& c) { return (Mask::Get(c) & kBits) != 0; }
  static std::string Words() { return Mask::Name() + " has a bit of " + BitsText(kBits); }
};

/// No flag bit outside of these is set.
template <class Mask, uint32_t kBits>
struct HasOnly : Plain {
  static bool Holds(const Context& c) { return (Mask::Get(c) & ~kBits) == 0; }
  static std::string Words() { return Mask::Name() + " has only bits of " + BitsText(kBits); }
};

template <class Condition>
struct Not {
  static bool Holds(const Context& c) { return !Condition::Holds(c); }
  static std::string Words() { return "not (" + Condition::Words() + ")"; }
  static void Explain(Glossary* glossary) { Condition::Explain(glossary); }
  template <class Field>
  static constexpr bool kAsks = Condition::template kAsks<Field>;
  static constexpr uint32_t kFaults = Condition::kFaults;
};

template <class First, class... Rest>
struct All {
  static bool Holds(const Context& c) { return First::Holds(c) && (Rest::Holds(c) && ...); }
  static std::string Words() {
    return First::Words() + (std::string() + ... + (" and " + Rest::Words()));
  }
  static void Explain(Glossary* glossary) {
    First::Explain(glossary);
    (Rest::Explain(glossary), ...);
  }
  template <class Field>
  static constexpr bool kAsks = First::template kAsks<Field> ||
                                (Rest::template kAsks<Field> || ...);
  static constexpr uint32_t kFaults = (First::kFaults | ... | Rest::kFaults);
};

template <class First, class... Rest>
struct Any {
  static bool Holds(const Context& c) { return First::Holds(c) || (Rest::Holds(c) || ...); }
  static std::string Words() {
    return "(" + First::Words() + (std::string() + ... + (" or " + Rest::Words())) + ")";
  }
  static void Explain(Glossary* glossary) {
    First::Explain(glossary);
    (Rest::Explain(glossary), ...);
  }
  template <class Field>
  static constexpr bool kAsks = First::template kAsks<Field> ||
                                (Rest::template kAsks<Field> || ...);
  static constexpr uint32_t kFaults = (First::kFaults | ... | Rest::kFaults);
};

/// A condition under a name of its own; its definition goes into the glossary.
template <Text kName, class Condition>
struct Named {
  static bool Holds(const Context& c) { return Condition::Holds(c); }
  static std::string Words() { return std::string(kName.view()); }
  static void Explain(Glossary* glossary) {
    glossary->emplace(Words(), Condition::Words());
    Condition::Explain(glossary);
  }
  template <class Field>
  static constexpr bool kAsks = Condition::template kAsks<Field>;
  static constexpr uint32_t kFaults = Condition::kFaults;
};

/// The environment met the call with this fault: see Lifecycle::Apply.
template <Fault kFault>
struct Meets : Plain {
  static bool Holds(const Context& c) { return c.failing && c.call->environment.fault == kFault; }
  static std::string Words() { return ValueText(kFault); }
  static constexpr uint32_t kFaults = uint32_t{1} << static_cast<unsigned>(kFault);
};

/// At least one instance that takes part in the snapshot is so.
template <class Condition>
struct SomeMember : Plain {
  static bool Holds(const Context& c) {
    Context member = c;
    for (unsigned slot = 0; slot < kInstances; ++slot) {
      if ((c.snapshot->members >> slot & 1) == 0) continue;
      member.instance = &c.world->instances[slot];
      member.slot = slot;
      if (Condition::Holds(member)) return true;
    }
    return false;
  }
  static std::string Words() { return "for an instance in the snapshot: " + Condition::Words(); }
  static void Explain(Glossary* glossary) { Condition::Explain(glossary); }
};

/// No check at all: the last row of a call.
struct Otherwise : Plain {
  static bool Holds(const Context&) { return true; }
  static std::string Words() { return "otherwise"; }
};

}  // namespace backstop::model
