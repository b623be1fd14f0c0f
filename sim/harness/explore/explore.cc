// SPDX-License-Identifier: MIT
#include "sim/harness/explore/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>

#include "sim/harness/explore/journal.h"
#include "sim/harness/explore/round_runner.h"
#include "sim/harness/explore/scenario.h"
#include "sim/scheduler/explore/split_search.h"

namespace backstop::harness {
namespace {

using Stop = std::function<bool()>;
using Tell = std::function<void(const ExploreStatus&)>;

/// Parts of a round handed out at a time, so that the state file keeps up.
constexpr size_t kBatch = 32;

class Exploration {
 public:
  Exploration(PartSearch& search, const ExploreOptions& options, const Stop& stop,
              const Tell& progress)
      : search_(search),
        options_(options),
        stop_(stop),
        progress_(progress),
        split_(options.shared, options.runs_a_part) {}

  bool Open(const Program& program) {
    if (options_.state_file.empty()) return true;
    const std::string what =
        fmt::format("backstop-explore 2\nbuild {}\nshared {}\nruns {}\n{}", options_.build,
                    options_.shared, options_.runs_a_part, ProgramText(program));
    return journal_.Open(options_.state_file, what, &known_, &result_.error);
  }

  ExploreResult Run() {
    for (;;) {
      const auto parts = split_.TakeRound();
      if (parts.empty()) break;
      std::vector<SearchedPart> results;
      if (!SearchAll(parts, &results)) break;
      std::vector<sched::SearchPartResult> tree;
      for (SearchedPart& part : results) tree.push_back(std::move(part.result));
      split_.Finish(tree);
    }
    return result_;
  }

  /// In one piece, not resumable.
  ExploreResult RunWhole() {
    SearchedPart part;
    ExploreStatus& status = result_.status;
    const auto stop = [&, first = search_.runs()] {
      status.executions = search_.runs() - first;
      progress_(status);
      return stop_();
    };
    const bool cached = options_.strategy == ExploreStrategy::kCached;
    if (!(cached ? search_.SearchCached(stop, &part) : search_.SearchEvery(stop, &part))) {
      End(ExploreEnd::kNotSetUp, search_.error());
      return result_;
    }
    status.executions = 0;
    if (!part.ended) End(ExploreEnd::kStopped, "");
    Take(part);
    return result_;
  }

  ExploreResult& result() { return result_; }

  void Take(const SearchedPart& part) {
    ExploreStatus& status = result_.status;
    if (part.ended) ++status.parts;
    status.executions += part.result.counts.executions;
    status.states += part.result.counts.states;
    traces_.insert(part.traces.begin(), part.traces.end());
    status.classes = traces_.size();
    status.redundant = status.executions - status.classes;
    result_.races.insert(part.races.begin(), part.races.end());
    if (!part.found || result_.found) return;
    result_.found = part.found;
    result_.end = ExploreEnd::kViolation;
  }

 private:
  /// False if the search ends here.
  bool SearchAll(const std::vector<sched::SearchPart>& parts, std::vector<SearchedPart>* results) {
    while (results->size() < parts.size() && next_known_ < known_.size()) {
      results->push_back(std::move(known_[next_known_++]));
      ++result_.status.resumed;
      Take(results->back());
      if (result_.found) return false;
    }
    while (results->size() < parts.size()) {
      const auto begin = parts.begin() + static_cast<std::ptrdiff_t>(results->size());
      const auto left = static_cast<size_t>(parts.end() - begin);
      const std::vector<sched::SearchPart> batch(
          begin, begin + static_cast<std::ptrdiff_t>(std::min(kBatch, left)));
      if (!SearchBatch(batch, results)) return false;
    }
    return true;
  }

  bool SearchBatch(const std::vector<sched::SearchPart>& batch,
                   std::vector<SearchedPart>* results) {
    SearchedRound searched = SearchRound(search_, batch, options_.jobs, stop_);
    for (SearchedPart& part : searched.parts) {
      Take(part);
      if (journal_.is_open() && !journal_.Append(part)) {
        return End(ExploreEnd::kBadState, options_.state_file + ": cannot be written");
      }
      results->push_back(std::move(part));
    }
    for (const SearchedPart& part : searched.rest) Take(part);
    progress_(result_.status);
    if (result_.found) return false;
    switch (searched.end) {
      case RoundEnd::kDone:
        return true;
      case RoundEnd::kStopped:
        return End(ExploreEnd::kStopped, "");
      case RoundEnd::kNotSetUp:
        return End(ExploreEnd::kNotSetUp, search_.error());
      case RoundEnd::kCrashed:
        break;
    }
    return End(ExploreEnd::kCrashed, "a process of the search ended by itself");
  }

  bool End(ExploreEnd end, std::string error) {
    result_.end = end;
    result_.error = std::move(error);
    return false;
  }

  PartSearch& search_;
  const ExploreOptions& options_;
  const Stop& stop_;
  const Tell& progress_;
  sched::SplitSearch split_;
  Journal journal_;
  std::vector<SearchedPart> known_;
  size_t next_known_ = 0;
  boost::unordered_flat_set<uint64_t> traces_;
  ExploreResult result_;
};

}  // namespace

ExploreResult Explore(PartSearch& search, const Program& program, const ExploreOptions& options,
                      const Stop& stop, const Tell& progress) {
  Exploration exploration(search, options, stop, progress);
  if (options.strategy != ExploreStrategy::kDpor) return exploration.RunWhole();
  if (!exploration.Open(program)) {
    exploration.result().end = ExploreEnd::kBadState;
    return exploration.result();
  }
  return exploration.Run();
}

}  // namespace backstop::harness
