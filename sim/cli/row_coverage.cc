// SPDX-License-Identifier: MIT
#include "sim/cli/row_coverage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace backstop::cli {
namespace {

using harness::FaultKind;
using harness::RowBook;
using model::RowId;

/// Those that every campaign has, and what else hit a row.
std::vector<FaultKind> KindsOf(const RowBook& rows) {
  std::vector<FaultKind> kinds;
  for (size_t i = 0; i < harness::kFaultKinds; ++i) {
    const auto kind = static_cast<FaultKind>(i);
    if (kind <= FaultKind::kPowerCut || rows.RowsHitUnder(kind) > 0) kinds.push_back(kind);
  }
  return kinds;
}

std::string ShortName(RowId row) {
  const model::RowInfo& info = model::Rows()[row];
  return fmt::format("{} ({} in state {})", info.clause, info.event, info.source);
}

}  // namespace

nlohmann::ordered_json RowCoverageJson(const RowBook& rows) {
  nlohmann::ordered_json json;
  json["rows_hit"] = rows.rows_hit();
  json["rows_total"] = rows.rows_total();
  auto& never = json["rows_never_hit"] = nlohmann::ordered_json::array();
  for (const RowId row : rows.NeverHit()) never.push_back(ShortName(row));
  json["rows_internal"] = rows.Internal();
  json["rows_beyond"] = rows.Beyond();
  const std::vector<FaultKind> kinds = KindsOf(rows);
  for (const FaultKind kind : kinds) {
    json["fault_kinds"].push_back(NameOf(kind));
    json["rows_by_fault"][NameOf(kind)] = rows.RowsHitUnder(kind);
  }
  auto& counts = json["rows"] = nlohmann::ordered_json::object();
  for (RowId row = 0; row < model::Rows().size(); ++row) {
    if (!rows.Counts(row)) continue;
    std::vector<uint64_t> hits;
    for (const FaultKind kind : kinds) hits.push_back(rows.hits(row)[static_cast<size_t>(kind)]);
    counts[harness::KeyOfRow(row)] = fmt::format("{}", fmt::join(hits, " "));
  }
  return json;
}

std::string NeverHitText(const std::vector<std::string>& rows, size_t listed) {
  std::string text;
  for (size_t i = 0; i < std::min(rows.size(), listed); ++i) {
    text += fmt::format("never hit     {}\n", rows[i]);
  }
  if (rows.size() > listed) {
    text += fmt::format("never hit     and {} more, see --json\n", rows.size() - listed);
  }
  return text;
}

std::string NeverHitText(const RowBook& rows) {
  std::vector<std::string> names;
  for (const RowId row : rows.NeverHit()) names.push_back(ShortName(row));
  constexpr size_t kListed = 6;  // more would hide the rest
  return NeverHitText(names, kListed);
}

}  // namespace backstop::cli
