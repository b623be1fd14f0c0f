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
std::string ValueText(int value);
std::string ValueText(unsigned value);
/// The flag bits of a mask in hexadecimal.
std::string BitsText(uint32_t bits);

/// The field has the value; for a truth value the field's name is the whole sentence.
template <class Field, auto kValue>
struct Is {
  static bool Holds(const Context& c) { return Field::Get(c) == static_cast<uint32_t>(kValue); }
  static std::string Words() {
    if constexpr (std::is_same_v<decltype(kValue), bool>) {
      return kValue ? Field::Name() : "not " + Field::Name();
    } else {
      return Field::Name() + " is " + ValueText(kValue);
    }
  }
  static void Explain(Glossary*) {}
  template <class Other>
  static constexpr bool kAsks = std::is_same_v<Field, Other>;
};

template <class A, class B>
struct Same {
  static bool Holds(const Context& c) { return A::Get(c) == B::Get(c); }
  static std::string Words() { return A::Name() + " is " + B::Name(); }
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
};

template <class A, class B>
struct Below {
  static bool Holds(const Context& c) { return A::Get(c) < B::Get(c); }
  static std::string Words() { return A::Name() + " is below " + B::Name(); }
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
};

/// Bit number `Index` of the mask is set.
template <class Mask, class Index>
struct Contains {
  static bool Holds(const Context& c) {
    const uint32_t index = Index::Get(c);
    return index < 32 && (Mask::Get(c) >> index & 1) != 0;
  }
  static std::string Words() { return Index::Name() + " is among " + Mask::Name(); }
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
};

/// Every bit of the first mask is set in the second.
template <class Part, class Whole>
struct Within {
  static bool Holds(const Context& c) { return (Part::Get(c) & ~Whole::Get(c)) == 0; }
  static std::string Words() { return Part::Name() + " are all among " + Whole::Name(); }
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
};

/// At least one of the flag bits is set.
template <class Mask, uint32_t kBits>
struct HasAny {
  static bool Holds(const Context& c) { return (Mask::Get(c) & kBits) != 0; }
  static std::string Words() { return Mask::Name() + " has a bit of " + BitsText(kBits); }
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
};

/// No flag bit outside of these is set.
template <class Mask, uint32_t kBits>
struct HasOnly {
  static bool Holds(const Context& c) { return (Mask::Get(c) & ~kBits) == 0; }
  static std::string Words() { return Mask::Name() + " has only bits of " + BitsText(kBits); }
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
};

template <class Condition>
struct Not {
  static bool Holds(const Context& c) { return !Condition::Holds(c); }
  static std::string Words() { return "not (" + Condition::Words() + ")"; }
  static void Explain(Glossary* glossary) { Condition::Explain(glossary); }
  template <class Field>
  static constexpr bool kAsks = Condition::template kAsks<Field>;
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
};

/// No check at all: the last row of a call.
struct Otherwise {
  static bool Holds(const Context&) { return true; }
  static std::string Words() { return "otherwise"; }
  static void Explain(Glossary*) {}
  template <class>
  static constexpr bool kAsks = false;
};

}  // namespace backstop::model
