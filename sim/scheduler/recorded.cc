// SPDX-License-Identifier: MIT
#include "sim/scheduler/recorded.h"

#include "sim/scheduler/task_set.h"

namespace backstop::sched {

void Recorded::Begin(unsigned) { next_ = 0; }

uint32_t Recorded::Next() {
  const size_t i = next_++;
  return i < answers_.size() ? answers_[i] : 0;
}

TaskId Recorded::Switch(const SwitchQuestion& question) {
  return Choice(question.enabled, question.current, Next());
}

uint32_t Recorded::Draw(const DrawQuestion& question) { return Next() % question.options; }

Answers NormalForm(const std::vector<Decision>& decisions) {
  Answers answers;
  answers.reserve(decisions.size());
  for (const Decision& decision : decisions) {
    answers.push_back(decision.is_switch ? ChoiceIndex(decision.options, decision.task,
                                                       static_cast<TaskId>(decision.answer))
                                         : decision.answer);
  }
  while (!answers.empty() && answers.back() == 0) answers.pop_back();
  return answers;
}

}  // namespace backstop::sched
