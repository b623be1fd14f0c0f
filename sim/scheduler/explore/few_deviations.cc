// SPDX-License-Identifier: MIT
#include "sim/scheduler/explore/few_deviations.h"

#include <algorithm>

#include "sim/scheduler/task_set.h"

namespace backstop::sched {

size_t Deviations(const Answers& answers) {
  return answers.size() -
         static_cast<size_t>(std::count(answers.begin(), answers.end(), Answers::value_type{}));
}

// A run is known by its last deviation: its children deviate once more, later.
void FewDeviations::PushChildren(const std::vector<Decision>& decisions) {
  const Answers& made = recorded_.answers();
  for (size_t at = decisions.size(); at-- > made.size();) {
    const Decision& decision = decisions[at];
    const uint32_t options = decision.is_switch ? Size(decision.options) : decision.options;
    const uint32_t others = options - 1;
    const bool all = decision.is_switch || others <= draw_options_;
    sampled_ = sampled_ || !all;
    const uint32_t tried = all ? others : draw_options_;
    for (uint32_t i = tried; i-- > 0;) {
      Answers child = made;
      child.resize(at, 0);
      child.push_back(1 + static_cast<uint32_t>(uint64_t{i} * others / tried));
      open_.push_back(std::move(child));
    }
  }
}

bool FewDeviations::Next(const Scheduler& scheduler) {
  if (deviations_ < bound_) PushChildren(scheduler.decisions());
  if (open_.empty()) return false;
  recorded_.SetAnswers(std::move(open_.back()));
  open_.pop_back();
  deviations_ = Deviations(recorded_.answers());
  return true;
}

}  // namespace backstop::sched
