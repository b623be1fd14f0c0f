// SPDX-License-Identifier: MIT
#include "model/export/html/markup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "model/export/calls.h"
#include "model/export/check_text.h"
#include "model/export/differences.h"
#include "model/export/row_text.h"

namespace backstop::model::html {

namespace {

std::string JoinedHtml(const Check& check, std::string_view word, const Glossary& glossary);

std::string AtomHtml(const std::string& text, const Glossary& glossary) {
  const auto entry = glossary.find(text);
  if (entry == glossary.end()) return Escape(text);
  return fmt::format(R"(<a class="cond" href="#{}" title="{}">{}</a>)", Slug("cond", text),
                     Escape(entry->second), Escape(text));
}

std::string PartHtml(const Check& check, const Glossary& glossary) {
  switch (check.kind) {
    case Check::Kind::kAtom:
      return AtomHtml(check.text, glossary);
    case Check::Kind::kNot:
      return "<b>not</b> (" + PartHtml(check.parts.front(), glossary) + ")";
    case Check::Kind::kAll:
      return JoinedHtml(check, " <b>and</b> ", glossary);
    case Check::Kind::kAny:
      return "(" + JoinedHtml(check, " <b>or</b> ", glossary) + ")";
    default:
      return {};
  }
}

std::string JoinedHtml(const Check& check, std::string_view word, const Glossary& glossary) {
  std::string html;
  for (const Check& part : check.parts) {
    if (!html.empty()) html += word;
    html += PartHtml(part, glossary);
  }
  return html;
}

std::string RowHtml(const TableText& table, const WrittenRow& row) {
  std::string effect;
  if (!row.waits.empty()) effect = fmt::format("<i>waits for {}</i>", Escape(row.waits));
  if (!row.effect.empty()) effect += (effect.empty() ? "" : "; ") + Escape(row.effect);
  if (!row.target.empty()) {
    effect += fmt::format("{}<b class=\"to\">{}</b>", effect.empty() ? "" : "; ", row.target);
  }
  std::string note;
  if (!row.internal.empty()) {
    note = fmt::format(" <small>out of reach: {}</small>", Escape(row.internal));
  }
  return fmt::format(
      "<tr{}><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td><td class=\"id\">{}{}</td></tr>\n",
      DialectAttribute(row.dialect), Escape(StatesText(table, row)), CheckHtml(row, table.glossary),
      note, ResultHtml(row), effect, Link(row.clause, row.clause), Badge(row));
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string Link(std::string_view anchor, std::string_view text, std::string_view classes) {
  const std::string attribute = classes.empty() ? "" : fmt::format(R"( class="{}")", classes);
  return fmt::format(R"(<a{} href="#{}">{}</a>)", attribute, Escape(anchor), Escape(text));
}

std::string Slug(std::string_view prefix, std::string_view name) {
  std::string slug = std::string(prefix) + '-';
  for (const char c : name) {
    const bool word = std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (word) slug += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (!word && slug.back() != '-') slug += '-';
  }
  return slug;
}

std::string CallAnchor(std::string_view event) {
  const std::string_view call = CallOfEvent(event);
  return call.starts_with("Jet") ? std::string(call) : Slug("event", call);
}

std::string DialectAttribute(std::string_view dialect) {
  return dialect.empty() ? "" : fmt::format(R"( data-d="{}")", dialect);
}

std::string Badge(const WrittenRow& row) {
  const std::string_view dialect = row.dialect;
  if (dialect.empty()) return {};
  std::string badge = fmt::format(R"( <span class="badge {0}">{0}</span>)", dialect);
  if (!row.difference.empty()) badge += ' ' + LinkIds(row.difference);
  return badge;
}

std::string LinkIds(std::string_view ids) {
  std::string html;
  while (!ids.empty()) {
    const size_t end = std::min(ids.find(", "), ids.size());
    const std::string_view id = ids.substr(0, end);
    // Invariants have no entry.
    const bool known = FindClause(id) != nullptr || FindDifference(id) != nullptr;
    html += (html.empty() ? "" : ", ") + (known ? Link(id, id) : Escape(id));
    ids.remove_prefix(std::min(end + 2, ids.size()));
  }
  return html;
}

std::string CheckHtml(const WrittenRow& row, const Glossary& glossary) {
  return PartHtml(ParseCheck(row.check, glossary), glossary);
}

std::string_view ResultClass(const WrittenRow& row) {
  if (row.kind != ResultKind::kReturns) return "pass";
  return row.err == 0 ? "ok" : row.err > 0 ? "warn" : "err";
}

std::string ResultHtml(const WrittenRow& row) {
  if (row.kind != ResultKind::kReturns) {
    return fmt::format(R"(<span class="r pass">{}</span>)", ShortResult(row));
  }
  const std::string name = ShortResult(row);
  return fmt::format(R"(<a class="r {}" href="#{}">{} <small>{}</small></a>)", ResultClass(row),
                     Escape(name), Escape(name), row.err);
}

std::string ChecksTable(const TableText& table, std::string_view event, std::string_view caption) {
  std::string out = fmt::format(
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">"
      "<table class=\"checks\"><caption>{0}</caption>\n<thead><tr>"
      "<th scope=\"col\">in state</th><th scope=\"col\">if</th><th scope=\"col\">returns</th>"
      "<th scope=\"col\">and then</th><th scope=\"col\">clause</th></tr></thead>\n<tbody>\n",
      Escape(caption));
  for (const WrittenRow& row : table.rows) {
    if (std::find(row.events.begin(), row.events.end(), event) != row.events.end()) {
      out += RowHtml(table, row);
    }
  }
  return out + "</tbody></table></div>\n";
}

}  // namespace backstop::model::html
