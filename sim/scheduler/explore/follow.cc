// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/follow.h"

#include <algorithm>

#include "sim/scheduler/task_set.h"

namespace backstop::sched {

StepList ListSteps(const HappensBefore& order, std::span<const Access> log,
                   const std::vector<uint32_t>& steps) {
  StepList list;
  for (const uint32_t step : steps) list.tasks.push_back(order.steps()[step].task);
  for (const Access& access : log) {
    if (access.mode != AccessMode::kDraw) continue;
    list.draws[access.task].push_back(static_cast<uint32_t>(access.range.begin));
  }
  return list;
}

void Follow::Begin(unsigned) { drawn_.fill(0); }

TaskId Follow::Switch(const SwitchQuestion& question) {
  const auto made = static_cast<size_t>(std::ranges::count_if(
      question.scheduler->accesses(),
      [](const Access& access) { return access.begins_step && access.mode != AccessMode::kJump; }));
  const bool known = made < steps_.tasks.size();
  if (known && Contains(question.enabled, steps_.tasks[made])) return steps_.tasks[made];
  return Choice(question.enabled, question.current, 0);
}

uint32_t Follow::Draw(const DrawQuestion& question) {
  const std::vector<uint32_t>& draws = steps_.draws[question.current];
  const size_t at = drawn_[question.current]++;
  return at < draws.size() ? std::min(draws[at], question.options - 1) : 0;
}

}  // namespace backstop::sched
