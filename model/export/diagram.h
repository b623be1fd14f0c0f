// SPDX-License-Identifier: MIT
// A state diagram of one region: what moves it, with everything that stays in a state merged.
#pragma once

#include <string>
#include <vector>

#include "model/export/reference.h"

namespace backstop::model {

/// What may move the state, as a short label.
struct DiagramLabel {
  std::string text;     ///< "Term decides", "OpenFile fails"
  std::string dialect;  ///< "strict" or "ese" if it moves the state in that dialect only
};

struct DiagramEdge {
  size_t from = 0, to = 0;  ///< indices of states
  std::vector<DiagramLabel> labels;
};

struct DiagramState {
  std::string name;
  std::vector<std::string> stays;  ///< events that may leave the state as it is, short
};

struct Diagram {
  std::string title;
  std::vector<DiagramState> states;
  std::vector<DiagramEdge> edges;
};

/// One diagram for each set of states; the tables that share one are drawn together. Tables whose
/// rows move nothing, and the entry gate, are left out.
std::vector<Diagram> DiagramsOf(const Reference& reference);

/// "JetInit" for one, "12 calls" for many: the label of the loop at a state.
std::string LoopText(const DiagramState& state);
/// The label with its dialect in parentheses.
std::string LabelText(const DiagramLabel& label);

/// A digraph for Graphviz, a cluster for each diagram.
std::string ExportDot(const Reference& reference);
/// A stateDiagram-v2 for Mermaid, a composite state for each diagram.
std::string ExportMermaid(const Reference& reference);

}  // namespace backstop::model
