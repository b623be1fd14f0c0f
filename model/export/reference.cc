// SPDX-License-Identifier: MIT
#include "model/export/reference.h"

#include <algorithm>
#include <iterator>

namespace backstop::model {

namespace {

bool IsAmong(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

TableText TableIn(const TableText& table, Dialects dialects) {
  TableText seen = table;
  std::erase_if(seen.rows, [&](const WrittenRow& row) { return !HoldsIn(row, dialects); });
  return seen;
}

}  // namespace

std::string_view DialectsName(Dialects dialects) {
  constexpr std::string_view kNames[] = {"both", "strict", "ese"};
  return kNames[static_cast<size_t>(dialects)];
}

bool HoldsIn(const WrittenRow& row, Dialects dialects) {
  return dialects == Dialects::kBoth || row.dialect.empty() ||
         row.dialect == DialectsName(dialects);
}

Reference MakeReference(Dialects dialects) {
  Reference reference{.dialects = dialects};
  const std::vector<TableText>& tables = Tables();
  for (size_t index = 0; index < tables.size(); ++index) {
    reference.sections.push_back({.title = kChapters[index].title,
                                  .clauses = kChapters[index].clauses,
                                  .table = TableIn(tables[index], dialects)});
  }
  return reference;
}

std::vector<std::string> EventsOf(const TableText& table) {
  std::vector<std::string> events;
  for (const WrittenRow& row : table.rows) {
    for (const std::string& event : row.events) {
      if (!IsAmong(events, event)) events.push_back(event);
    }
  }
  return events;
}

bool SpeaksOf(const WrittenRow& row, std::string_view event, std::string_view state) {
  return IsAmong(row.events, event) && IsAmong(row.sources, state);
}

}  // namespace backstop::model
