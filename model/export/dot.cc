// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "model/export/diagram.h"

namespace backstop::model {

namespace {

/// A quoted string of the DOT language.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

/// Labels one a line; "\n" is an escape of the DOT language, so it is joined after quoting.
std::string Lines(const std::vector<DiagramLabel>& labels) {
  std::string lines;
  for (const DiagramLabel& label : labels) {
    const std::string quoted = Quoted(LabelText(label));
    lines += (lines.empty() ? "" : "\\n") + quoted.substr(1, quoted.size() - 2);
  }
  return '"' + lines + '"';
}

void WriteState(const DiagramState& state, size_t cluster, size_t index, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "    s{}_{} [label={}];\n", cluster, index, Quoted(state.name));
  if (state.stays.empty()) return;
  fmt::format_to(to, "    s{0}_{1} -> s{0}_{1} [label={2}, tooltip={3}, style=dotted];\n", cluster,
                 index, Quoted(LoopText(state)),
                 Quoted(fmt::format("{}", fmt::join(state.stays, ", "))));
}

/// An edge that only one dialect has is dashed.
bool OfOneDialect(const DiagramEdge& edge) {
  for (const DiagramLabel& label : edge.labels) {
    if (label.dialect.empty() || label.dialect != edge.labels[0].dialect) return false;
  }
  return true;
}

void WriteDiagram(const Diagram& diagram, size_t cluster, std::string* out) {
  auto to = std::back_inserter(*out);
  fmt::format_to(to, "  subgraph cluster_{} {{\n    label={};\n", cluster, Quoted(diagram.title));
  for (size_t index = 0; index < diagram.states.size(); ++index) {
    WriteState(diagram.states[index], cluster, index, out);
  }
  for (const DiagramEdge& edge : diagram.edges) {
    fmt::format_to(to, "    s{0}_{1} -> s{0}_{2} [label={3}{4}];\n", cluster, edge.from, edge.to,
                   Lines(edge.labels), OfOneDialect(edge) ? ", style=dashed" : "");
  }
  *out += "  }\n";
}

}  // namespace

std::string ExportDot(const Reference& reference) {
  std::string out = R"(digraph backstop {
  graph [fontname="Helvetica", fontsize=14, labeljust=l, style=rounded, color=gray, nodesep=0.6, ranksep=0.7];
  node [fontname="Helvetica", fontsize=12, shape=box, style="rounded,filled", fillcolor="#eef3f8"];
  edge [fontname="Helvetica", fontsize=10, arrowsize=0.7];
)";
  const std::vector<Diagram> diagrams = DiagramsOf(reference);
  for (size_t index = 0; index < diagrams.size(); ++index) {
    WriteDiagram(diagrams[index], index, &out);
  }
  return out + "}\n";
}

}  // namespace backstop::model
