// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <iterator>

#include "model/export/calls.h"
#include "model/export/html/markup.h"
#include "model/export/html/parts.h"

namespace backstop::model::html {

namespace {

bool Knows(const TableText& table, std::string_view event) {
  for (const WrittenRow& row : table.rows) {
    for (const std::string& name : row.events) {
      if (name == event) return true;
    }
  }
  return false;
}

void WriteDoors(const CallEntry& call, std::string* out) {
  auto to = std::back_inserter(*out);
  *out += "<p class=\"meta\">";
  if (!call.door.empty()) {
    fmt::format_to(to, "Passes the entry gate as {}.", Link(Slug("door", call.door), call.door));
  }
  if (!call.legacy.empty()) {
    fmt::format_to(to, " Also called as <code>{}</code>", Escape(call.legacy));
    if (!call.legacy_door.empty() && call.legacy_door != call.door) {
      fmt::format_to(to, ", which passes it as {}",
                     Link(Slug("door", call.legacy_door), call.legacy_door));
    }
    *out += '.';
  }
  *out += "</p>\n";
}

void WriteCall(const Reference& reference, const CallEntry& call, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "<article class=\"entry\" id=\"{}\" tabindex=\"-1\"><h3>{}</h3>\n",
                 CallAnchor(call.name), Escape(call.name));
  WriteDoors(call, out);
  for (const std::string& event : call.events) {
    for (const Section& section : reference.sections) {
      if (!Knows(section.table, event)) continue;
      *out +=
          ChecksTable(section.table, event, call.events.size() == 1 ? "Checks of " + event : event);
    }
  }
  *out += "</article>\n";
}

}  // namespace

std::string GateSection(const Reference& reference) {
  std::string out =
      "<section id=\"gate\"><h2>Entry gate</h2>\n"
      "<p>What is tested before a call looks at its own arguments.</p>\n";
  for (const Section& section : reference.sections) {
    if (!IsGate(section.table)) continue;
    for (const std::string& door : EventsOf(section.table)) {
      fmt::format_to(std::back_inserter(out),
                     "<article class=\"entry\" id=\"{}\" tabindex=\"-1\"><h3>{}</h3>\n{}"
                     "</article>\n",
                     Slug("door", door), Escape(door),
                     ChecksTable(section.table, door, "Entry tests of " + door));
    }
  }
  return out + "</section>\n";
}

std::string CallsSection(const Reference& reference) {
  std::string out =
      "<section id=\"calls\"><h2>Calls</h2>\n"
      "<p>The checks of each call in their order: the first row that names the state, and whose "
      "check holds (or that has none), decides.</p>\n";
  for (const CallEntry& call : CallsOf(reference)) WriteCall(reference, call, &out);
  return out + "</section>\n";
}

}  // namespace backstop::model::html
