// SPDX-License-Identifier: MIT
#include "sim/harness/explore/part_search.h"

#include <numeric>

#include "sim/harness/explore/strict_history.h"
#include "sim/scheduler/explore/cached_search.h"
#include "sim/scheduler/explore/data_races.h"
#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/explore/source_dpor.h"
#include "sim/scheduler/explore/strict_order.h"

namespace backstop::harness {

PartSearch::PartSearch(const JetApi& api, Program program)
    : program_(std::move(program)),
      runner_(api, {.record = true, .log = true, .join_sections = true}) {}

// A trace stands for many runs: the one judged is the one whose real-time order excuses least.
void PartSearch::Judge(const RunResult& run, const sched::HappensBefore& order,
                       SearchedPart* searched) {
  std::vector<uint32_t> steps(order.steps().size());
  std::iota(steps.begin(), steps.end(), 0u);
  History strict;
  RunResult judged = run;
  if (run.status == sched::RunStatus::kCompleted) {
    steps = sched::StrictOrder(order);
    strict = Reordered(*run.history, order, steps);
    judged.history = &strict;
  }
  const sched::Scheduler& scheduler = runner_.scheduler();
  if (const auto violation = checker_.Check(judged, scheduler, nullptr)) {
    searched->found = FoundRun{violation->rule, violation->text,
                               sched::ListSteps(order, scheduler.accesses(), steps)};
    return;
  }
  for (const sched::DataRace& race : sched::FindDataRaces(scheduler.accesses())) {
    searched->races.insert(ToText(race, scheduler));
  }
}

bool PartSearch::Search(const sched::SearchPart& part, const std::function<bool()>& stop,
                        SearchedPart* searched) {
  sched::SourceDpor dpor(part);
  bool more = true;
  while (more && !searched->found) {
    if (stop()) {
      searched->ended = false;
      break;
    }
    const RunResult run = runner_.Run(program_, dpor);
    if (!run.set_up) return false;
    ++runs_;
    more = dpor.Next(runner_.scheduler());
    if (dpor.cut()) continue;
    searched->traces.push_back(dpor.order().Fingerprint());
    Judge(run, dpor.order(), searched);
  }
  // A part that was given up has nothing to say of the states it shares, maybe not even a run.
  searched->result = more ? sched::SearchPartResult{.counts = dpor.counts()} : dpor.Result();
  return true;
}

bool PartSearch::SearchEvery(const std::function<bool()>& stop, SearchedPart* searched) {
  sched::EveryRun every;
  sched::HappensBefore order;
  for (bool more = true; more && !searched->found;) {
    if (stop()) {
      searched->ended = false;
      break;
    }
    const RunResult run = runner_.Run(program_, every.strategy());
    if (!run.set_up) return false;
    ++runs_;
    more = every.Next(runner_.scheduler());
    order.Build(runner_.scheduler().accesses());
    searched->traces.push_back(order.Fingerprint());
    Judge(run, order, searched);
  }
  searched->result.counts.executions = every.executions();
  return true;
}

bool PartSearch::SearchCached(const std::function<bool()>& stop, SearchedPart* searched) {
  sched::CachedSearch search;
  sched::HappensBefore order;
  for (bool more = true; more && !searched->found;) {
    if (stop()) {
      searched->ended = false;
      break;
    }
    const RunResult run = runner_.Run(program_, search);
    if (!run.set_up) return false;
    ++runs_;
    more = search.Next(runner_.scheduler());
    if (search.cut()) continue;
    order.Build(runner_.scheduler().accesses());
    searched->traces.push_back(order.Fingerprint());
    Judge(run, order, searched);
  }
  searched->result.counts.executions = search.executions();
  searched->result.counts.states = search.states();
  return true;
}

RunResult PartSearch::Make(const sched::StepList& steps) {
  sched::Follow follow(steps);
  return runner_.Run(program_, follow);
}

}  // namespace backstop::harness
