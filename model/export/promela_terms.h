// SPDX-License-Identifier: MIT
// How each kind of term is written in Promela. What the terms mean is said in model/machine/terms.h
// and vocabulary.h; a kind that is missing here does not compile.
#pragma once

#include "model/export/promela_scope.h"
#include "model/machine/vocabulary.h"

namespace backstop::model::promela {

/// Get(): the term's value. At(): the member that a field is.
template <class T>
struct Term;

template <class Self>
struct Field {
  static Expression Get(const Scope& s) { return s.Read(Self::At(s.context())); }
};

template <Text kName, auto kMember>
struct Term<WorldField<kName, kMember>> : Field<Term<WorldField<kName, kMember>>> {
  static auto& At(const Context& c) { return c.world->*kMember; }
};
template <Text kName, auto kMember>
struct Term<InstanceField<kName, kMember>> : Field<Term<InstanceField<kName, kMember>>> {
  static auto& At(const Context& c) { return c.instance->*kMember; }
};
template <Text kName, auto kMember>
struct Term<BackupField<kName, kMember>> : Field<Term<BackupField<kName, kMember>>> {
  static auto& At(const Context& c) { return c.instance->backup.*kMember; }
};
template <Text kName, auto kMember>
struct Term<FileField<kName, kMember>> : Field<Term<FileField<kName, kMember>>> {
  static auto& At(const Context& c) { return c.instance->backup.file.*kMember; }
};
template <Text kName, auto kMember>
struct Term<SnapshotField<kName, kMember>> : Field<Term<SnapshotField<kName, kMember>>> {
  static auto& At(const Context& c) { return c.snapshot->*kMember; }
};
template <>
struct Term<LastHandle> : Field<Term<LastHandle>> {
  static auto& At(const Context& c) { return c.world->last_file[c.slot]; }
};
template <>
struct Term<Level> : Field<Term<Level>> {
  static auto& At(const Context& c) { return c.instance->levels[c.call->session % kSessions]; }
};

/// Terms that are known with the call.
template <class T>
struct Constant {
  static Expression Get(const Scope& s) { return Number(T::Get(s.context())); }
};
template <Text kName, auto kMember>
struct Term<Argument<kName, kMember>> : Constant<Argument<kName, kMember>> {};
template <Text kName, auto kMember>
struct Term<Report<kName, kMember>> : Constant<Report<kName, kMember>> {};
template <auto kValue>
struct Term<model::Number<kValue>> : Constant<model::Number<kValue>> {};
template <>
struct Term<ThisInstance> : Constant<ThisInstance> {};
template <>
struct Term<Refusal> : Constant<Refusal> {};

template <class A, class B>
struct Term<Plus<A, B>> {
  static Expression Get(const Scope& s) { return Sum(Term<A>::Get(s), Term<B>::Get(s)); }
};
template <class A, class B>
struct Term<Minus<A, B>> {
  static Expression Get(const Scope& s) { return Difference(Term<A>::Get(s), Term<B>::Get(s)); }
};
template <class A, class B>
struct Term<Smaller<A, B>> {
  static Expression Get(const Scope& s) {
    const Expression a = Term<A>::Get(s);
    const Expression b = Term<B>::Get(s);
    return Choice(Below(a, b), a, b);
  }
};
template <class Mask, class Taken>
struct Term<Except<Mask, Taken>> {
  static Expression Get(const Scope& s) { return Without(Term<Mask>::Get(s), Term<Taken>::Get(s)); }
};
template <class First, class End>
struct Term<SumFrom<First, End>> {
  static Expression Get(const Scope& s) {
    const Expression first = Term<First>::Get(s);
    const Expression end = Term<End>::Get(s);
    const Expression last = Difference(end, Number(1));
    const Expression sum = Half(Product(Difference(end, first), Sum(first, last)));
    return Choice(Below(first, end), sum, Number(0));
  }
};
template <class Count>
struct Term<FirstBits<Count>> {
  static Expression Get(const Scope& s) {
    const Expression count = Term<Count>::Get(s);
    const Expression bits = Difference(BitAt(count), Number(1));
    return Choice(Below(count, Number(32)), bits, Number(~uint32_t{0}));
  }
};
template <Text kName, class T>
struct Term<Called<kName, T>> : Term<T> {};

template <Text kName, Life... kLives>
struct Term<InstancesThatAre<kName, kLives...>> {
  static Expression Get(const Scope& s) {
    Expression count = Number(0);
    for (const InstanceState& instance : s.context().world->instances) {
      count = Sum(OneOf(s.Read(instance.life), {static_cast<uint32_t>(kLives)...}), count);
    }
    return count;
  }
};
template <>
struct Term<FirstInstanceLives> {
  static Expression Get(const Scope& s) {
    const Expression life = s.Read(s.context().world->instances[0].life);
    return Negation(Equal(life, Number(static_cast<uint32_t>(Life::kAbsent))));
  }
};
template <>
struct Term<Claimable> {
  static Expression Get(const Scope& s) {
    Expression mask = Number(0);
    for (unsigned slot = 0; slot < kInstances; ++slot) {
      const Expression life = s.Read(s.context().world->instances[slot].life);
      const Expression ready = Equal(life, Number(static_cast<uint32_t>(Life::kReady)));
      mask = Or(Choice(ready, BitAt(Number(slot)), Number(0)), mask);
    }
    for (const SnapshotSession& session : s.context().world->snapshots) {
      mask = Without(mask, s.Read(session.members));
    }
    return mask;
  }
};
template <>
struct Term<ClaimPhase> {
  static Expression Get(const Scope& s) {
    Expression phase = Number(0);
    const auto& sessions = s.context().world->snapshots;
    for (auto session = sessions.rbegin(); session != sessions.rend(); ++session) {
      const Expression member = HasBit(s.Read(session->members), Number(s.context().slot));
      phase = Choice(member, s.Read(session->phase), phase);
    }
    return phase;
  }
};

}  // namespace backstop::model::promela
