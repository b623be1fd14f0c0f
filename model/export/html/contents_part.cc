// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "model/export/calls.h"
#include "model/export/differences.h"
#include "model/export/html/markup.h"
#include "model/export/html/parts.h"

namespace backstop::model::html {

namespace {

using Json = nlohmann::json;

void AddCodes(const Reference& reference, Json* index) {
  std::set<Err, std::greater<>> codes;
  for (const Section& section : reference.sections) {
    for (const WrittenRow& row : section.table.rows) {
      if (row.kind == ResultKind::kReturns) codes.insert(row.err);
    }
  }
  for (const Err err : codes) {
    const CodeText code = DescribeCode(err);
    index->push_back({"code", fmt::format("{} {}", code.name, err), code.meaning, code.name});
  }
}

void AddCalls(const Reference& reference, Json* index) {
  for (const CallEntry& call : CallsOf(reference)) {
    index->push_back({"call", call.name, call.legacy, CallAnchor(call.name)});
  }
  for (const Section& section : reference.sections) {
    if (!IsGate(section.table)) continue;
    for (const std::string& door : EventsOf(section.table)) {
      index->push_back({"gate", door, "entry gate", Slug("door", door)});
    }
  }
}

void AddConditions(const Reference& reference, Json* index) {
  Glossary all;
  for (const Section& section : reference.sections) {
    all.insert(section.table.glossary.begin(), section.table.glossary.end());
  }
  for (const auto& [name, definition] : all) {
    index->push_back({"condition", name, definition, Slug("cond", name)});
  }
}

void AddItem(std::string_view anchor, std::string_view text, std::string* out) {
  fmt::format_to(std::back_inserter(*out), "<li>{}</li>\n", Link(anchor, text));
}

}  // namespace

std::string SearchIndex(const Reference& reference) {
  Json index = Json::array();
  AddCalls(reference, &index);
  AddCodes(reference, &index);
  for (const Section& section : reference.sections) {
    for (const Clause& clause : section.clauses) {
      index.push_back({"clause", clause.id, clause.sentence, clause.id});
    }
  }
  for (const DifferenceText& text : DifferenceTexts()) {
    index.push_back({"discrepancy", text.id, text.topic, text.id});
  }
  AddConditions(reference, &index);
  // Nothing in it may look like the end of the script that it stands in.
  std::string json = index.dump();
  for (size_t at = json.find('<'); at != json.npos; at = json.find('<', at)) {
    json.replace(at, 1, "\\u003c");
  }
  return json;
}

std::string Contents(const Reference& reference) {
  std::string out = "<nav aria-label=\"Contents\"><ul>\n";
  AddItem("about", "How to read this", &out);
  AddItem("glance", "Codes at a glance", &out);
  AddItem("diagrams", "Diagrams", &out);
  AddItem("gate", "Entry gate", &out);
  out += "<li>" + Link("calls", "Calls") + "<ul>\n";
  for (const CallEntry& call : CallsOf(reference)) AddItem(CallAnchor(call.name), call.name, &out);
  out += "</ul></li>\n<li>" + Link("clauses", "Clauses") + "<ul>\n";
  for (const Section& section : reference.sections) {
    AddItem(Slug("clauses", section.table.name), section.title, &out);
  }
  out += "</ul></li>\n<li>" + Link("differences", "Discrepancies") + "<ul>\n";
  AddItem("differ", "Where the dialects differ", &out);
  AddItem("agree", "Where they agree", &out);
  out += "</ul></li>\n";
  AddItem("codes", "Codes", &out);
  AddItem("conditions", "Conditions", &out);
  return out + "</ul></nav>\n";
}

std::string AboutSection() {
  return R"(<section id="about"><h2>How to read this</h2>
<p>This page is generated from the transition tables that the checks of Backstop run. The rows of one call are its checks in order: <b>the first row that names the state the instance is in, and whose check holds (or that has none), decides</b>. A call passes the entry gate first. Calls that are not atomic have a row of events each; calls of other threads may come between them. Where <i>the environment refuses</i> may stand, either outcome is allowed: an injected fault may strike or be survived, a file that may have been deleted may be gone or not.</p>
<p>There are two dialects. <span class="badge strict">strict</span> is the documented contract, with gaps filled from the source of the original engine. <span class="badge ese">ese</span> is what the original engine returns. What has no badge holds in both.</p>
<p class="screen">Press <kbd>/</kbd> to search, <kbd>j</kbd> and <kbd>k</kbd> to go from entry to entry, <kbd>d</kbd> to change the dialect, <kbd>?</kbd> for all keys.</p>
</section>
)";
}

}  // namespace backstop::model::html
