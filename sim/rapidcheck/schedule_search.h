// SPDX-License-Identifier: MIT
// Looks for a schedule under which a concurrent program fails, and makes the schedule simple.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/scheduler/explore/happens_before.h"
#include "sim/scheduler/recorded.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::parallel {

/// When a call of a branch began and returned, on one clock of the run.
struct CallTime {
  uint32_t invoked = 0;
  uint32_t returned = 0;
};
/// By branch, then call.
using CallTimes = std::vector<std::vector<CallTime>>;

struct SearchOptions {
  /// Exhaustive: one run of each Mazurkiewicz trace. Otherwise so many random runs (half of them
  /// random walks, half PCT).
  bool exhaustive = true;
  uint64_t max_runs = 20'000;   ///< also of an exhaustive search
  uint64_t seed = 1;            ///< of random runs
  uint64_t max_steps = 10'000;  ///< of a run; more are a livelock
};

struct FoundSchedule {
  std::string why;         ///< "not linearizable", "deadlock: ..."
  sched::Answers answers;  ///< leads to the failing run; as few switches as could be had
  uint64_t runs = 0;       ///< made until then
};

/// How a program is run and judged.
struct Subject {
  /// Resets the scheduler, spawns one task a branch and runs them. A task passes a point of the
  /// kind kInvoke before each call and calls BeginCall and EndCall around it.
  std::function<sched::RunStatus(sched::Scheduler&, sched::Strategy&)> run;
  /// The calls' times in that run.
  std::function<CallTimes()> times;
  /// What is wrong with the results of that run, had the calls had these times; empty if nothing.
  std::function<std::string(const CallTimes&)> judge;
};

class ScheduleSearch {
 public:
  explicit ScheduleSearch(SearchOptions options);

  std::optional<FoundSchedule> Find(const Subject& subject);
  /// What is wrong with the run that these answers lead to; empty if nothing.
  std::string Try(const Subject& subject, const sched::Answers& answers);
  /// Makes one run.
  void Rerun(const Subject& subject, sched::Strategy& strategy) {
    subject.run(scheduler_, strategy);
  }
  /// Of the last run.
  const sched::Scheduler& scheduler() const { return scheduler_; }
  /// Whether the last Find made every run that there is, up to swaps of steps that commute.
  bool complete() const { return complete_; }

 private:
  std::optional<FoundSchedule> FindExhaustively(const Subject& subject);
  std::optional<FoundSchedule> FindAtRandom(const Subject& subject);
  std::string Judge(const Subject& subject, sched::RunStatus status, const CallTimes& times) const;
  void MakeStrict(const Subject& subject, const sched::HappensBefore& order);
  FoundSchedule Simplify(const Subject& subject, std::string why, sched::Answers answers);

  const SearchOptions options_;
  sched::Scheduler scheduler_;
  bool complete_ = false;
  uint64_t runs_ = 0;
};

}  // namespace backstop::parallel
