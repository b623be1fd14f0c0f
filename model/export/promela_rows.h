// SPDX-License-Identifier: MIT
// The rows of a transition table as what writes them down in Promela.
#pragma once

#include <string_view>
#include <vector>

#include "model/export/promela_effects.h"
#include "model/machine/events.h"
#include "model/machine/facts.h"
#include "model/machine/regions.h"

namespace backstop::model::promela {

/// A row as it is written, for all its states and events.
struct RowWriter {
  std::vector<uint32_t> sources;
  std::vector<EventId> events;
  bool (*in_dialect)(const Context&);
  Expression (*holds)(const Scope&);
  void (*apply)(Scope&);
  bool moves;
  uint32_t target;
  ResultKind kind;
  Err err;
  std::string_view clause;

  bool SpeaksOf(EventId event) const;
};

struct TableWriter {
  std::vector<RowWriter> rows;
  size_t states = 0;  ///< of its region
  /// The state of the region: its value, how to change it, and where it is kept.
  Expression (*state)(const Scope&);
  void (*move)(Scope&, uint32_t);
  const void* (*address)(const Context&);

  bool Knows(EventId event) const;
};

template <class List>
std::vector<uint32_t> StateValues() {
  std::vector<uint32_t> values;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>(
      [&](auto state) { values.push_back(static_cast<uint32_t>(decltype(state)::type::kValue)); });
  return values;
}

template <class List>
std::vector<EventId> EventIds() {
  std::vector<EventId> ids;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>(
      [&](auto event) { ids.push_back(decltype(event)::type::kId); });
  return ids;
}

template <class R>
struct RowParts;
template <class Source, class Event, class Result, class... Parts>
struct RowParts<Row<Source, Event, Result, Parts...>> {
  using Sources = typename model::detail::Members<Source>::List;
  using Events = typename model::detail::Members<Event>::List;
  using One = Single<mp::mp_front<Sources>, mp::mp_front<Events>, Result, Parts...>;
};

template <class R>
void ApplyEffects(Scope& s) {
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename R::Effects>>(
      [&](auto effect) { Effect<typename decltype(effect)::type>::Apply(s); });
}

template <class WrittenRow>
RowWriter MakeRowWriter() {
  using Parts = RowParts<WrittenRow>;
  using R = typename Parts::One;
  RowWriter row{.sources = StateValues<typename Parts::Sources>(),
                .events = EventIds<typename Parts::Events>(),
                .in_dialect = &R::DialectPart::Holds,
                .holds = &Condition<typename R::Condition>::Holds,
                .apply = &ApplyEffects<R>,
                .moves = false,
                .target = 0,
                .kind = R::Result::kKind,
                .err = R::Result::kErr,
                .clause = R::Result::kClause};
  if constexpr (!std::is_same_v<typename R::Target, Stays>) {
    row.moves = true;
    row.target = static_cast<uint32_t>(R::Target::kValue);
  }
  return row;
}

/// The state of a table's region. `Region::Of` looks it up and changes nothing.
template <class Table>
auto& StateOf(const Context& c) {
  Context copy = c;
  return Table::Region::Of(copy);
}

template <class Table>
TableWriter MakeTableWriter() {
  TableWriter table{
      .states = mp::mp_size<typename Table::Region::States>::value,
      .state = [](const Scope& s) { return s.Read(StateOf<Table>(s.context())); },
      .move = [](Scope& s, uint32_t state) { s.Write(StateOf<Table>(s.context()), Number(state)); },
      .address = [](const Context& c) -> const void* { return &StateOf<Table>(c); }};
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename Table::Rows>>(
      [&](auto row) { table.rows.push_back(MakeRowWriter<typename decltype(row)::type>()); });
  return table;
}

/// The tables of the specification, in the order of row numbers.
std::vector<TableWriter> TheTables();

}  // namespace backstop::model::promela
