// SPDX-License-Identifier: MIT
#include "sim/scheduler/pct.h"

#include <algorithm>
#include <utility>

#include "sim/scheduler/fault_draw.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {

Pct::Pct(uint64_t seed, Options options) : options_(options), random_(seed) {}

void Pct::Begin(unsigned tasks) {
  ShufflePriorities(tasks);
  change_at_.clear();
  const uint32_t steps = std::max(options_.steps, 1u);
  for (uint32_t i = 0; i < options_.changes; ++i) change_at_.push_back(1 + random_.Below(steps));
  std::sort(change_at_.begin(), change_at_.end());
  passed_ = 0;
}

// The initial priorities lie above `changes`, those of fallen tasks below: the later a task falls,
// the lower it comes.
void Pct::ShufflePriorities(unsigned tasks) {
  for (unsigned i = 0; i < tasks; ++i) priority_[i] = options_.changes + 1 + i;
  for (unsigned i = tasks; i > 1; --i) std::swap(priority_[i - 1], priority_[random_.Below(i)]);
}

TaskId Pct::Switch(const SwitchQuestion& question) {
  while (passed_ < change_at_.size() && change_at_[passed_] <= question.step) {
    ++passed_;
    if (question.current != kNoTask) {
      priority_[question.current] = options_.changes - static_cast<uint32_t>(passed_);
    }
  }
  TaskId best = kNoTask;
  for (uint32_t left = question.enabled; left != 0; left &= left - 1) {
    const TaskId task = Nth(left, 0);
    if (best == kNoTask || priority_[task] > priority_[best]) best = task;
  }
  return best;
}

uint32_t Pct::Draw(const DrawQuestion& question) {
  return DrawFault(random_, options_.fault_one_in, question.options);
}

}  // namespace backstop::sched
