// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <iterator>

#include "model/export/diagram.h"

namespace backstop::model {

namespace {

/// Text that cannot end a label: Mermaid has no quoting in transitions, only entities.
std::string Plain(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == ';') plain += "#59;";
    if (c == ':') plain += "#58;";
    if (c == '"') plain += "#34;";
    if (c != ';' && c != ':' && c != '"') plain += c;
  }
  return plain;
}

std::string Lines(const std::vector<DiagramLabel>& labels) {
  std::string lines;
  for (const DiagramLabel& label : labels) {
    lines += (lines.empty() ? "" : "<br/>") + Plain(LabelText(label));
  }
  return lines;
}

/// What stays is a line inside the state: loops would lie across the other edges.
void WriteState(const DiagramState& state, size_t region, size_t index, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "    state \"{}\" as r{}_{}\n", Plain(state.name), region, index);
  if (state.stays.empty()) return;
  fmt::format_to(to, "    r{}_{} : {}\n", region, index, Plain(LoopText(state)));
}

void WriteDiagram(const Diagram& diagram, size_t region, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "  state \"{}\" as r{} {{\n    direction TB\n", Plain(diagram.title), region);
  for (size_t index = 0; index < diagram.states.size(); ++index) {
    WriteState(diagram.states[index], region, index, out);
  }
  fmt::format_to(to, "    [*] --> r{}_0\n", region);
  for (const DiagramEdge& edge : diagram.edges) {
    fmt::format_to(to, "    r{0}_{1} --> r{0}_{2} : {3}\n", region, edge.from, edge.to,
                   Lines(edge.labels));
  }
  *out += "  }\n";
}

}  // namespace

std::string ExportMermaid(const Reference& reference) {
  std::string out = "stateDiagram-v2\n";
  const std::vector<Diagram> diagrams = DiagramsOf(reference);
  for (size_t index = 0; index < diagrams.size(); ++index) {
    WriteDiagram(diagrams[index], index, &out);
  }
  return out;
}

}  // namespace backstop::model
