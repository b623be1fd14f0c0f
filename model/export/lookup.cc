// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>

#include "model/addressing.h"
#include "model/clauses/clauses.h"
#include "model/export/markdown.h"
#include "model/export/row_text.h"

namespace backstop::model {

namespace {

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

std::optional<Call> FindCall(std::string_view name) {
  if (SameName(name, "JetTerm")) return Call{.op = Op::kTerm};
  for (unsigned op = 0; op < kOpCount; ++op) {
    for (const bool legacy : {false, true}) {
      const Call call{.op = static_cast<Op>(op), .legacy = legacy};
      if (SameName(name, OpName(call.op, legacy))) return call;
    }
  }
  return std::nullopt;
}

void WriteRow(const TableText& table, const WrittenRow& row, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "  {:<12} {}\n", row.clause, FindClause(row.clause)->sentence);
  const std::string check = CheckText(row);
  fmt::format_to(to, "               in {}{}{}: {}", StatesText(table, row),
                 check.empty() ? "" : ", if ", check, ResultText(row));
  const std::string effect = EffectText(row);
  if (!effect.empty()) fmt::format_to(to, "; {}", effect);
  fmt::format_to(to, "\n               {}", FindClause(row.clause)->sources);
  const std::string_view decides = FindClause(row.clause)->decides;
  fmt::format_to(to, "{}{}\n", decides.empty() ? "" : "; decides ", decides);
}

/// The names of the events of a call: its door, and one or two of its own.
std::vector<std::string_view> EventNames(const Call& call) {
  switch (call.op) {
    case Op::kInit:
      return {InitBegins::kName, InitDone::kName};
    case Op::kTerm:
      return {TermBegins::kName, TermDecides::kName};
    default:
      return {OpName(call.op)};
  }
}

std::string_view DoorName(const Call& call) {
  std::string_view name;
  mp::mp_for_each<mp::mp_list<StreamingCall, LegacyStreamingCall, StopCall, LegacyStopCall,
                              TermCall, SessionCall, ReleasingSessionCall, UngatedCall>>(
      [&](auto door) {
        if (decltype(door)::kId == DoorOf(call)) name = decltype(door)::kName;
      });
  return name;
}

void WriteRowsOf(std::string_view event, std::string* out) {
  for (const TableText& table : Tables()) {
    for (const WrittenRow& row : table.rows) {
      if (std::find(row.events.begin(), row.events.end(), event) != row.events.end()) {
        WriteRow(table, row, out);
      }
    }
  }
}

}  // namespace

std::string ExplainCall(std::string_view name) {
  const std::optional<Call> call = FindCall(name);
  if (!call) return {};
  std::string out = fmt::format("{}\n\nEntry gate ({}):\n", name, DoorName(*call));
  WriteRowsOf(DoorName(*call), &out);
  for (const std::string_view event : EventNames(*call)) {
    fmt::format_to(std::back_inserter(out), "\n{}:\n", event);
    WriteRowsOf(event, &out);
  }
  return out;
}

std::string WhereCode(Err err) {
  std::string out;
  for (const TableText& table : Tables()) {
    for (const WrittenRow& row : table.rows) {
      if (row.kind != ResultKind::kReturns || row.err != err) continue;
      fmt::format_to(std::back_inserter(out), "{}\n", fmt::join(row.events, ", "));
      WriteRow(table, row, &out);
    }
  }
  if (out.empty()) return out;
  const CodeText code = DescribeCode(err);
  return fmt::format("{} ({}): {}\n\n", code.name, err, code.meaning) + out;
}

}  // namespace backstop::model
