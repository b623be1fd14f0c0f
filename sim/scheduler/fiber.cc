// SPDX-License-Identifier: MIT
#include "sim/scheduler/fiber.h"

#include <cxxabi.h>

namespace backstop::sched {

void Fiber::Enter(void* handover) {
  const Handover ends = *static_cast<const Handover*>(handover);
  Fiber& self = *ends.to;
  AfterSwitch(ends.from->sanitizer_, self.sanitizer_);
  self.body_(self.argument_);
  __builtin_unreachable();
}

Fiber::Fiber() { AdoptStack(sanitizer_); }

Fiber::Fiber(StackPool& pool, Body body, void* argument)
    : pool_(&pool), stack_(pool.Take()), body_(body), argument_(argument) {
  context_ = NewContext(stack_.bottom + stack_.size, stack_.size, &Fiber::Enter);
  CreateStack(sanitizer_, stack_.bottom, stack_.size);
}

Fiber::Fiber(Body body, void* argument) : baton_(std::make_unique<ThreadBaton>(body, argument)) {}

Fiber::~Fiber() {
  if (pool_ == nullptr) return;
  DestroyStack(sanitizer_);
  if (abandoned_) {
    pool_->GiveAbandoned(stack_);
  } else {
    pool_->Give(stack_);
  }
}

Fiber::Exceptions* Fiber::AskForExceptions() {
  return reinterpret_cast<Exceptions*>(abi::__cxa_get_globals());
}

void Fiber::Abandon() {
  abandoned_ = true;
  if (baton_ != nullptr) baton_->Abandon();
}

}  // namespace backstop::sched
