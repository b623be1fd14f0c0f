// SPDX-License-Identifier: MIT
#include "model/export/matrix.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "model/export/row_text.h"

namespace backstop::model {

namespace {

/// One result a line; what only one dialect gives says so.
std::string CellText(const std::vector<CellResult>& cell) {
  std::vector<std::string> lines;
  for (const CellResult& result : cell) {
    const char* only = result.strict && result.ese ? "" : result.strict ? " (strict)" : " (ese)";
    lines.push_back(result.text + only);
  }
  return fmt::format("{}", fmt::join(lines, "<br>"));
}

}  // namespace

std::vector<CellResult> CellOf(const TableText& table, const std::string& event,
                               const std::string& state) {
  std::vector<CellResult> cell;
  for (const WrittenRow& row : table.rows) {
    if (!row.internal.empty() || !SpeaksOf(row, event, state)) continue;
    const std::string text = ShortResult(row);
    auto result = std::ranges::find(cell, text, &CellResult::text);
    if (result == cell.end()) result = cell.insert(result, {.text = text, .row = &row});
    result->strict |= HoldsIn(row, Dialects::kStrict);
    result->ese |= HoldsIn(row, Dialects::kEse);
  }
  return cell;
}

void WriteMatrix(const TableText& table, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "\n### {}\n\n| call | {} |\n|---|{}\n", table.name,
                 fmt::join(table.states, " | "),
                 fmt::join(std::vector<std::string>(table.states.size(), "---|"), ""));
  for (const std::string& event : EventsOf(table)) {
    fmt::format_to(to, "| {} |", event);
    for (const std::string& state : table.states) {
      fmt::format_to(to, " {} |", CellText(CellOf(table, event, state)));
    }
    *out += '\n';
  }
}

}  // namespace backstop::model
