// SPDX-License-Identifier: MIT
#include "sim/rapidcheck/schedule_search.h"

#include <algorithm>

#include "sim/scheduler/explore/follow.h"
#include "sim/scheduler/explore/source_dpor.h"
#include "sim/scheduler/explore/strict_order.h"
#include "sim/scheduler/pct.h"
#include "sim/scheduler/random_walk.h"

namespace backstop::parallel {
namespace {

using sched::Answers;
using sched::RunStatus;

/// The times of the calls in the real-time order of the trace that excuses least.
CallTimes StrictTimes(const sched::HappensBefore& order, CallTimes times) {
  const std::vector<uint32_t> places = sched::PlacesOf(sched::StrictOrder(order));
  std::vector<size_t> begun(times.size());
  for (size_t i = 0; i < order.steps().size(); ++i) {
    const sched::Step& step = order.steps()[i];
    size_t& call = begun[step.task];
    if (order.AccessesOf(step).front().kind == sched::PointKind::kInvoke) {
      times[step.task][call++].invoked = 2 * places[i];
    }
    if (call > 0) times[step.task][call - 1].returned = 2 * places[i] + 1;
  }
  return times;
}

/// Context switches and draws that are not the default.
size_t NonZero(const Answers& answers) {
  return answers.size() - static_cast<size_t>(std::count(answers.begin(), answers.end(), 0u));
}

std::string WaitsOf(const sched::Scheduler& scheduler) {
  std::string text;
  for (const sched::WaitInfo& wait : scheduler.waits()) {
    text += (text.empty() ? "" : "; ") + scheduler.TaskName(wait.task) + " waits at " +
            sched::PointKindName(wait.waits.kind) + " '" + scheduler.ObjectName(wait.waits.object) +
            "'";
    if (wait.holder != sched::kNoTask) text += " held by " + scheduler.TaskName(wait.holder);
  }
  return text;
}

}  // namespace

ScheduleSearch::ScheduleSearch(SearchOptions options)
    : options_(options), scheduler_({.max_steps = options.max_steps, .log = true}) {}

std::string ScheduleSearch::Judge(const Subject& subject, RunStatus status,
                                  const CallTimes& times) const {
  if (status == RunStatus::kDeadlock) return "deadlock: " + WaitsOf(scheduler_);
  if (status == RunStatus::kNoProgress) return "no progress: " + WaitsOf(scheduler_);
  return subject.judge(times);
}

std::string ScheduleSearch::Try(const Subject& subject, const Answers& answers) {
  sched::Recorded recorded(answers);
  ++runs_;
  const RunStatus status = subject.run(scheduler_, recorded);
  return Judge(subject, status, subject.times());
}

std::optional<FoundSchedule> ScheduleSearch::Find(const Subject& subject) {
  runs_ = 0;
  complete_ = false;
  return options_.exhaustive ? FindExhaustively(subject) : FindAtRandom(subject);
}

std::optional<FoundSchedule> ScheduleSearch::FindExhaustively(const Subject& subject) {
  sched::SourceDpor dpor;
  for (bool more = true; more;) {
    if (runs_++ >= options_.max_runs) return std::nullopt;
    const RunStatus status = subject.run(scheduler_, dpor);
    CallTimes times = subject.times();
    more = dpor.Next(scheduler_);
    if (dpor.cut()) continue;
    if (status == RunStatus::kCompleted) times = StrictTimes(dpor.order(), std::move(times));
    std::string why = Judge(subject, status, times);
    if (why.empty()) continue;
    if (status == RunStatus::kCompleted) MakeStrict(subject, dpor.order());
    return Simplify(subject, std::move(why), sched::NormalForm(scheduler_.decisions()));
  }
  complete_ = true;
  return std::nullopt;
}

// The run that was judged has the steps of the last one in another order: now it is made.
void ScheduleSearch::MakeStrict(const Subject& subject, const sched::HappensBefore& order) {
  sched::Follow follow(sched::ListSteps(order, scheduler_.accesses(), sched::StrictOrder(order)));
  subject.run(scheduler_, follow);
}

std::optional<FoundSchedule> ScheduleSearch::FindAtRandom(const Subject& subject) {
  sched::RandomWalk walk(0);
  sched::Pct pct(0, {});
  for (uint64_t i = 0; i < options_.max_runs; ++i) {
    const uint64_t seed = sched::MixSeed(options_.seed, i);
    walk.Reseed(seed);
    pct.Reseed(seed);
    pct.SetSteps(static_cast<uint32_t>(std::max<uint64_t>(scheduler_.steps(), 4)));
    sched::Strategy& strategy = i % 2 == 0 ? static_cast<sched::Strategy&>(walk) : pct;
    ++runs_;
    const RunStatus status = subject.run(scheduler_, strategy);
    Answers answers = sched::NormalForm(scheduler_.decisions());
    std::string why = Judge(subject, status, subject.times());
    if (!why.empty()) return Simplify(subject, std::move(why), std::move(answers));
  }
  return std::nullopt;
}

// Takes switches away, one by one, as long as the run still fails.
FoundSchedule ScheduleSearch::Simplify(const Subject& subject, std::string why, Answers answers) {
  FoundSchedule best{std::move(why), std::move(answers), runs_};
  for (bool progress = true; progress;) {
    progress = false;
    for (size_t i = best.answers.size(); i-- > 0;) {
      if (i >= best.answers.size() || best.answers[i] == 0) continue;
      Answers candidate = best.answers;
      candidate[i] = 0;
      std::string failure = Try(subject, candidate);
      if (failure.empty()) continue;
      candidate = sched::NormalForm(scheduler_.decisions());
      if (NonZero(candidate) >= NonZero(best.answers)) continue;
      best.why = std::move(failure);
      best.answers = std::move(candidate);
      progress = true;
    }
  }
  return best;
}

}  // namespace backstop::parallel
