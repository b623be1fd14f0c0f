// SPDX-License-Identifier: MIT
// Every interleaving of one program on the engine, one run of each Mazurkiewicz trace, each judged
// as a campaign judges its runs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "sim/harness/explore/part_search.h"

namespace backstop::harness {

enum class ExploreStrategy : uint8_t {
  kDpor,    ///< source-DPOR with sleep sets
  kNaive,   ///< plain enumeration: what the others are held against
  kCached,  ///< enumeration that goes on from no state twice: another check of kDpor
};

struct ExploreOptions {
  ExploreStrategy strategy = ExploreStrategy::kDpor;
  unsigned jobs = 1;
  /// How the search is cut, see sched::SplitSearch; the tree depends on both, not on `jobs`.
  uint32_t shared = 40;
  uint64_t runs_a_part = 2000;
  std::string state_file;  ///< empty: cannot be resumed; kDpor only
  std::string build;       ///< a state file of another build is refused
};

enum class ExploreEnd : uint8_t {
  kComplete,
  kStopped,
  kViolation,
  kNotSetUp,
  kBadState,  ///< the state file cannot be used, see error
  kCrashed,   ///< a process of the search ended by itself
};

struct ExploreStatus {
  uint64_t executions = 0;
  uint64_t redundant = 0;  ///< runs that repeat another: cut short, or of a trace met before
  uint64_t classes = 0;    ///< Mazurkiewicz traces
  uint64_t states = 0;     ///< nodes of the search tree; kCached: distinct states
  uint64_t parts = 0;
  uint64_t resumed = 0;  ///< parts taken from the state file
};

struct ExploreResult {
  ExploreEnd end = ExploreEnd::kComplete;
  ExploreStatus status;
  std::optional<FoundRun> found;  ///< after kViolation
  std::set<std::string> races;    ///< data races met, whatever the end
  std::string error;
};

/// `stop` is asked between runs, `progress` told every now and then. The counts are of all runs
/// that were made, also of those in parts that were given up and are made again after a resumption.
ExploreResult Explore(PartSearch& search, const Program& program, const ExploreOptions& options,
                      const std::function<bool()>& stop,
                      const std::function<void(const ExploreStatus&)>& progress);

}  // namespace backstop::harness
