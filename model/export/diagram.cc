// SPDX-License-Identifier: MIT
#include "model/export/diagram.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "model/export/calls.h"

namespace backstop::model {

namespace {

/// What the rows of one event do between two states.
struct Move {
  std::string event;
  bool fails = true;
  bool strict = false;
  bool ese = false;
};

/// A diagram that is being drawn, with the names of the tables that share its states.
struct Sketch {
  Diagram diagram;
  std::vector<std::string> names;
  std::map<std::pair<size_t, size_t>, std::vector<Move>> moves;
};

void AddMove(const WrittenRow& row, const std::string& event, std::vector<Move>* moves) {
  auto move = std::ranges::find(*moves, event, &Move::event);
  if (move == moves->end()) move = moves->insert(move, Move{.event = event});
  move->fails &= row.kind == ResultKind::kReturns && row.err < 0;
  move->strict |= row.dialect != "ese";
  move->ese |= row.dialect != "strict";
}

void AddStay(const std::string& event, DiagramState* state) {
  const std::string text = ShortEvent(event);
  if (std::ranges::find(state->stays, text) == state->stays.end()) state->stays.push_back(text);
}

void AddRow(const TableText& table, const WrittenRow& row, Sketch* sketch) {
  if (!row.internal.empty()) return;
  const auto index = [&](const std::string& state) {
    return static_cast<size_t>(std::ranges::find(table.states, state) - table.states.begin());
  };
  for (const std::string& source : row.sources) {
    const size_t from = index(source);
    const size_t to = row.target.empty() ? from : index(row.target);
    if (from >= table.states.size() || to >= table.states.size()) continue;
    for (const std::string& event : row.events) {
      if (from == to) AddStay(event, &sketch->diagram.states[from]);
      if (from != to) AddMove(row, event, &sketch->moves[{from, to}]);
    }
  }
}

bool SameStates(const Sketch& sketch, const TableText& table) {
  return std::ranges::equal(sketch.diagram.states, table.states, {}, &DiagramState::name);
}

Sketch& SketchFor(const TableText& table, std::vector<Sketch>* sketches) {
  for (Sketch& sketch : *sketches) {
    if (SameStates(sketch, table)) return sketch;
  }
  Sketch sketch;
  for (const std::string& state : table.states) sketch.diagram.states.push_back({.name = state});
  return sketches->emplace_back(std::move(sketch));
}

DiagramLabel LabelOf(const Move& move) {
  return {.text = ShortEvent(move.event) + (move.fails ? " fails" : ""),
          .dialect = move.strict && move.ese ? ""
                     : move.strict           ? "strict"
                                             : "ese"};
}

bool MovesSomething(const TableText& table) {
  return std::ranges::any_of(table.rows, [](const WrittenRow& row) { return !row.target.empty(); });
}

Diagram Finish(Sketch sketch) {
  Diagram diagram = std::move(sketch.diagram);
  for (const std::string& name : sketch.names) {
    diagram.title += (diagram.title.empty() ? "" : " · ") + name;
  }
  for (const auto& [ends, moves] : sketch.moves) {
    DiagramEdge edge{.from = ends.first, .to = ends.second};
    for (const Move& move : moves) edge.labels.push_back(LabelOf(move));
    diagram.edges.push_back(std::move(edge));
  }
  return diagram;
}

}  // namespace

std::vector<Diagram> DiagramsOf(const Reference& reference) {
  std::vector<Sketch> sketches;
  for (const Section& section : reference.sections) {
    if (IsGate(section.table)) continue;
    Sketch& sketch = SketchFor(section.table, &sketches);
    if (MovesSomething(section.table)) sketch.names.emplace_back(section.title);
    for (const WrittenRow& row : section.table.rows) AddRow(section.table, row, &sketch);
  }
  std::vector<Diagram> diagrams;
  for (Sketch& sketch : sketches) {
    if (!sketch.moves.empty()) diagrams.push_back(Finish(std::move(sketch)));
  }
  return diagrams;
}

std::string LoopText(const DiagramState& state) {
  if (state.stays.size() == 1) return state.stays.front() + " stays";
  return fmt::format("{} calls stay", state.stays.size());
}

std::string LabelText(const DiagramLabel& label) {
  return label.dialect.empty() ? label.text : fmt::format("{} ({})", label.text, label.dialect);
}

}  // namespace backstop::model
