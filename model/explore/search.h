// SPDX-License-Identifier: MIT
// Breadth-first search of one scene.
#pragma once

#include <cstdint>
#include <vector>

#include "model/explore/doors.h"
#include "model/explore/explore.h"
#include "model/explore/state_store.h"

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

  /// What a letter leads to; Discover looks which of it is new.
  void Offer(const Position& state, Origin origin);
  void Discover();
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
  void Ask(Asked* asked, const StepView& step, const Letter& letter);
  void CountChecks();
  void AddChecks(const Asked& asked);
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
  ChecksOfOps checks_;
  StateStore states_;
  std::vector<Origin> origins_;  ///< by number of the state
  std::vector<Origin> offered_;
  // The state that is being expanded, and the one that a letter is applied to: equal between
  // letters.
  uint32_t from_ = 0;
  Position here_;
  Position next_;
};

}  // namespace backstop::model
