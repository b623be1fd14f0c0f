// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "model/export/differences.h"
#include "model/export/html/markup.h"
#include "model/export/html/parts.h"

namespace backstop::model::html {

namespace {

void WritePair(std::string_view term, std::string_view text, std::string_view cite,
               std::string* out) {
  if (text.empty()) return;
  fmt::format_to(std::back_inserter(*out), "<dt>{}</dt><dd>{}{}</dd>\n", term, Escape(text),
                 cite.empty() ? "" : fmt::format(" <cite>{}</cite>", Escape(cite)));
}

std::string_view FollowText(std::string_view follow) {
  if (follow == "document") return "strict follows the reference";
  if (follow == "source") return "strict follows the source";
  if (follow == "safety") return "strict does what is safe";
  return {};
}

void WriteDialects(const DifferenceText& text, std::string* out) {
  auto to = std::back_inserter(*out);
  if (!text.differs) {
    WritePair("followed", text.strict, "", out);
    *out += "</dl>\n";
    return;
  }
  *out += "</dl>\n<div class=\"pair\">";
  fmt::format_to(to, "<div data-d=\"strict\"><span class=\"badge strict\">strict</span> {}</div>",
                 Escape(text.strict));
  fmt::format_to(to, "<div data-d=\"ese\"><span class=\"badge ese\">ese</span> {}</div></div>\n",
                 Escape(text.ese));
}

void WriteDifference(const Reference& reference, const DifferenceText& text, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to,
                 "<article class=\"entry difference\" id=\"{0}\" tabindex=\"-1\">"
                 "<h4>{0} <span>{1}</span></h4>\n<dl>\n",
                 text.id, Escape(text.topic));
  WritePair("documented", text.documented, text.page, out);
  WritePair("original engine", text.original, text.cite, out);
  WriteDialects(text, out);
  const std::vector<std::string_view> clauses = ClausesOf(reference, text.id);
  const std::string_view follow = FollowText(text.follow);
  if (clauses.empty() && follow.empty()) return void(*out += "</article>\n");
  fmt::format_to(
      to, "<p class=\"meta\">{}{}{}</p></article>\n", follow,
      follow.empty() || clauses.empty() ? "" : " · ",
      clauses.empty() ? "" : "decided by " + LinkIds(fmt::format("{}", fmt::join(clauses, ", "))));
}

}  // namespace

std::string DifferencesSection(const Reference& reference) {
  std::string out =
      "<section id=\"differences\"><h2>Discrepancies</h2>\n"
      "<p>D: the reference and the source of the original engine disagree. C: recordings of it add "
      "or correct something. H: what its threads can do to each other.</p>\n";
  for (const bool differs : {true, false}) {
    out += differs ? "<h3 id=\"differ\">Where the dialects differ</h3>\n"
                   : "<h3 id=\"agree\">Where they agree</h3>\n";
    for (const DifferenceText& text : DifferenceTexts()) {
      if (text.differs == differs) WriteDifference(reference, text, &out);
    }
  }
  return out + "</section>\n";
}

}  // namespace backstop::model::html
