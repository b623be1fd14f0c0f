// SPDX-License-Identifier: MIT
#include "model/export/matrix.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "model/export/row_text.h"

namespace backstop::model {

namespace {

bool Contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// In the order in which the table names them.
std::vector<std::string> EventsOf(const TableText& table) {
  std::vector<std::string> events;
  for (const WrittenRow& row : table.rows) {
    for (const std::string& event : row.events) {
      if (!Contains(events, event)) events.push_back(event);
    }
  }
  return events;
}

/// In the order of the checks, each once.
std::string CodesOf(const TableText& table, const std::string& event, const std::string& state) {
  std::vector<std::string> codes;
  for (const WrittenRow& row : table.rows) {
    if (!row.internal.empty() || !Contains(row.events, event) || !Contains(row.sources, state)) {
      continue;
    }
    const std::string code = ShortResult(row);
    if (!Contains(codes, code)) codes.push_back(code);
  }
  return fmt::format("{}", fmt::join(codes, "<br>"));
}

}  // namespace

void WriteMatrix(const TableText& table, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "\n### {}\n\n| call | {} |\n|---|{}\n", table.name,
                 fmt::join(table.states, " | "),
                 fmt::join(std::vector<std::string>(table.states.size(), "---|"), ""));
  for (const std::string& event : EventsOf(table)) {
    fmt::format_to(to, "| {} |", event);
    for (const std::string& state : table.states) {
      fmt::format_to(to, " {} |", CodesOf(table, event, state));
    }
    *out += '\n';
  }
}

}  // namespace backstop::model
