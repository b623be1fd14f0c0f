// SPDX-License-Identifier: MIT
// Explicit-state search of the specification: every call of an alphabet in every state that can be
// reached, breadth first, so that the shortest way to a finding is found.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/lifecycle.h"

namespace backstop::model {

struct ExploreProgress {
  const char* scene = "";
  uint64_t states = 0;  ///< of this scene so far
  uint64_t waiting = 0;
  uint64_t pairs = 0;
};

struct ExploreOptions {
  const Dialect* dialect = &kStrict;
  uint8_t databases = 2;        ///< at most kDatabaseSlots
  uint8_t logs = 2;             ///< generations to copy in a backup
  uint16_t database_pages = 4;  ///< size of a database stream
  uint16_t log_pages = 3;
  uint64_t max_states = 20'000'000;  ///< of one scene
  std::string scene;                 ///< explore this scene only; rows are then not judged
  size_t max_findings = 20;
  /// Ask the entry gate anew for every call and compare states after each: slow, for comparison.
  bool plain = false;
  /// Called now and then; may be empty.
  std::function<void(const ExploreProgress&)> progress;
  /// Seconds since some moment; may be empty. The search decides nothing by it.
  std::function<double()> clock;
};

/// Something that must not be, with the shortest way to it.
struct ExploreFinding {
  std::string rule;  ///< "unhandled", "row", or an invariant such as "INV-18"
  std::string text;
  std::string state;             ///< in which it happened, as Describe() has it
  std::vector<std::string> way;  ///< calls from a first state of the scene
};

struct ExploreScene {
  std::string name;
  double seconds = 0;  ///< measured by ExploreOptions::clock
  uint64_t states = 0;
  uint64_t letters = 0;
  uint64_t pairs = 0;    ///< (state, event) pairs tried
  uint64_t moves = 0;    ///< pairs that changed the state
  unsigned depth = 0;    ///< calls on the longest of the shortest ways
  bool complete = true;  ///< false if max_states or max_findings ended the search
};

/// How often an invariant was put to the test.
struct InvariantChecks {
  const char* id;
  const char* sentence;
  bool of_states;       ///< of every state; else of steps
  uint64_t checks = 0;  ///< 0 if it says nothing of this dialect
};

struct ExploreResult {
  std::vector<ExploreScene> scenes;
  std::vector<ExploreFinding> findings;  ///< empty: the specification holds
  std::vector<uint64_t> row_hits;        ///< by RowId
  /// Rows never taken that are tagged as out of reach of any public call.
  std::vector<RowId> internal_rows;
  std::vector<InvariantChecks> invariants;  ///< those of states, then those of steps

  uint64_t states() const;
  uint64_t pairs() const;
  uint64_t moves() const;
  bool complete() const;  ///< every scene was searched to its end
};

/// A result of these tables that has seen no scene yet.
ExploreResult EmptyResult(const Lifecycle& lifecycle);

/// Explores the specification, or the tables of `lifecycle`. Deterministic. Rows are judged only if
/// the tables are the specification and every scene is explored to its end.
ExploreResult Explore(const ExploreOptions& options);
ExploreResult Explore(const ExploreOptions& options, Lifecycle& lifecycle);

}  // namespace backstop::model
