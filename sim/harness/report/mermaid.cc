// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "sim/harness/report/writers.h"

namespace backstop::report {
namespace {

/// Text that Mermaid takes as it is: no character that ends a message.
std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    if (c == ';' || c == '#')
      plain += ',';
    else if (c == '<' || c == '>')
      plain += '\'';
    else
      plain += c;
  }
  return plain;
}

struct Line {
  uint64_t time;
  std::string text;
};

}  // namespace

std::string MermaidDiagram(const Story& whole, size_t calls) {
  const Story story = Excerpt(whole, calls);
  std::string text = fmt::format("%% {}: {}\nsequenceDiagram\n", Plain(story.title), story.verdict);
  for (size_t lane = 0; lane < story.lanes.size(); ++lane) {
    text += fmt::format("  participant L{} as {}\n", lane, Plain(story.lanes[lane]));
  }
  text += "  participant E as engine\n";
  std::vector<std::string> states(story.calls.size());
  for (const StoryEvent& event : story.order) {
    if (event.call != kByItself && event.last) states[event.call] = event.state;
  }
  std::vector<Line> lines;
  for (size_t index = 0; index < story.calls.size(); ++index) {
    const StoryCall& call = story.calls[index];
    const bool blamed = story.culprit == index;
    lines.push_back({call.invoked, fmt::format("  L{}->>E: {} {}\n", call.lane, Plain(call.name),
                                               Plain(call.arguments))});
    if (!call.returned) {
      lines.push_back(
          {call.invoked, fmt::format("  Note over L{},E: never returned\n", call.lane)});
      continue;
    }
    std::string back =
        fmt::format("  E-->>L{}: {}{}\n", call.lane, blamed ? "!! " : "", Plain(call.result));
    if (!states[index].empty())
      back += fmt::format("  Note right of E: {}\n", Plain(states[index]));
    if (blamed) back += fmt::format("  Note over L{},E: !! {}\n", call.lane, Plain(story.reason));
    lines.push_back({*call.returned, back});
  }
  std::ranges::stable_sort(lines, {}, &Line::time);
  for (const Line& line : lines) text += line.text;
  return text;
}

}  // namespace backstop::report
