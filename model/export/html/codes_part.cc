// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

#include "model/export/calls.h"
#include "model/export/html/markup.h"
#include "model/export/html/parts.h"

namespace backstop::model::html {

namespace {

/// Links to whatever gives a code, each once, in the order of the tables.
using Givers = std::map<Err, std::vector<std::string>, std::greater<>>;

Givers GiversOf(const Reference& reference) {
  Givers givers;
  for (const Section& section : reference.sections) {
    for (const WrittenRow& row : section.table.rows) {
      if (row.kind != ResultKind::kReturns) continue;
      std::vector<std::string>& links = givers[row.err];
      for (const std::string& event : row.events) {
        const std::string call(CallOfEvent(event));
        const std::string link =
            IsGate(section.table) ? Link(Slug("door", event), event) : Link(CallAnchor(call), call);
        if (std::ranges::find(links, link) == links.end()) links.push_back(link);
      }
    }
  }
  return givers;
}

}  // namespace

std::string CodesSection(const Reference& reference) {
  std::string out =
      "<section id=\"codes\"><h2>Codes</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"Codes\"><table class=\"codes\"><caption>Codes and the calls that give "
      "them</caption>\n<thead><tr><th scope=\"col\">code</th><th scope=\"col\">number</th>"
      "<th scope=\"col\">meaning</th><th scope=\"col\">from</th></tr></thead>\n<tbody>\n";
  for (const auto& [err, links] : GiversOf(reference)) {
    const CodeText code = DescribeCode(err);
    fmt::format_to(std::back_inserter(out),
                   "<tr class=\"entry\" id=\"{0}\" tabindex=\"-1\"><th scope=\"row\">{0}</th>"
                   "<td class=\"number\">{1}</td><td>{2}</td><td>{3}</td></tr>\n",
                   Escape(code.name), err, Escape(code.meaning), fmt::join(links, ", "));
  }
  return out + "</tbody></table></div></section>\n";
}

std::string ConditionsSection(const Reference& reference) {
  Glossary all;
  for (const Section& section : reference.sections) {
    all.insert(section.table.glossary.begin(), section.table.glossary.end());
  }
  std::string out =
      "<section id=\"conditions\"><h2>Conditions</h2>\n<p>Checks that have a name.</p>\n<dl>\n";
  for (const auto& [name, definition] : all) {
    fmt::format_to(std::back_inserter(out), "<dt id=\"{}\">{}</dt><dd>{}</dd>\n",
                   Slug("cond", name), Escape(name), Escape(definition));
  }
  return out + "</dl></section>\n";
}

}  // namespace backstop::model::html
