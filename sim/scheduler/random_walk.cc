// SPDX-License-Identifier: MIT
#include "sim/scheduler/random_walk.h"

#include "sim/scheduler/fault_draw.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {

RandomWalk::RandomWalk(uint64_t seed, Options options) : options_(options), random_(seed) {}

void RandomWalk::Begin(unsigned) {}

TaskId RandomWalk::Switch(const SwitchQuestion& question) {
  if (options_.stay_of_256 != 0 && question.current_enabled &&
      random_.Below(256) < options_.stay_of_256) {
    return question.current;
  }
  return Nth(question.enabled, random_.Below(Size(question.enabled)));
}

uint32_t RandomWalk::Draw(const DrawQuestion& question) {
  return DrawFault(random_, options_.fault_one_in, question.options);
}

}  // namespace backstop::sched
