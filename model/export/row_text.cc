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
  if (row.target.empty()) return row.effect;
  return fmt::format("{}{}to {}", row.effect, row.effect.empty() ? "" : "; ", row.target);
}

std::string DialectMark(const WrittenRow& row) {
  std::string mark(DialectOf(row));
  if (!mark.empty() && !DifferenceOf(row).empty()) mark += fmt::format(", {}", DifferenceOf(row));
  return mark;
}

}  // namespace backstop::model
