// SPDX-License-Identifier: MIT
// How each kind of condition is written in Promela. What they mean is said in
// model/machine/conditions.h.
#pragma once

#include "model/export/promela_terms.h"
#include "model/machine/conditions.h"

namespace backstop::model::promela {

template <class T>
struct Condition;

template <class Field, auto kValue>
struct Condition<Is<Field, kValue>> {
  static Expression Holds(const Scope& s) {
    return Equal(Term<Field>::Get(s), Number(static_cast<uint32_t>(kValue)));
  }
};
template <class A, class B>
struct Condition<Same<A, B>> {
  static Expression Holds(const Scope& s) { return Equal(Term<A>::Get(s), Term<B>::Get(s)); }
};
template <class A, class B>
struct Condition<model::Below<A, B>> {
  static Expression Holds(const Scope& s) { return Below(Term<A>::Get(s), Term<B>::Get(s)); }
};
template <class Mask, class Index>
struct Condition<Contains<Mask, Index>> {
  static Expression Holds(const Scope& s) {
    return HasBit(Term<Mask>::Get(s), Term<Index>::Get(s));
  }
};
template <class Part, class Whole>
struct Condition<Within<Part, Whole>> {
  static Expression Holds(const Scope& s) {
    return Negation(Truth(Without(Term<Part>::Get(s), Term<Whole>::Get(s))));
  }
};
template <class Mask, uint32_t kBits>
struct Condition<HasAny<Mask, kBits>> {
  static Expression Holds(const Scope& s) { return Truth(And(Term<Mask>::Get(s), Bits(kBits))); }
};
template <class Mask, uint32_t kBits>
struct Condition<HasOnly<Mask, kBits>> {
  static Expression Holds(const Scope& s) {
    return Negation(Truth(Without(Term<Mask>::Get(s), Bits(kBits))));
  }
};
template <class C>
struct Condition<Not<C>> {
  static Expression Holds(const Scope& s) { return Negation(Condition<C>::Holds(s)); }
};
template <class... C>
struct Condition<All<C...>> {
  static Expression Holds(const Scope& s) {
    Expression all = Truth(Number(1));
    ((all = Both(all, Condition<C>::Holds(s))), ...);
    return all;
  }
};
template <class... C>
struct Condition<Any<C...>> {
  static Expression Holds(const Scope& s) {
    Expression any = Truth(Number(0));
    ((any = Either(any, Condition<C>::Holds(s))), ...);
    return any;
  }
};
template <Text kName, class C>
struct Condition<Named<kName, C>> : Condition<C> {};
template <Fault kFault>
struct Condition<Meets<kFault>> {
  static Expression Holds(const Scope& s) {
    return Truth(Number(Meets<kFault>::Holds(s.context()) ? 1 : 0));
  }
};
template <class C>
struct Condition<SomeMember<C>> {
  static Expression Holds(const Scope& s) {
    Expression any = Truth(Number(0));
    for (unsigned slot = 0; slot < kInstances; ++slot) {
      const Expression member = HasBit(s.Read(s.context().snapshot->members), Number(slot));
      any = Either(any, Both(member, Condition<C>::Holds(s.Addressing(slot))));
    }
    return any;
  }
};
template <>
struct Condition<Otherwise> {
  static Expression Holds(const Scope&) { return Truth(Number(1)); }
};

}  // namespace backstop::model::promela
