// SPDX-License-Identifier: MIT
// Runs a table row by row, without Boost.MSM: the second opinion on the back end, and a cheap way
// to run a table with a planted error.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "model/machine/facts.h"
#include "model/machine/family.h"
#include "model/machine/regions.h"
#include "model/machine/tables.h"

namespace backstop::model::testing {

template <class Table>
class Interpreted final : public Family {
 public:
  Interpreted() {
    mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename Facts<Table>::List>>(
        [&](auto row) { rows_.push_back(Compile<typename decltype(row)::type>()); });
  }

  void React(EventId event, Context& c) override {
    auto& state = Table::Region::Of(c);
    for (size_t row = 0; row < rows_.size(); ++row) {
      if (rows_[row].event != event || rows_[row].source != state || !rows_[row].holds(c)) continue;
      const auto source = state;
      rows_[row].take(c, static_cast<RowId>(row));
      state = rows_[row].moves ? rows_[row].target : source;
      return;
    }
  }
  bool Knows(EventId event) const override {
    return Facts<Table>::Known()[static_cast<size_t>(event)];
  }
  bool AsksEnvironment(EventId event) const override {
    return Facts<Table>::AskingEnvironment()[static_cast<size_t>(event)];
  }
  uint32_t AskedFaults(EventId event) const override {
    return Facts<Table>::AskedFaults()[static_cast<size_t>(event)];
  }
  RowId RowCount() const override { return static_cast<RowId>(rows_.size()); }

 private:
  using Value = std::remove_cvref_t<decltype(mp::mp_front<typename Table::Region::States>::kValue)>;
  struct Compiled {
    EventId event;
    Value source;
    bool moves;
    Value target;
    bool (*holds)(const Context&);
    void (*take)(Context&, RowId);
  };

  template <class R>
  static Compiled Compile() {
    Compiled row{.event = R::Event::kId,
                 .source = R::Source::kValue,
                 .moves = false,
                 .target = R::Source::kValue,
                 .holds = &R::Holds,
                 .take = &TakeRow<R>};
    if constexpr (!std::is_same_v<typename R::Target, Stays>) {
      row.moves = true;
      row.target = R::Target::kValue;
    }
    return row;
  }

  std::vector<Compiled> rows_;
};

/// The clause of a row as it is written.
template <class R>
struct ClauseOf;
template <class Source, class Event, class Result, class... Parts>
struct ClauseOf<Row<Source, Event, Result, Parts...>> {
  static constexpr std::string_view kId = Result::kClause;
};

/// A table without the rows of one clause.
template <class Table, Text kClause>
struct Without {
  static constexpr const char* kName = Table::kName;
  using Region = typename Table::Region;
  template <class R>
  using IsIt = mp::mp_bool<ClauseOf<R>::kId == kClause.view()>;
  using Rows = mp::mp_remove_if<typename Table::Rows, IsIt>;
};

/// A table with another row in the place of those of one clause.
template <class Table, Text kClause, class NewRow>
struct Replaced {
  static constexpr const char* kName = Table::kName;
  using Region = typename Table::Region;
  template <class R>
  using NewOrOld = std::conditional_t<ClauseOf<R>::kId == kClause.view(), NewRow, R>;
  using Rows = mp::mp_transform<NewOrOld, typename Table::Rows>;
};

/// A table with one row put above all others.
template <class Table, class FirstRow>
struct WithFirst {
  static constexpr const char* kName = Table::kName;
  using Region = typename Table::Region;
  using Rows = mp::mp_push_front<typename Table::Rows, FirstRow>;
};

/// The place of a table among those of the specification, by its name.
template <class Table>
size_t PlaceOf() {
  size_t place = 0;
  bool found = false;
  mp::mp_for_each<AllTables>([&](auto table) {
    found = found || std::string_view(decltype(table)::kName) == Table::kName;
    place += !found;
  });
  return place;
}

/// The specification with these tables in the place of its own of the same name; those are
/// interpreted.
template <class... Tables>
std::vector<std::unique_ptr<Family>> Planted() {
  std::unique_ptr<Family> (*const kMakers[])() = {
      MakeGateFamily,           MakeSessionGateFamily, MakeInstanceFamily,    MakeServiceFamily,
      MakeParameterFamily,      MakeSessionFamily,     MakeDatabaseFamily,    MakeOpenFamily,
      MakeDataFamily,           MakeLogFamily,         MakeBeginFamily,       MakeEndFamily,
      MakeWholeFamily,          MakeSnapshotFamily,    MakeSnapshotEndFamily, MakeRestoreFamily,
      MakeExternalRestoreFamily};
  std::vector<std::unique_ptr<Family>> families;
  for (const auto make : kMakers) families.push_back(make());
  ((families.at(PlaceOf<Tables>()) = std::make_unique<Interpreted<Tables>>()), ...);
  return families;
}

}  // namespace backstop::model::testing
