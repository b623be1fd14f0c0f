// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <iterator>

#include "model/export/calls.h"
#include "model/export/html/markup.h"
#include "model/export/html/parts.h"
#include "model/export/matrix.h"
#include "model/export/row_text.h"

namespace backstop::model::html {

namespace {

/// "BackupAbortByServer": what all codes begin with is left out.
std::string BareName(std::string_view code) {
  for (const std::string_view prefix : {"JET_err", "JET_wrn"}) {
    if (code.starts_with(prefix)) return std::string(code.substr(prefix.size()));
  }
  return std::string(code);
}

std::string Chip(const CellResult& result) {
  const WrittenRow& row = *result.row;
  const Clause* clause = FindClause(row.clause);
  return fmt::format(R"(<li><a class="r {}" href="#{}" title="{}: {}">{}</a></li>)",
                     ResultClass(row), row.clause, Escape(ResultText(row)),
                     clause == nullptr ? "" : Escape(clause->sentence),
                     Escape(BareName(result.text)));
}

std::string List(const std::vector<CellResult>& cell, bool CellResult::*holds) {
  std::string chips;
  for (const CellResult& result : cell) {
    if (result.*holds) chips += Chip(result);
  }
  return chips.empty() ? "<li class=\"none\">not reached</li>" : chips;
}

/// One list where the dialects agree, else one for each.
std::string CellHtml(const std::vector<CellResult>& cell) {
  if (cell.empty()) return "<td class=\"none\">–</td>";
  const std::string strict = List(cell, &CellResult::strict);
  const std::string ese = List(cell, &CellResult::ese);
  if (strict == ese) return fmt::format("<td><ul>{}</ul></td>", strict);
  return fmt::format(
      "<td class=\"two\"><div><ul data-d=\"strict\">{}</ul><ul data-d=\"ese\">{}</ul></div></td>",
      strict, ese);
}

void WriteSection(const Section& section, std::string* out) {
  auto to = std::back_inserter(*out);
  const TableText& table = section.table;
  fmt::format_to(to,
                 "<h3 id=\"{0}\">{1}</h3>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
                 "aria-label=\"{1}, calls against states\"><table class=\"glance\">"
                 "<caption>{1}: what each call may return in each state</caption>\n<thead><tr>"
                 "<th scope=\"col\">call</th>",
                 Slug("glance", table.name), Escape(section.title));
  for (const std::string& state : table.states) {
    fmt::format_to(to, "<th scope=\"col\">{}</th>", Escape(state));
  }
  *out += "</tr></thead>\n<tbody>\n";
  for (const std::string& event : EventsOf(table)) {
    const std::string anchor = IsGate(table) ? Slug("door", event) : CallAnchor(event);
    fmt::format_to(to, "<tr><th scope=\"row\">{}</th>", Link(anchor, event));
    for (const std::string& state : table.states) *out += CellHtml(CellOf(table, event, state));
    *out += "</tr>\n";
  }
  *out += "</tbody></table></div>\n";
}

}  // namespace

std::string GlanceSection(const Reference& reference) {
  std::string out =
      "<section id=\"glance\"><h2>Codes at a glance</h2>\n"
      "<p>What a call may return in a state, in the order of its checks. A call passes the entry "
      "gate first; the other tables say what comes after it. Where the dialects differ a cell has "
      "a column for each.</p>\n";
  for (const Section& section : reference.sections) WriteSection(section, &out);
  return out + "</section>\n";
}

}  // namespace backstop::model::html
