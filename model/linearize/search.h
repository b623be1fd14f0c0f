// SPDX-License-Identifier: MIT
// The search of a linearization: depth first, the call that returned first tried first, with a memo
// of the (events done, state) pairs from which no order was found.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/lifecycle.h"
#include "model/linearize/lanes.h"
#include "model/linearize/linearize.h"

namespace backstop::model {

class LinearizationSearch {
 public:
  explicit LinearizationSearch(const LinearizeOptions& options) : options_(options) {}

  LinearizeResult Run(const Snapshot& initial, const std::vector<HistoryCall>& history,
                      std::vector<RowId>* rows, std::vector<uint64_t>* states);

 private:
  /// One event on the way to the current state, and what was tried there instead of it.
  struct Step {
    Snapshot before;
    uint64_t done_before = 0;      ///< digest of the set of events done
    uint64_t tried_returned = 0;   ///< the candidate that is being tried
    uint32_t lane = Lanes::kNone;  ///< of that candidate
    uint32_t call = 0;
    bool entered = false;       ///< the call's first event was done before
    bool enters_only = false;   ///< this is the first event of two
    bool failing_next = false;  ///< the other branch of the environment is to be tried next
    Reaction reaction;
  };

  Verdict Search(const Snapshot& initial);
  void Start(const Snapshot& initial);
  /// Takes the next event that fits; false if none is left at this place.
  bool Advance();
  bool Try(Step* step, bool failing);
  bool NextCandidate(Step* step);
  void Backtrack();
  bool IsKnownDeadEnd() const;
  uint64_t ConfigurationKey() const;
  void RememberLongest();
  void Report(Verdict verdict, LinearizeResult* result);
  void ReportViolation(const Snapshot& initial, LinearizeResult* result);
  void CollectAllowed();
  std::optional<uint32_t> FirstReturnedBeyond(const std::vector<uint32_t>& taken) const;
  void CollectWitness(std::vector<RowId>* rows, std::vector<uint64_t>* states) const;

  LinearizeOptions options_;
  Lifecycle lifecycle_;
  const std::vector<HistoryCall>* history_ = nullptr;
  Lanes lanes_;
  Snapshot state_;
  uint64_t done_ = 0;
  std::vector<Step> steps_;  ///< only the first depth_ + 1 are in use
  size_t depth_ = 0;
  size_t completed_ = 0;
  uint64_t tried_ = 0;
  boost::unordered_flat_set<uint64_t> dead_ends_;

  std::vector<uint32_t> longest_;
  Snapshot longest_state_;
  std::optional<uint32_t> culprit_;  ///< set in the second search, after a violation
  std::vector<Reaction> allowed_;
};

}  // namespace backstop::model
