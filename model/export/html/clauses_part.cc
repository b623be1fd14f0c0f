// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "model/export/calls.h"
#include "model/export/html/markup.h"
#include "model/export/html/parts.h"
#include "model/export/row_text.h"

namespace backstop::model::html {

namespace {

std::string EventLinks(const TableText& table, const WrittenRow& row) {
  std::vector<std::string> links;
  for (const std::string& event : row.events) {
    links.push_back(Link(IsGate(table) ? Slug("door", event) : CallAnchor(event), event));
  }
  return fmt::format("{}", fmt::join(links, ", "));
}

void WriteRow(const TableText& table, const WrittenRow& row, std::string* out) {
  const std::string check = CheckHtml(row, table.glossary);
  fmt::format_to(std::back_inserter(*out), "<li{}>{} in <i>{}</i>{}{}: {}{}</li>\n",
                 DialectAttribute(row.dialect), EventLinks(table, row),
                 Escape(StatesText(table, row)), check.empty() ? "" : ", if ", check,
                 ResultHtml(row), Badge(row));
}

void WriteClause(const TableText& table, const Clause& clause, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to,
                 "<article class=\"entry clause\" id=\"{0}\" tabindex=\"-1\"><h4>{0}</h4>\n"
                 "<p>{1}</p>\n<p class=\"meta\"><cite>{2}</cite>",
                 clause.id, Escape(clause.sentence), Escape(clause.sources));
  if (!clause.decides.empty()) fmt::format_to(to, " · decides {}", LinkIds(clause.decides));
  *out += "</p>\n<ul>\n";
  for (const WrittenRow& row : table.rows) {
    if (row.clause == clause.id) WriteRow(table, row, out);
  }
  *out += "</ul></article>\n";
}

}  // namespace

std::string ClausesSection(const Reference& reference) {
  std::string out = "<section id=\"clauses\"><h2>Clauses</h2>\n";
  for (const Section& section : reference.sections) {
    fmt::format_to(std::back_inserter(out), "<h3 id=\"{}\">{}</h3>\n",
                   Slug("clauses", section.table.name), Escape(section.title));
    for (const Clause& clause : section.clauses) WriteClause(section.table, clause, &out);
  }
  return out + "</section>\n";
}

}  // namespace backstop::model::html
