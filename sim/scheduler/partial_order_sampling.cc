// SPDX-License-Identifier: MIT
#include "sim/scheduler/partial_order_sampling.h"

#include "sim/scheduler/access.h"
#include "sim/scheduler/fault_draw.h"
#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {
namespace {

bool Race(const Point& a, const Point& b) {
  return Conflict({.object = a.object, .mode = ModeOf(a.kind)},
                  {.object = b.object, .mode = ModeOf(b.kind)});
}

}  // namespace

void PartialOrderSampling::Begin(unsigned tasks) {
  for (unsigned i = 0; i < tasks; ++i) priority_[i] = random_.Next();
  last_ = kNoTask;
}

TaskId PartialOrderSampling::Switch(const SwitchQuestion& question) {
  if (last_ != kNoTask) priority_[last_] = random_.Next();
  if (question.current != kNoTask && question.current != last_) {
    priority_[question.current] = random_.Next();
  }
  TaskId best = kNoTask;
  for (uint32_t left = question.enabled; left != 0; left &= left - 1) {
    const TaskId task = Nth(left, 0);
    if (best == kNoTask || priority_[task] > priority_[best]) best = task;
  }
  const Point made = question.scheduler->PointOf(best);
  for (uint32_t left = question.enabled & ~(1u << best); left != 0; left &= left - 1) {
    const TaskId task = Nth(left, 0);
    if (Race(made, question.scheduler->PointOf(task))) priority_[task] = random_.Next();
  }
  last_ = best;
  return best;
}

uint32_t PartialOrderSampling::Draw(const DrawQuestion& question) {
  return DrawFault(random_, fault_one_in_, question.options);
}

}  // namespace backstop::sched
