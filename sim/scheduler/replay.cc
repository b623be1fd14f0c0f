// SPDX-License-Identifier: MIT
#include "sim/scheduler/replay.h"

#include <algorithm>
#include <utility>

#include "sim/scheduler/task_set.h"

namespace backstop::sched {
namespace {

TaskId FindTask(const Scheduler& scheduler, const std::string& name) {
  for (unsigned i = 0; i < scheduler.tasks(); ++i) {
    if (scheduler.TaskName(static_cast<TaskId>(i)) == name) return static_cast<TaskId>(i);
  }
  return kNoTask;
}

bool IsKnown(const Scheduler& scheduler, const std::string& name) {
  return name == scheduler.TaskName(kNoTask) || FindTask(scheduler, name) != kNoTask;
}

bool CanEverRun(const Scheduler& scheduler, TaskId task) {
  return task != kNoTask && !scheduler.Finished(task);
}

ReplayEntry EntryOf(const Scheduler& scheduler, const Decision& decision) {
  ReplayEntry entry{.is_switch = decision.is_switch,
                    .task = scheduler.TaskName(decision.task),
                    .mark = decision.mark,
                    .occurrence = decision.occurrence};
  if (decision.is_switch) {
    entry.kind = decision.at.kind;
    entry.object = scheduler.ObjectName(decision.at.object);
    entry.chosen = scheduler.TaskName(static_cast<TaskId>(decision.answer));
  } else {
    entry.label = decision.label;
    entry.answer = decision.answer;
  }
  return entry;
}

}  // namespace

std::vector<ReplayEntry> ReplayEntries(const Scheduler& scheduler) {
  std::vector<ReplayEntry> entries;
  for (const Decision& decision : scheduler.decisions()) {
    const bool is_default =
        decision.is_switch ? decision.answer == decision.task : decision.answer == 0;
    if (!is_default) entries.push_back(EntryOf(scheduler, decision));
  }
  return entries;
}

Replay::Replay(std::vector<ReplayEntry> entries)
    : entries_(std::move(entries)), fates_(entries_.size(), Fate::kOpen) {}

void Replay::Begin(unsigned) {
  std::fill(fates_.begin(), fates_.end(), Fate::kOpen);
  next_ = 0;
  overdue_ = false;
}

Replay::Counts Replay::counts() const {
  Counts counts;
  for (size_t i = 0; i < fates_.size(); ++i) {
    if (fates_[i] == Fate::kExact) {
      ++counts.exact;
    } else if (fates_[i] == Fate::kResynchronised) {
      ++counts.resynchronised;
    } else if (counts.lost++ == 0) {
      counts.first_lost = i;
    }
  }
  return counts;
}

bool Replay::FindNextSwitch() {
  while (next_ < entries_.size() && (!entries_[next_].is_switch || fates_[next_] != Fate::kOpen)) {
    ++next_;
    overdue_ = false;
  }
  return next_ < entries_.size();
}

Replay::Place Replay::PlaceOf(const ReplayEntry& entry, const SwitchQuestion& question) const {
  const Scheduler& scheduler = *question.scheduler;
  if (scheduler.TaskName(question.current) != entry.task) {
    return CanEverRun(scheduler, FindTask(scheduler, entry.task)) ? Place::kAhead : Place::kPassed;
  }
  const bool same_point = question.mark == entry.mark && question.at.kind == entry.kind &&
                          scheduler.ObjectName(question.at.object) == entry.object;
  if (same_point && question.occurrence == entry.occurrence) return Place::kHere;
  const bool passed = question.mark > entry.mark || !question.current_enabled ||
                      (same_point && question.occurrence > entry.occurrence);
  return passed ? Place::kPassed : Place::kAhead;
}

TaskId Replay::Switch(const SwitchQuestion& question) {
  const Scheduler& scheduler = *question.scheduler;
  while (FindNextSwitch()) {
    const ReplayEntry& entry = entries_[next_];
    const Place place = overdue_ ? Place::kPassed : PlaceOf(entry, question);
    if (place == Place::kAhead) break;
    const TaskId chosen = FindTask(scheduler, entry.chosen);
    if (!IsKnown(scheduler, entry.task) || !CanEverRun(scheduler, chosen)) {
      fates_[next_] = Fate::kLost;
      continue;
    }
    overdue_ = true;
    if (!Contains(question.enabled, chosen)) break;
    fates_[next_] = place == Place::kHere ? Fate::kExact : Fate::kResynchronised;
    return chosen;
  }
  return GoOn(question);
}

// Without an entry to follow the current task goes on. If it cannot, the best way back to the
// recorded run is the task of the next entry.
TaskId Replay::GoOn(const SwitchQuestion& question) const {
  if (!question.current_enabled && next_ < entries_.size()) {
    const TaskId awaited = FindTask(*question.scheduler, entries_[next_].task);
    if (Contains(question.enabled, awaited)) return awaited;
  }
  return Choice(question.enabled, question.current, 0);
}

// Draws of different labels do not wait for each other, nor for switches: code that asks in another
// order gets the same answers.
uint32_t Replay::Draw(const DrawQuestion& question) {
  const std::string& task = question.scheduler->TaskName(question.current);
  for (size_t i = 0; i < entries_.size(); ++i) {
    const ReplayEntry& entry = entries_[i];
    if (entry.is_switch || fates_[i] != Fate::kOpen || entry.task != task ||
        entry.label != question.label || entry.mark != question.mark) {
      continue;
    }
    if (entry.occurrence > question.occurrence) return 0;
    fates_[i] = entry.occurrence == question.occurrence ? Fate::kExact : Fate::kResynchronised;
    return std::min(entry.answer, question.options - 1);
  }
  return 0;
}

}  // namespace backstop::sched
