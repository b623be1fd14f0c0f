// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/cached_search.h"

#include <span>

#include "sim/scheduler/explore/every_run.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {

void CachedSearch::Begin(unsigned) {
  asked_ = 0;
  cut_ = false;
}

bool CachedSearch::IsNew(const Scheduler& scheduler) {
  order_.Build(scheduler.accesses());
  return states_.insert(order_.Fingerprint()).second;
}

// The answers lead to a state that was met before with another choice: the states on the way are
// known, of course.
TaskId CachedSearch::Switch(const SwitchQuestion& question) {
  const size_t at = asked_++;
  if (at < answers_.size()) return Choice(question.enabled, question.current, answers_[at]);
  if (!cut_ && !IsNew(*question.scheduler)) {
    cut_ = true;
    cut_at_ = at;
  }
  return Choice(question.enabled, question.current, 0);
}

uint32_t CachedSearch::Draw(const DrawQuestion&) {
  const size_t at = asked_++;
  return at < answers_.size() ? answers_[at] : 0;
}

bool CachedSearch::Next(const Scheduler& scheduler) {
  ++executions_;
  std::span<const Decision> decisions = scheduler.decisions();
  if (cut_) decisions = decisions.first(cut_at_);
  return NextAnswers(decisions, &answers_);
}

}  // namespace backstop::sched
