// SPDX-License-Identifier: MIT
#include "sim/scheduler/surw.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "sim/scheduler/fault_draw.h"
#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {

void Surw::Begin(unsigned tasks) {
  salt_ = random_.Next();
  tasks_ = std::max(tasks, 1u);
  intended_ = kNoTask;
  made_.fill(0);
}

bool Surw::IsInteresting(const Scheduler& scheduler, TaskId task) const {
  const char* name = scheduler.ObjectName(scheduler.PointOf(task).object);
  return XXH3_64bits_withSeed(name, std::strlen(name), salt_) % options_.interesting_one_in == 0;
}

TaskId Surw::PickIntended(uint32_t enabled) {
  const uint32_t expected = options_.steps / tasks_ / options_.interesting_one_in + 1;
  const auto weight = [&](TaskId task) {
    return std::max(expected, made_[task] + 1) - made_[task];
  };
  uint32_t total = 0;
  for (uint32_t left = enabled; left != 0; left &= left - 1) total += weight(Nth(left, 0));
  uint32_t ticket = random_.Below(total);
  for (uint32_t left = enabled;; left &= left - 1) {
    const TaskId task = Nth(left, 0);
    if (ticket < weight(task)) return task;
    ticket -= weight(task);
  }
}

TaskId Surw::Switch(const SwitchQuestion& question) {
  if (!Contains(question.enabled, intended_)) intended_ = PickIntended(question.enabled);
  uint32_t free = 0;
  for (uint32_t left = question.enabled; left != 0; left &= left - 1) {
    const TaskId task = Nth(left, 0);
    if (task == intended_ || !IsInteresting(*question.scheduler, task)) free |= 1u << task;
  }
  const TaskId next = Nth(free, random_.Below(Size(free)));
  if (next == intended_ && IsInteresting(*question.scheduler, next)) {
    ++made_[next];
    intended_ = kNoTask;
  }
  return next;
}

uint32_t Surw::Draw(const DrawQuestion& question) {
  return DrawFault(random_, options_.fault_one_in, question.options);
}

}  // namespace backstop::sched
