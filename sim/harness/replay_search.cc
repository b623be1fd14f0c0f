// SPDX-License-Identifier: MIT
#include "sim/harness/replay_search.h"

#include <map>
#include <string_view>
#include <vector>

#include "sim/harness/durability/power_cut.h"
#include "sim/harness/replay_edits.h"
#include "sim/harness/schedule.h"

namespace backstop::harness {
namespace {

constexpr unsigned kReach = 12;
/// What survives is drawn, too.
constexpr size_t kCutsAtOneOperation = 3;
constexpr uint64_t kSeed = 1;

/// Other answers whose power cut keeps as much, the nearest operations first, some for each.
std::vector<uint32_t> PowerCutsNear(uint32_t answer) {
  sched::Random random(answer);
  const PowerCutPlan plan = PlanOf(answer, &random);
  std::map<uint64_t, std::vector<uint32_t>> by_distance;
  for (uint32_t other = 1; other < kPowerCuts; ++other) {
    const PowerCutPlan planned = PlanOf(other, &random);
    if (planned.kept_of_eight != plan.kept_of_eight) continue;
    // Where operations were added the power has to fail later.
    const bool later = planned.at >= plan.at;
    const uint64_t distance = later ? 2 * (planned.at - plan.at) : 4 * (plan.at - planned.at) + 1;
    auto& same = by_distance[distance];
    if (same.size() < kCutsAtOneOperation) same.push_back(other);
  }
  std::vector<uint32_t> near;
  for (const auto& [distance, answers] : by_distance) {
    near.insert(near.end(), answers.begin(), answers.end());
  }
  return near;
}

/// Schedules with another power cut in place of each that was drawn.
std::vector<SplitAnswers> OtherPowerCuts(const SplitAnswers& answers,
                                         const std::vector<sched::Decision>& decisions) {
  std::vector<SplitAnswers> others;
  size_t draw = 0;
  for (const sched::Decision& decision : decisions) {
    if (decision.is_switch) continue;
    const size_t question = draw++;
    if (decision.answer == 0 || std::string_view(decision.label) != kPowerCutLabel) continue;
    for (const uint32_t answer : PowerCutsNear(decision.answer)) {
      others.push_back(answers);
      others.back().draws[question] = answer;
    }
  }
  return others;
}

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
  const std::vector<sched::Decision> decisions = runner.scheduler().decisions();
  const SplitAnswers answers = Split(decisions);
  const auto steps = static_cast<uint32_t>(runner.scheduler().steps());
  Search search(runner, checker, program, rule);
  SplitRecorded recorded;
  // Of each kind so many that something is left for the next.
  const auto try_some = [&](const std::vector<SplitAnswers>& others, unsigned until) {
    for (const SplitAnswers& other : others) {
      if (search.result.schedules >= until) return false;
      recorded.SetAnswers(other);
      if (search.Fails(recorded)) return true;
    }
    return false;
  };
  if (try_some(Neighbours(answers, kReach), most / 4)) return search.result;
  if (try_some(OtherPowerCuts(answers, decisions), most * 3 / 4)) return search.result;
  Portfolio portfolio;
  for (uint32_t index = 0; search.result.schedules < most; ++index) {
    if (search.Fails(portfolio.Prepare(PortfolioSchedule(kSeed, index, steps)))) break;
  }
  return search.result;
}

}  // namespace backstop::harness
