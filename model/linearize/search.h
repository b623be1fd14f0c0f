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
  explicit LinearizationSearch(const LinearizeOptions& options)
      : options_(options), lifecycle_(*options.dialect) {}

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
    uint8_t progress = 0;       ///< of the call before this event
    uint8_t reached = 0;        ///< and after it
    bool failing = false;       ///< this event took the branch in which the environment refuses
    bool failing_next = false;  ///< the other branch of the environment is to be tried next
    Reaction reaction;
  };

  /// What it takes to do an event again.
  struct Event {
    uint32_t call;
    uint8_t progress;
    bool failing;
    bool last;
  };

  Verdict Search(const Snapshot& initial);
  void Start(const Snapshot& initial);
  /// Takes the next event that fits; false if none is left at this place.
  bool Advance();
  bool Try(Step* step, bool failing);
  bool Fits(Step& step, const HistoryCall& call, Stage stage, bool failing);
  bool IsReleased(const HistoryCall& call);
  void Take(const Step& step);
  bool NextCandidate(Step* step);
  void Backtrack();
  bool IsKnownDeadEnd() const;
  uint64_t ConfigurationKey() const;
  std::vector<Event> EventsSoFar() const;
  /// Does the events again, this time with all that a reader wants to see.
  std::vector<OrderedEvent> Retrace(const Snapshot& initial, const std::vector<Event>& events);
  void RememberLongest();
  void Report(const Snapshot& initial, Verdict verdict, LinearizeResult* result);
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

  std::vector<Event> longest_;
  size_t longest_completed_ = 0;
  Snapshot longest_state_;
  std::optional<uint32_t> culprit_;  ///< set in the second search, after a violation
  std::vector<Reaction> allowed_;
};

}  // namespace backstop::model
