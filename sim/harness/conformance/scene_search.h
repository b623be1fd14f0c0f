// SPDX-License-Identifier: MIT
// Breadth-first search of one scene: the first way to a goal is the shortest there.
#pragma once

#include <bitset>
#include <boost/unordered/unordered_flat_set.hpp>
#include <functional>
#include <vector>

#include "sim/harness/conformance/goal_book.h"
#include "sim/harness/conformance/scenes.h"
#include "sim/harness/conformance/walk.h"

namespace backstop::conformance {

/// Moves from the root of a scene; the last one reaches the goal.
using Way = std::vector<Move>;

/// Takes a way to a goal that had none as short; says whether it will do.
using TakeWay = std::function<bool(GoalKey key, const Goal& goal, const Way& way)>;

class SceneSearch {
 public:
  SceneSearch(const Scene& scene, model::Lifecycle& lifecycle, GoalBook& book, TakeWay take);

  /// Returns the number of positions.
  size_t Run();

 private:
  struct Node {
    Position position;
    uint32_t parent;
    uint16_t move;
    uint16_t depth;
  };
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    const std::vector<Node>* nodes;
    size_t operator()(const Position& position) const;
    size_t operator()(uint32_t node) const { return (*this)((*nodes)[node].position); }
  };
  struct Equal {
    using is_transparent = void;
    const std::vector<Node>* nodes;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(const Position& a, uint32_t b) const;
    bool operator()(uint32_t a, const Position& b) const { return (*this)(b, a); }
  };

  /// Whether the move was made; `next` is where it leads.
  bool Make(uint32_t from, const Move& move, uint8_t number, Position* next);
  void Look(uint32_t from, const Move& move);
  /// What else a call shows that is one event.
  void LookCloser(uint32_t from, const Move& move, const Position& next);
  /// The calls refused here that others of their kind would not have been.
  void LookAtRefusals(uint32_t from);
  bool Take(uint32_t from, const Move& move, GoalKey key, const Goal& goal);
  void Go(uint32_t from, uint16_t move);
  Way WayTo(uint32_t node) const;

  const Scene& scene_;
  const model::Dialect& dialect_;
  Walk walk_;
  GoalBook& book_;
  TakeWay take_;
  std::vector<Event> events_;
  std::vector<std::pair<GoalKey, Goal>> goals_;
  std::vector<Node> nodes_;
  // Of the position that is being looked at.
  std::bitset<model::kOpCount> effective_;  ///< calls that change something there
  struct Refusal {
    model::Op op;
    Move move;
    GoalKey key;
    Goal goal;
  };
  std::vector<Refusal> refusals_;
  boost::unordered_flat_set<uint32_t, Hash, Equal> index_;
};

}  // namespace backstop::conformance
