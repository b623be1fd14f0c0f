// SPDX-License-Identifier: MIT
#include "model/export/markdown.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "model/clauses/clauses.h"
#include "model/export/matrix.h"
#include "model/export/row_text.h"

namespace backstop::model {

namespace {

constexpr const char* kPreface =
    R"(# What every call returns, and what it leaves behind

Generated from the transition tables in `model/machine/`. Change the tables, not this file.

The dialect is *strict*: the documented contract, with gaps filled from the source of the original
engine. Where the two differ, the clause names the decision (D, C, H).

**How to read a table.** The rows of one call are its checks in order: the first row that names the
state the instance is in, and whose check holds (or that has none), decides. A call passes the entry gate first. `JetInit`
and `JetTerm` are two events each; calls of other threads may come between them. Where the
*environment refuses* may stand, either outcome is allowed: an injected fault may strike or be
survived, a file that may have been deleted may be gone or not.
)";

void WriteTable(const TableText& table, const Chapter& chapter, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "\n## {}\n\n", chapter.title);
  fmt::format_to(
      to, "| state | call | check | result | effect | clause |\n|---|---|---|---|---|---|\n");
  for (const WrittenRow& row : table.rows) {
    fmt::format_to(to, "| {} | {} | {} | {} | {} | {} |\n", StatesText(table, row),
                   fmt::join(row.events, ", "), CheckText(row), ResultText(row), EffectText(row),
                   row.clause);
  }
  for (const WrittenRow& row : table.rows) {
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

void WriteClauses(const Chapter& chapter, std::string* out) {
  *out += "\n| clause | says | sources | decides |\n|---|---|---|---|\n";
  for (const Clause& clause : chapter.clauses) {
    fmt::format_to(std::back_inserter(*out), "| {} | {} | {} | {} |\n", clause.id, clause.sentence,
                   clause.sources, clause.decides);
  }
}

}  // namespace

std::string ExportMarkdown() {
  std::string out = kPreface;
  const std::vector<TableText>& tables = Tables();
  for (size_t index = 0; index < tables.size(); ++index) {
    const Chapter& chapter = kChapters[index];
    WriteTable(tables[index], chapter, &out);
    WriteGlossary(tables[index], &out);
    WriteClauses(chapter, &out);
  }
  out +=
      "\n## Codes at a glance\n\nEvery code that a call can give in a state, once it has passed "
      "the "
      "entry gate.\n";
  for (size_t index = 0; index < tables.size(); ++index) WriteMatrix(tables[index], &out);
  return out;
}

}  // namespace backstop::model
