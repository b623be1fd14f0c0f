// SPDX-License-Identifier: MIT
// Breadth-first search of one scene.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <vector>

#include "model/explore/alphabet.h"
#include "model/explore/explore.h"
#include "model/explore/invariants.h"

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
  void Try(uint32_t from, uint16_t letter);
  void CountRows(const Reaction& reaction);
  /// `last_letter` is the event that was tried in `state`, or none.
  void Report(std::string rule, std::string text, uint32_t state, const Letter* last_letter);

  const ExploreOptions& options_;
  const Scene& scene_;
  Lifecycle& lifecycle_;
  ExploreResult* result_;
  ExploreScene summary_;
  std::vector<Outcome> outcomes_;  ///< by letter: what the engine is made to report
  std::vector<Position> states_;
  std::vector<Origin> origins_;
  boost::unordered_flat_set<uint32_t, StateHash, StateEqual> index_;
};

}  // namespace backstop::model
