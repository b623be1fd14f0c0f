// SPDX-License-Identifier: MIT
#include "sim/harness/replay_search.h"

#include "sim/harness/replay_edits.h"
#include "sim/harness/schedule.h"

namespace backstop::harness {
namespace {

constexpr unsigned kReach = 12;
constexpr uint64_t kSeed = 1;

/// Tries schedules one by one.
class Search {
 public:
  Search(Runner& runner, Checker& checker, const Program& program, const std::string& rule)
      : runner_(runner), checker_(checker), program_(program), rule_(rule) {}

  bool Fails(sched::Strategy& strategy) {
    ++result.schedules;
    const RunResult run = runner_.Run(program_, strategy);
    if (!run.set_up) return false;
    result.violation = checker_.Check(run, runner_.scheduler(), nullptr);
    if (result.violation && !rule_.empty() && result.violation->rule != rule_) {
      result.violation.reset();
    }
    return result.violation.has_value();
  }

  NearbyResult result;

 private:
  Runner& runner_;
  Checker& checker_;
  const Program& program_;
  const std::string& rule_;
};

}  // namespace

NearbyResult SearchNearby(Runner& runner, Checker& checker, const Program& program,
                          const std::string& rule, unsigned most) {
  const SplitAnswers answers = Split(runner.scheduler().decisions());
  const auto steps = static_cast<uint32_t>(runner.scheduler().steps());
  Search search(runner, checker, program, rule);
  SplitRecorded recorded;
  for (const SplitAnswers& neighbour : Neighbours(answers, kReach)) {
    // Half of what may be tried is left for drawn schedules.
    if (search.result.schedules >= most / 2) break;
    recorded.SetAnswers(neighbour);
    if (search.Fails(recorded)) return search.result;
  }
  Portfolio portfolio;
  for (uint32_t index = 0; search.result.schedules < most; ++index) {
    if (search.Fails(portfolio.Prepare(PortfolioSchedule(kSeed, index, steps)))) break;
  }
  return search.result;
}

}  // namespace backstop::harness
