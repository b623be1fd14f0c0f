// SPDX-License-Identifier: MIT
// Breadth-first search of one scene.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <vector>

#include "model/explore/doors.h"
#include "model/explore/explore.h"

namespace backstop::model {

class SceneSearch {
 public:
  SceneSearch(const ExploreOptions& options, const Scene& scene, Lifecycle& lifecycle,
              ExploreResult* result);

  void Run();

 private:
  static constexpr uint32_t kRoot = ~uint32_t{0};

  struct Origin {
    uint32_t parent;
    uint16_t letter;
    uint16_t depth;
  };

  /// States are kept once, in order of discovery; the index holds their numbers.
  struct StateHash {
    using is_transparent = void;
    using is_avalanching = void;
    const std::vector<Position>* states;
    size_t operator()(const Position& state) const;
    size_t operator()(uint32_t state) const { return (*this)((*states)[state]); }
  };
  struct StateEqual {
    using is_transparent = void;
    const std::vector<Position>* states;
    bool operator()(uint32_t a, uint32_t b) const { return a == b; }
    bool operator()(const Position& a, uint32_t b) const;
    bool operator()(uint32_t a, const Position& b) const { return (*this)(b, a); }
  };

  void Discover(const Position& state, Origin origin);
  void Expand(uint32_t from);
  /// Every letter of the door, in the state at hand. The gate is asked once.
  void TryDoor(Door& door);
  /// The letters of a door that the gate has closed: all of them react as `reaction`.
  void TryClosed(Door& door, unsigned slot, const Reaction& reaction);
  void TryKey(Key& key, unsigned slot, RowId gate_row);
  /// One letter by itself, gate and all: what the doors save, for comparison.
  void TryPlainly(Key& key);
  void Judge(Key& key, unsigned slot, const Reaction& reaction, bool touched);
  void Follow(const Key& key, unsigned slot, const Reaction& reaction);
  void CheckStep(const std::vector<const StepInvariant*>& invariants, const StepView& step,
                 const Letter& letter);
  void CountChecks();
  bool IsFirstOfItsKind(const std::string& rule, const std::string& text) const;
  /// `last_letter` is the event that was tried in `state`, or none.
  void Report(std::string rule, std::string text, uint32_t state, const Letter* last_letter);

  const ExploreOptions& options_;
  const Scene& scene_;
  Lifecycle& lifecycle_;
  ExploreResult* result_;
  const bool strict_;
  ExploreScene summary_;
  std::vector<Door> doors_;
  std::vector<Position> states_;
  std::vector<Origin> origins_;
  boost::unordered_flat_set<uint32_t, StateHash, StateEqual> index_;
  // The state that is being expanded, and the one that a letter is applied to: equal between
  // letters.
  uint32_t from_ = 0;
  Position here_;
  Position next_;
};

}  // namespace backstop::model
