// SPDX-License-Identifier: MIT
#include "model/machine/table_text.h"

#include <fmt/format.h>

#include "model/machine/tables.h"

namespace backstop::model {

namespace {

template <class List>
std::vector<std::string> NamesOf() {
  std::vector<std::string> names;
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>(
      [&](auto item) { names.emplace_back(decltype(item)::type::kName); });
  return names;
}

template <class R>
std::string EffectText() {
  std::string text;
  mp::mp_for_each<typename R::Effects>([&](auto effect) {
    if (!text.empty()) text += "; ";
    text += decltype(effect)::Words();
  });
  return text;
}

template <class R>
std::string TargetText() {
  if constexpr (std::is_same_v<typename R::Target, Stays>) {
    return {};
  } else {
    return std::string(R::Target::kName);
  }
}

template <class R>
std::string InternalText() {
  if constexpr (std::is_void_v<typename R::InternalPart>) {
    return {};
  } else {
    return std::string(R::InternalPart::kReason);
  }
}

template <class R>
std::string WaitsText() {
  if constexpr (std::is_void_v<typename R::WaitsPart>) {
    return {};
  } else {
    return std::string(R::WaitsPart::kReason);
  }
}

template <class R>
struct Parts;
template <class Source, class Event, class Result, class... More>
struct Parts<Row<Source, Event, Result, More...>> {
  using Sources = typename detail::Members<Source>::List;
  using Events = typename detail::Members<Event>::List;
  using First = Single<mp::mp_front<Sources>, mp::mp_front<Events>, Result, More...>;
};

template <class R>
WrittenRow Write(Glossary* glossary) {
  using First = typename Parts<R>::First;
  using Result = typename First::Result;
  First::Condition::Explain(glossary);
  return {.sources = NamesOf<typename Parts<R>::Sources>(),
          .events = NamesOf<typename Parts<R>::Events>(),
          .check = First::Condition::Words(),
          .effect = EffectText<First>(),
          .target = TargetText<First>(),
          .clause = std::string(Result::kClause),
          .internal = InternalText<First>(),
          .waits = WaitsText<First>(),
          .dialect = std::string(First::DialectPart::kDialect),
          .difference = std::string(First::DialectPart::kDifference),
          .faults = First::Condition::kFaults,
          .err = Result::kErr,
          .kind = Result::kKind};
}

template <class Table>
TableText WriteTable() {
  TableText text{.name = Table::kName, .states = NamesOf<typename Table::Region::States>()};
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, typename Table::Rows>>(
      [&](auto row) { text.rows.push_back(Write<typename decltype(row)::type>(&text.glossary)); });
  return text;
}

struct CodeEntry {
  Err value;
  const char* name;
  const char* meaning;
};
constexpr CodeEntry kCodes[] = {
#define JET_ERROR(name, value, meaning) {value, #name, meaning},
#include "impl/esent/errors.def"
#undef JET_ERROR
};

/// The expanded rows in the order of RowId: sources outside, events inside, as Expanded<> has it.
std::vector<RowInfo> ExpandRows() {
  std::vector<RowInfo> infos;
  for (const TableText& table : Tables()) {
    for (const WrittenRow& row : table.rows) {
      for (const std::string& source : row.sources) {
        for (const std::string& event : row.events) {
          infos.push_back({.table = table.name.c_str(),
                           .source = source.c_str(),
                           .event = event.c_str(),
                           .guard = row.check.c_str(),
                           .effect = row.effect.c_str(),
                           .target = row.target.c_str(),
                           .clause = row.clause.c_str(),
                           .internal = row.internal.empty() ? nullptr : row.internal.c_str(),
                           .dialect = row.dialect.c_str(),
                           .difference = row.difference.c_str(),
                           .faults = row.faults,
                           .err = row.err,
                           .succeeds = row.err >= 0});
        }
      }
    }
  }
  return infos;
}

}  // namespace

const std::vector<TableText>& Tables() {
  static const std::vector<TableText> tables = [] {
    std::vector<TableText> all;
    mp::mp_for_each<AllTables>([&](auto table) { all.push_back(WriteTable<decltype(table)>()); });
    return all;
  }();
  return tables;
}

const std::vector<RowInfo>& Rows() {
  static const std::vector<RowInfo> rows = ExpandRows();
  return rows;
}

CodeText DescribeCode(Err err) {
  for (const CodeEntry& code : kCodes) {
    if (code.value == err) return {code.name, code.meaning};
  }
  return {fmt::format("{}", err), "unknown"};
}

}  // namespace backstop::model
