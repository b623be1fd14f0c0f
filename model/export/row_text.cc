// SPDX-License-Identifier: MIT
#include "model/export/row_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "model/export/reference.h"

namespace backstop::model {

std::string StatesText(const TableText& table, const WrittenRow& row) {
  if (row.sources.size() == table.states.size()) return "any";
  return fmt::format("{}", fmt::join(row.sources, ", "));
}

std::string InStates(std::string_view states) {
  return fmt::format("{}{}", states.starts_with("in ") ? "" : "in ", states);
}

std::string CheckText(const WrittenRow& row) {
  return row.check == Otherwise::Words() ? std::string() : row.check;
}

std::string ShortResult(const WrittenRow& row) {
  if (row.kind == ResultKind::kGoesOn) return "goes on";
  if (row.kind == ResultKind::kAdmits) return "passes";
  return DescribeCode(row.err).name;
}

std::string ResultText(const WrittenRow& row) {
  if (row.kind != ResultKind::kReturns || row.err == 0) return ShortResult(row);
  return fmt::format("{} ({})", ShortResult(row), row.err);
}

std::string EffectText(const WrittenRow& row) {
  std::vector<std::string> parts;
  if (!row.waits.empty()) parts.push_back("waits for " + row.waits);
  if (!row.effect.empty()) parts.push_back(row.effect);
  if (!row.target.empty()) parts.push_back("to " + row.target);
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string DialectMark(const WrittenRow& row) {
  std::string mark(row.dialect);
  if (!mark.empty() && !row.difference.empty()) mark += fmt::format(", {}", row.difference);
  return mark;
}

}  // namespace backstop::model
