// SPDX-License-Identifier: MIT
// Searches a part of all runs of a program on the engine and judges each run.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/harness/checker.h"
#include "sim/harness/runner.h"
#include "sim/scheduler/explore/follow.h"
#include "sim/scheduler/explore/search_part.h"

namespace backstop::harness {

/// A run that fails.
struct FoundRun {
  std::string rule;
  std::string text;
  sched::StepList steps;
};

struct SearchedPart {
  sched::SearchPartResult result;
  std::vector<uint64_t> traces;   ///< fingerprints, one a run that was not cut
  std::optional<FoundRun> found;  ///< ends the part
  std::set<std::string> races;    ///< data races of its runs, as text
  bool ended = true;              ///< false if the part was given up
};

class PartSearch {
 public:
  PartSearch(const JetApi& api, Program program);

  /// `stop`, asked between runs, gives the part up. False if the engine cannot be brought to the
  /// starting situation, see error().
  bool Search(const sched::SearchPart& part, const std::function<bool()>& stop,
              SearchedPart* searched);

  /// Every run, by plain enumeration. Counts runs and states in `searched->result`.
  bool SearchEvery(const std::function<bool()>& stop, SearchedPart* searched);

  /// The same, but from no state twice.
  bool SearchCached(const std::function<bool()>& stop, SearchedPart* searched);

  /// Makes the run of a list of steps. The runner's decisions afterwards are those of the run.
  RunResult Make(const sched::StepList& steps);

  Runner& runner() { return runner_; }
  const std::string& error() const { return runner_.error(); }
  uint64_t runs() const { return runs_; }

 private:
  void Judge(const RunResult& run, const sched::HappensBefore& order, SearchedPart* searched);

  const Program program_;
  Runner runner_;
  Checker checker_;
  uint64_t runs_ = 0;
};

}  // namespace backstop::harness
