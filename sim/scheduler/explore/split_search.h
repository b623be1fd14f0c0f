// SPDX-License-Identifier: MIT
// Puts a search together from parts: which parts there are does not depend on how many of them are
// searched at a time, nor on which is done first.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "sim/scheduler/explore/search_part.h"

namespace backstop::sched {

/// Use: take a round of parts, search each with a SourceDpor of its own in any order, hand their
/// results back in the order of the parts, until a round is empty.
class SplitSearch {
 public:
  /// How finely the search is cut. `shared`: depth of the tree above which states are shared.
  /// `runs`: after so many a part gives back what is left of it; 0: never.
  explicit SplitSearch(uint32_t shared, uint64_t runs = 0) : shared_(shared), runs_(runs) {}

  /// The next round. Its parts are numbered on from those of the rounds before.
  std::vector<SearchPart> TakeRound();
  /// The results of the round taken last.
  void Finish(const std::vector<SearchPartResult>& results);

  const SearchCounts& counts() const { return counts_; }
  uint64_t parts() const { return parts_; }

 private:
  struct Plan {
    TaskId task = kNoTask;
    std::vector<TaskId> then;
  };
  /// A shared state.
  struct Node {
    std::vector<TaskId> path;
    uint32_t enabled = 0;
    uint32_t backtrack = 0;
    std::vector<Sleeper> sleepers;
    std::deque<Plan> plans;  ///< to be searched, one after the other
    std::vector<std::pair<TaskId, size_t>> children;
  };
  struct Taken {
    size_t node = kNone;
    TaskId task = kNoTask;
  };
  static constexpr size_t kNone = static_cast<size_t>(-1);

  void Merge(const Taken& part, const SearchPartResult& result);
  size_t AddNode(size_t parent, TaskId task, const SearchPartResult::Node& from);
  size_t Child(size_t node, TaskId task) const;
  void Grant(const SearchPartResult::Wish& wish, const std::vector<size_t>& way);

  const uint32_t shared_;
  const uint64_t runs_;
  std::vector<Node> nodes_;
  std::vector<size_t> ready_;  ///< nodes that have plans, ascending
  std::vector<Taken> round_;
  bool begun_ = false;
  SearchCounts counts_;
  uint64_t parts_ = 0;
};

}  // namespace backstop::sched
