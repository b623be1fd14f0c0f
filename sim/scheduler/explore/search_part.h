// SPDX-License-Identifier: MIT
// A systematic search cut into parts that can be searched one after another or side by side.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/scheduler/access.h"

namespace backstop::sched {

/// A task whose next step need not be searched from a state, and what the step touches.
struct Sleeper {
  TaskId task = kNoTask;
  std::vector<Access> step;
};

/// The runs that begin with the steps of `path`. The nodes of the search tree above `shared` belong
/// to the whole search: what a part finds out about them it reports. The default is everything.
/// After `runs` runs the part ends early: it gives back what it has not searched, as wishes.
struct SearchPart {
  std::vector<TaskId> path;
  std::vector<Sleeper> sleepers;  ///< in the state before the last step of `path`
  std::vector<TaskId> plan;       ///< who is to go on after `path`, as far as possible
  uint32_t shared = 0;
  uint64_t runs = 0;  ///< 0: no bound
};

struct SearchCounts {
  uint64_t executions = 0;
  uint64_t redundant = 0;  ///< runs that were seen to repeat another before their end
  uint64_t states = 0;     ///< of the search tree, each reached by a sequence of steps of its own
  friend bool operator==(const SearchCounts&, const SearchCounts&) = default;
};

struct SearchPartResult {
  /// A shared state that the part came to first, after `path`.
  struct Node {
    uint32_t enabled = 0;
    TaskId chosen = kNoTask;
    std::vector<Sleeper> sleepers;
  };
  /// One of `initials` has to be tried in the state after `depth` steps, and if none of them is
  /// yet, the first of `plan`, then the others.
  struct Wish {
    uint32_t depth = 0;
    uint32_t initials = 0;
    std::vector<TaskId> plan;
  };

  SearchCounts counts;
  std::vector<Node> nodes;
  /// What the last step of `path` and the chosen steps of `nodes` touch.
  std::vector<std::vector<Access>> steps;
  std::vector<Wish> wishes;
};

}  // namespace backstop::sched
