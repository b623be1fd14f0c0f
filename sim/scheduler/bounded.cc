// SPDX-License-Identifier: MIT
#include "sim/scheduler/bounded.h"

#include <algorithm>

#include "sim/scheduler/fault_draw.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {
namespace {

/// The task after the current one in a circle; the current one only if it is alone.
TaskId After(const SwitchQuestion& question) {
  return Choice(question.enabled, question.current,
                question.current_enabled && Size(question.enabled) > 1 ? 1 : 0);
}

}  // namespace

void Bounded::Begin(unsigned) {
  leave_at_.clear();
  left_ = 0;
  for (uint32_t i = 0; i < options_.bound; ++i) {
    leave_at_.push_back(1 + random_.Below(std::max(options_.steps, 1u)));
  }
  std::ranges::sort(leave_at_);
}

TaskId Bounded::Switch(const SwitchQuestion& question) {
  const bool any = options_.kind == Kind::kPreemption;
  bool leave = false;
  while (left_ < leave_at_.size() && leave_at_[left_] <= question.step) {
    leave = true;
    ++left_;
  }
  if (!question.current_enabled) {
    return any ? Nth(question.enabled, random_.Below(Size(question.enabled))) : After(question);
  }
  if (!leave) return question.current;
  const uint32_t others = question.enabled & ~(1u << question.current);
  return any ? Nth(others, random_.Below(Size(others))) : After(question);
}

uint32_t Bounded::Draw(const DrawQuestion& question) {
  return DrawFault(random_, options_.fault_one_in, question.options);
}

void RoundRobin::Begin(unsigned) {
  quantum_ = 1 + random_.Below(std::max(max_quantum_, 1u));
  used_ = random_.Below(quantum_);
}

TaskId RoundRobin::Switch(const SwitchQuestion& question) {
  if (question.current_enabled && ++used_ < quantum_) return question.current;
  used_ = 0;
  return After(question);
}

uint32_t RoundRobin::Draw(const DrawQuestion& question) {
  return DrawFault(random_, fault_one_in_, question.options);
}

}  // namespace backstop::sched
