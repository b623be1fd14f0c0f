// SPDX-License-Identifier: MIT
// How each kind of effect is written in Promela. What they mean is said in model/machine/effects.h.
#pragma once

#include "model/export/promela_conditions.h"
#include "model/machine/effects.h"

namespace backstop::model::promela {

template <class T>
struct Effect;

template <class Field>
void Store(Scope& s, const Expression& value) {
  s.Write(Term<Field>::At(s.context()), value);
}

template <class Field, auto kValue>
struct Effect<Set<Field, kValue>> {
  static void Apply(Scope& s) { Store<Field>(s, Number(static_cast<uint32_t>(kValue))); }
};
template <class Field>
struct Effect<Clear<Field>> {
  static void Apply(Scope& s) { Store<Field>(s, Number(0)); }
};
template <class Field, class T>
struct Effect<Take<Field, T>> {
  static void Apply(Scope& s) { Store<Field>(s, Term<T>::Get(s)); }
};
/// Outputs are no part of the state.
template <Text kName, auto kMember, class T>
struct Effect<Take<Output<kName, kMember>, T>> {
  static void Apply(Scope&) {}
};
template <class Field, class T>
struct Effect<Grow<Field, T>> {
  static void Apply(Scope& s) { Store<Field>(s, Sum(Term<Field>::Get(s), Term<T>::Get(s))); }
};
template <class Field, class T>
struct Effect<Shrink<Field, T>> {
  static void Apply(Scope& s) { Store<Field>(s, Difference(Term<Field>::Get(s), Term<T>::Get(s))); }
};
template <class Field, class T>
struct Effect<Raise<Field, T>> {
  static void Apply(Scope& s) {
    const Expression old = Term<Field>::Get(s);
    const Expression least = Term<T>::Get(s);
    Store<Field>(s, Choice(Below(old, least), least, old));
  }
};
template <class Mask, class Index>
struct Effect<Include<Mask, Index>> {
  static void Apply(Scope& s) {
    const Expression index = Term<Index>::Get(s);
    s.If(Below(index, Number(32)), [&] { Store<Mask>(s, Or(Term<Mask>::Get(s), BitAt(index))); });
  }
};
template <class Mask, class Index>
struct Effect<Exclude<Mask, Index>> {
  static void Apply(Scope& s) {
    const Expression index = Term<Index>::Get(s);
    s.If(Below(index, Number(32)),
         [&] { Store<Mask>(s, Without(Term<Mask>::Get(s), BitAt(index))); });
  }
};
template <class Mask, class T>
struct Effect<Join<Mask, T>> {
  static void Apply(Scope& s) { Store<Mask>(s, Or(Term<Mask>::Get(s), Term<T>::Get(s))); }
};
template <class Mask, class T>
struct Effect<Drop<Mask, T>> {
  static void Apply(Scope& s) { Store<Mask>(s, Without(Term<Mask>::Get(s), Term<T>::Get(s))); }
};

template <>
struct Effect<ForgetFile> {
  static void Apply(Scope& s) { s.Reset(s.context().instance->backup.file); }
};
template <>
struct Effect<ReleaseBackup> {
  static void Apply(Scope& s) { s.Reset(s.context().instance->backup); }
};
template <>
struct Effect<ForgetSnapshot> {
  static void Apply(Scope& s) { s.Reset(*s.context().snapshot); }
};

template <class Mask, class Action>
void ForDatabases(Scope& s, const Action& action) {
  const Expression mask = Term<Mask>::Get(s);
  for (unsigned database = 0; database < kDatabaseSlots; ++database) {
    s.If(HasBit(mask, Number(database)), [&] { action(s.context().instance->headers[database]); });
  }
}

template <Text kName, auto kMember, class Mask>
struct Effect<StampRange<kName, kMember, Mask>> {
  static void Apply(Scope& s) {
    const BackupState& backup = s.context().instance->backup;
    const Expression end = s.Read(backup.copy_end);
    const Expression frozen =
        Equal(s.Read(backup.phase), Number(static_cast<uint32_t>(Phase::kSnapshot)));
    const Expression listed = Both(Negation(frozen), Truth(end));
    const Expression unknown = Both(Either(s.Read(backup.prepared), frozen), Negation(listed));
    const Expression nothing = Number(kUnknownGeneration);
    const Expression low = Choice(unknown, nothing, s.Read(backup.copy_low));
    const Expression high = Choice(unknown, nothing, Difference(end, Number(1)));
    ForDatabases<Mask>(s, [&](const Header& header) {
      s.Write((header.*kMember).low, low);
      s.Write((header.*kMember).high, high);
    });
  }
};
template <Text kName, auto kMember, class Mask>
struct Effect<ForgetRange<kName, kMember, Mask>> {
  static void Apply(Scope& s) {
    ForDatabases<Mask>(s, [&](const Header& header) { s.Reset(header.*kMember); });
  }
};

template <class... E>
struct Effect<ForMembers<E...>> {
  static void Apply(Scope& s) {
    for (unsigned slot = 0; slot < kInstances; ++slot) {
      const Expression member = HasBit(s.Read(s.context().snapshot->members), Number(slot));
      Scope there = s.Addressing(slot);
      s.If(member, [&] { (Effect<E>::Apply(there), ...); });
    }
  }
};
template <class C, class... E>
struct Effect<When<C, E...>> {
  static void Apply(Scope& s) {
    s.If(Condition<C>::Holds(s), [&] { (Effect<E>::Apply(s), ...); });
  }
};

template <>
struct Effect<LeaveSnapshots> {
  static void Apply(Scope& s) {
    for (const SnapshotSession& session : s.context().world->snapshots) {
      s.Write(session.members, Without(s.Read(session.members), BitAt(Number(s.context().slot))));
    }
  }
};

/// Which cells the effect resets is found by running it on two instances that differ in all of
/// them.
void ResetFreedInstance(Scope& s);

template <>
struct Effect<FreeInstance> {
  static void Apply(Scope& s) {
    Effect<LeaveSnapshots>::Apply(s);
    ResetFreedInstance(s);
    Expression none = Truth(Number(1));
    for (const InstanceState& instance : s.context().world->instances) {
      none = Both(none, Equal(s.Read(instance.life), Number(static_cast<uint32_t>(Life::kAbsent))));
    }
    s.If(none,
         [&] { s.Write(s.context().world->mode, Number(static_cast<uint32_t>(Mode::kUnset))); });
  }
};

}  // namespace backstop::model::promela
