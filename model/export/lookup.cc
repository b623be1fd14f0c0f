// SPDX-License-Identifier: MIT
#include "model/export/lookup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "model/export/calls.h"
#include "model/export/differences.h"
#include "model/export/near.h"
#include "model/export/row_text.h"

namespace backstop::model {

namespace {

void WriteRow(const TableText& table, const WrittenRow& row, std::string* out) {
  auto to = std::back_inserter(*out);
  const Clause* clause = FindClause(row.clause);
  fmt::format_to(to, "  {:<12} {}\n", row.clause, clause == nullptr ? "" : clause->sentence);
  const std::string check = CheckText(row);
  fmt::format_to(to, "               {}{}{}: {}", InStates(StatesText(table, row)),
                 check.empty() ? "" : ", if ", check, ResultText(row));
  const std::string effect = EffectText(row);
  if (!effect.empty()) fmt::format_to(to, "; {}", effect);
  const std::string mark = DialectMark(row);
  if (!mark.empty()) fmt::format_to(to, "  [only {}]", mark);
  if (clause == nullptr) return void(*out += '\n');
  fmt::format_to(to, "\n               {}{}{}\n", clause->sources,
                 clause->decides.empty() ? "" : "; decides ", clause->decides);
}

/// Writes the rows that `wanted` takes, each after the calls that it is about if `heading` is set.
template <class Wanted>
void WriteRows(const Reference& reference, bool heading, Wanted wanted, std::string* out) {
  for (const Section& section : reference.sections) {
    for (const WrittenRow& row : section.table.rows) {
      if (!wanted(row)) continue;
      if (heading) {
        fmt::format_to(std::back_inserter(*out), "{}\n", fmt::join(row.events, ", "));
      }
      WriteRow(section.table, row, out);
    }
  }
}

void WriteRowsOf(const Reference& reference, std::string_view event, std::string* out) {
  WriteRows(
      reference, false,
      [&](const WrittenRow& row) {
        return std::find(row.events.begin(), row.events.end(), event) != row.events.end();
      },
      out);
}

void WriteLine(std::string_view title, std::string_view text, std::string* out) {
  if (!text.empty()) fmt::format_to(std::back_inserter(*out), "  {:<12} {}\n", title, text);
}

}  // namespace

std::string ExplainCall(const Reference& reference, std::string_view name) {
  for (const CallEntry& call : CallsOf(reference)) {
    const bool legacy = !call.legacy.empty() && SameName(name, call.legacy);
    if (!legacy && !SameName(name, call.name)) continue;
    std::string out = legacy ? call.legacy : call.name;
    const std::string& door = legacy && !call.legacy_door.empty() ? call.legacy_door : call.door;
    if (!door.empty()) {
      fmt::format_to(std::back_inserter(out), "\n\nEntry gate ({}):\n", door);
      WriteRowsOf(reference, door, &out);
    }
    for (const std::string& event : call.events) {
      fmt::format_to(std::back_inserter(out), "\n{}:\n", event);
      WriteRowsOf(reference, event, &out);
    }
    return out;
  }
  return {};
}

std::string ExplainCode(const Reference& reference, std::string_view code) {
  std::string out;
  CodeText found;
  Err err = 0;
  WriteRows(
      reference, true,
      [&](const WrittenRow& row) {
        if (row.kind != ResultKind::kReturns) return false;
        const CodeText text = DescribeCode(row.err);
        if (!SameName(text.name, code) && fmt::format("{}", row.err) != code) return false;
        found = text;
        err = row.err;
        return true;
      },
      &out);
  if (out.empty()) return out;
  return fmt::format("{} ({}): {}\n\n", found.name, err, found.meaning) + out;
}

std::string ExplainClause(const Reference& reference, std::string_view id) {
  for (const Section& section : reference.sections) {
    for (const Clause& clause : section.clauses) {
      if (!SameName(clause.id, id)) continue;
      std::string out = fmt::format("{}: {}\n", clause.id, clause.sentence);
      WriteLine("chapter", section.title, &out);
      WriteLine("sources", clause.sources, &out);
      WriteLine("decides", clause.decides, &out);
      out += '\n';
      WriteRows(
          reference, true, [&](const WrittenRow& row) { return row.clause == clause.id; }, &out);
      return out;
    }
  }
  return {};
}

std::string ExplainDifference(const Reference& reference, std::string_view id) {
  for (const DifferenceText& text : DifferenceTexts()) {
    if (!SameName(text.id, id)) continue;
    std::string out = fmt::format("{}: {}\n", text.id, text.topic);
    WriteLine("documented", text.documented, &out);
    WriteLine("page", text.page, &out);
    WriteLine("original", text.original, &out);
    WriteLine("source", text.cite, &out);
    WriteLine("followed", text.follow, &out);
    if (reference.dialects != Dialects::kEse) WriteLine("strict", text.strict, &out);
    if (reference.dialects != Dialects::kStrict) WriteLine("ese", text.ese, &out);
    WriteLine("clauses", fmt::format("{}", fmt::join(ClausesOf(reference, text.id), ", ")), &out);
    out += '\n';
    WriteRows(
        reference, true, [&](const WrittenRow& row) { return Decides(row, text.id); }, &out);
    return out;
  }
  return {};
}

}  // namespace backstop::model
