// SPDX-License-Identifier: MIT
// Draws a diagram with its states in one line: what leads forward passes above, what leads back
// passes below. Each edge is a step up, along and down, at a height where nothing else is.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <numeric>

#include "model/export/html/markup.h"
#include "model/export/html/parts.h"

namespace backstop::model::html {

namespace {

constexpr int kBoxWidth = 144;
constexpr int kBoxHeight = 46;
constexpr int kLine = 14;      // between the lines of a label
constexpr int kClear = 18;     // between an edge and what is above it
constexpr double kChar = 6.4;  // mean width of a character of a label

struct Route {
  const DiagramEdge* edge = nullptr;
  int from_x = 0, to_x = 0;
  int height = 0;  ///< of the horizontal part, away from the boxes
  bool forward() const { return edge->from < edge->to; }
  size_t low() const { return std::min(edge->from, edge->to); }
  size_t high() const { return std::max(edge->from, edge->to); }
  size_t span() const { return high() - low(); }
};

int LabelWidth(const DiagramEdge& edge) {
  size_t longest = 0;
  for (const DiagramLabel& label : edge.labels) {
    longest = std::max(longest, LabelText(label).size());
  }
  return static_cast<int>(static_cast<double>(longest) * kChar);
}

/// The gap between boxes takes the labels of the edges between neighbours.
int GapOf(const Diagram& diagram) {
  int gap = 60;
  for (const DiagramEdge& edge : diagram.edges) {
    const bool neighbours = std::max(edge.from, edge.to) - std::min(edge.from, edge.to) == 1;
    if (neighbours) gap = std::max(gap, LabelWidth(edge) - kBoxWidth / 2);
  }
  return gap;
}

class Drawing {
 public:
  Drawing(const Diagram& diagram, const std::string& id)
      : diagram_(diagram), id_(id), pitch_(kBoxWidth + GapOf(diagram)) {
    for (const DiagramEdge& edge : diagram.edges) routes_.push_back({.edge = &edge});
    std::ranges::stable_sort(routes_, {}, &Route::span);
    for (const bool forward : {true, false}) {
      for (size_t state = 0; state < diagram.states.size(); ++state) Attach(state, forward);
    }
    for (Route& route : routes_) route.height = HeightFor(route);
  }

  std::string Draw() const {
    const int above = Extent(true), below = Extent(false);
    const int width = static_cast<int>(diagram_.states.size()) * pitch_ - pitch_ + kBoxWidth + 2;
    std::string out = fmt::format(
        "<svg viewBox=\"-1 {} {} {}\" width=\"{}\" height=\"{}\" role=\"img\" "
        "aria-labelledby=\"{}\"><title id=\"{}\">{}</title>\n"
        "<defs><marker id=\"{}-tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"9\" "
        "markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path "
        "d=\"M0 0L8 4L0 8z\"/></marker>"
        "</defs>\n",
        -above, width, above + below, width, above + below, id_, id_,
        Escape("States: " + diagram_.title), id_);
    for (const Route& route : routes_) DrawRoute(route, &out);
    for (size_t index = 0; index < diagram_.states.size(); ++index) DrawState(index, &out);
    return out + "</svg>\n";
  }

 private:
  /// Where the edges of one side leave and reach a box: those that arrive from the left, the
  /// longer the further to the right, then those that leave to the right, the longer the further
  /// to the left. So no edge crosses the end of a shorter one.
  void Attach(size_t state, bool forward) {
    std::vector<int*> places;
    const auto take = [&](bool low_end, auto first, auto last) {
      for (auto route = first; route != last; ++route) {
        if (route->forward() != forward) continue;
        if ((low_end ? route->low() : route->high()) != state) continue;
        places.push_back(route->edge->from == state ? &route->from_x : &route->to_x);
      }
    };
    take(false, routes_.begin(), routes_.end());
    take(true, routes_.rbegin(), routes_.rend());
    const int left = static_cast<int>(state) * pitch_;
    for (size_t i = 0; i < places.size(); ++i) {
      *places[i] = left + kBoxWidth * static_cast<int>(i + 1) / static_cast<int>(places.size() + 1);
    }
  }

  std::pair<int, int> SpaceOf(const Route& route) const {
    const int middle = (route.from_x + route.to_x) / 2;
    const int half = std::max(std::abs(route.to_x - route.from_x), LabelWidth(*route.edge)) / 2;
    return {middle - half, middle + half};
  }

  static int TopOf(const Route& route) {
    return route.height + kLine * static_cast<int>(route.edge->labels.size());
  }

  /// Above every shorter edge of the same side that it passes over.
  int HeightFor(const Route& route) const {
    int height = kClear;
    const auto [left, right] = SpaceOf(route);
    for (const Route& other : routes_) {
      if (other.height == 0 || &other == &route || other.forward() != route.forward()) continue;
      const auto [other_left, other_right] = SpaceOf(other);
      if (left <= other_right && other_left <= right) {
        height = std::max(height, TopOf(other) + kClear);
      }
    }
    return height;
  }

  /// How far the drawing reaches above or below the middle of the boxes.
  int Extent(bool forward) const {
    int extent = kBoxHeight / 2 + 2;
    for (const Route& route : routes_) {
      if (route.forward() == forward) extent = std::max(extent, kBoxHeight / 2 + TopOf(route) + 6);
    }
    return extent;
  }

  std::string PathOf(const Route& route) const {
    constexpr int kRound = 8;
    const int side = route.forward() ? -1 : 1;
    const int edge_y = side * kBoxHeight / 2;
    const int far_y = edge_y + side * route.height;
    const int turn = route.to_x > route.from_x ? kRound : -kRound;
    return fmt::format("M{} {}V{}Q{} {} {} {}H{}Q{} {} {} {}V{}", route.from_x, edge_y,
                       far_y - side * kRound, route.from_x, far_y, route.from_x + turn, far_y,
                       route.to_x - turn, route.to_x, far_y, route.to_x, far_y - side * kRound,
                       edge_y);
  }

  void DrawRoute(const Route& route, std::string* out) const {
    auto to = std::back_inserter(*out);
    const std::vector<DiagramLabel>& labels = route.edge->labels;
    const bool alike = std::ranges::all_of(
        labels, [&](const DiagramLabel& label) { return label.dialect == labels[0].dialect; });
    fmt::format_to(to, "<g class=\"edge\"{}><path d=\"{}\" marker-end=\"url(#{}-tip)\"/>",
                   alike ? DialectAttribute(labels[0].dialect) : "", PathOf(route), id_);
    const int x = (route.from_x + route.to_x) / 2;
    const int line_y = (route.forward() ? -1 : 1) * (kBoxHeight / 2 + route.height);
    const int count = static_cast<int>(labels.size());
    const int first_y = route.forward() ? line_y - 5 - kLine * (count - 1) : line_y + kLine;
    for (int i = 0; i < count; ++i) {
      const DiagramLabel& label = labels[static_cast<size_t>(i)];
      fmt::format_to(to, "<text x=\"{}\" y=\"{}\"{}>{}</text>", x, first_y + kLine * i,
                     DialectAttribute(label.dialect), Escape(LabelText(label)));
    }
    *out += "</g>\n";
  }

  void DrawState(size_t index, std::string* out) const {
    const DiagramState& state = diagram_.states[index];
    const int left = static_cast<int>(index) * pitch_;
    std::string stays;
    for (const std::string& call : state.stays) stays += (stays.empty() ? "" : ", ") + call;
    fmt::format_to(std::back_inserter(*out),
                   "<g class=\"state\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" "
                   "height=\"{}\" rx=\"9\"/><text x=\"{}\" y=\"{}\">{}</text>"
                   "<text class=\"stays\" x=\"{}\" y=\"14\">{}</text></g>\n",
                   Escape(stays.empty() ? state.name : state.name + " stays after " + stays), left,
                   -kBoxHeight / 2, kBoxWidth, kBoxHeight, left + kBoxWidth / 2,
                   state.stays.empty() ? 4 : -2, Escape(state.name), left + kBoxWidth / 2,
                   state.stays.empty() ? "" : Escape(LoopText(state)));
  }

  const Diagram& diagram_;
  std::string id_;
  int pitch_;
  std::vector<Route> routes_;
};

}  // namespace

std::string DrawSvg(const Diagram& diagram, const std::string& id) {
  return Drawing(diagram, id).Draw();
}

std::string DiagramsSection(const Reference& reference) {
  std::string out =
      "<section id=\"diagrams\"><h2>Diagrams</h2>\n"
      "<p>What moves a state. Forward moves pass above, moves back pass below; calls that leave "
      "the state as it is are counted inside it.</p>\n";
  const std::vector<Diagram> diagrams = DiagramsOf(reference);
  for (size_t index = 0; index < diagrams.size(); ++index) {
    fmt::format_to(std::back_inserter(out),
                   "<figure id=\"diagram-{0}\"><figcaption>{1}</figcaption>"
                   "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{1}\">{2}"
                   "</div></figure>\n",
                   index, Escape(diagrams[index].title),
                   DrawSvg(diagrams[index], fmt::format("svg-{}", index)));
  }
  return out + "</section>\n";
}

}  // namespace backstop::model::html
