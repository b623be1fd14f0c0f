// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/every_run.h"

#include "sim/scheduler/task_set.h"

namespace backstop::sched {

bool NextAnswers(std::span<const Decision> decisions, Answers* answers) {
  answers->clear();
  size_t keep = 0;
  for (const Decision& d : decisions) {
    answers->push_back(d.is_switch ? ChoiceIndex(d.options, d.task, static_cast<TaskId>(d.answer))
                                   : d.answer);
    const uint32_t options = d.is_switch ? Size(d.options) : d.options;
    if (answers->back() + 1 < options) keep = answers->size();
  }
  answers->resize(keep);
  if (keep == 0) return false;
  ++answers->back();
  return true;
}

}  // namespace backstop::sched
