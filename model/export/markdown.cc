// SPDX-License-Identifier: MIT
#include "model/export/markdown.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "model/export/differences.h"
#include "model/export/matrix.h"
#include "model/export/row_text.h"

namespace backstop::model {

namespace {

constexpr const char* kPreface =
    R"(# What every call returns, and what it leaves behind

Generated from the transition tables in `model/machine/`. Change the tables, not this file.

There are two dialects. *strict* is the documented contract, with gaps filled from the source of the
original engine; *ese* is what the original engine returns. A row belongs to both unless its last
column says otherwise; what the dialects differ in stands below.

**How to read a table.** The rows of one call are its checks in order: the first row that names the
state the instance is in, and whose check holds (or that has none), decides. A call passes the entry gate first. `JetInit`
and `JetTerm` are two events each; calls of other threads may come between them. Where the
*environment refuses* may stand, either outcome is allowed: an injected fault may strike or be
survived, a file that may have been deleted may be gone or not.
)";

std::string EffectCell(const WrittenRow& row) {
  std::vector<std::string> parts;
  if (!row.waits.empty()) parts.push_back("*waits for " + row.waits + "*");
  if (!row.effect.empty()) parts.push_back(row.effect);
  if (!row.target.empty()) parts.push_back("**" + row.target + "**");
  return fmt::format("{}", fmt::join(parts, "; "));
}

void WriteTable(const Section& section, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "\n## {}\n\n", section.title);
  fmt::format_to(to,
                 "| state | call | check | result | effect | clause | only in |\n"
                 "|---|---|---|---|---|---|---|\n");
  for (const WrittenRow& row : section.table.rows) {
    fmt::format_to(to, "| {} | {} | {} | {} | {} | {} | {} |\n", StatesText(section.table, row),
                   fmt::join(row.events, ", "), CheckText(row), ResultText(row), EffectCell(row),
                   row.clause, DialectMark(row));
  }
  for (const WrittenRow& row : section.table.rows) {
    if (row.internal.empty()) continue;
    fmt::format_to(to, "\n{} is out of reach of any call: {}.\n", row.clause, row.internal);
  }
}

void WriteGlossary(const TableText& table, std::string* out) {
  if (table.glossary.empty()) return;
  *out += "\nChecks that have a name:\n\n";
  for (const auto& [name, definition] : table.glossary) {
    fmt::format_to(std::back_inserter(*out), "* *{}*: {}\n", name, definition);
  }
}

void WriteClauses(const Section& section, std::string* out) {
  *out += "\n| clause | says | sources | decides |\n|---|---|---|---|\n";
  for (const Clause& clause : section.clauses) {
    fmt::format_to(std::back_inserter(*out), "| {} | {} | {} | {} |\n", clause.id, clause.sentence,
                   clause.sources, clause.decides);
  }
}

/// Text in a cell: a bar would end it.
std::string Cell(std::string_view text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|') cell += '\\';
    cell += c;
  }
  return cell;
}

void WriteDifferences(const Reference& reference, bool differing, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to,
                 "\n| id | topic | strict | ese | documented | page | source | clauses |\n"
                 "|---|---|---|---|---|---|---|---|\n");
  for (const DifferenceText& text : DifferenceTexts()) {
    if (text.differs != differing) continue;
    fmt::format_to(to, "| {} | {} | {} | {} | {} | {} | {} | {} |\n", text.id, Cell(text.topic),
                   Cell(text.strict), Cell(text.ese), Cell(text.documented), Cell(text.page),
                   Cell(text.cite), fmt::join(ClausesOf(reference, text.id), ", "));
  }
}

}  // namespace

std::string ExportMarkdown(const Reference& reference) {
  std::string out = kPreface;
  for (const Section& section : reference.sections) {
    WriteTable(section, &out);
    WriteGlossary(section.table, &out);
    WriteClauses(section, &out);
  }
  out += "\n## Where the dialects differ\n";
  WriteDifferences(reference, true, &out);
  out +=
      "\n## Where they agree\n\nDiscrepancies between the reference and the original engine (D), "
      "what recordings added (C), and hazards of its threads (H) that make no difference between "
      "the dialects.\n";
  WriteDifferences(reference, false, &out);
  out +=
      "\n## Codes at a glance\n\nEvery code that a call can give in a state, once it has passed "
      "the entry gate.\n";
  for (const Section& section : reference.sections) WriteMatrix(section.table, &out);
  return out;
}

}  // namespace backstop::model
