// SPDX-License-Identifier: MIT
#include "sim/scheduler/fiber.h"

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>

namespace backstop::sched {

namespace context = boost::context::detail;

namespace {

/// Both ends of a switch, handed over through the jump.
struct Handover {
  Fiber* from;
  Fiber* to;
};

}  // namespace

struct FiberEntry {
  [[noreturn]] static void Run(context::transfer_t transfer) {
    const Handover handover = *static_cast<Handover*>(transfer.data);
    Fiber& self = *handover.to;
    self.Arrive(transfer.fctx, *handover.from);
    self.body_(self.argument_);
    __builtin_unreachable();
  }
};

Fiber::Fiber() { AdoptStack(sanitizer_); }

Fiber::Fiber(StackPool& pool, Body body, void* argument)
    : pool_(&pool), stack_(pool.Take()), body_(body), argument_(argument) {
  context_ = context::make_fcontext(stack_.bottom + stack_.size, stack_.size, &FiberEntry::Run);
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

// The runtime keeps the address for the life of the thread; asking for it costs as much as a
// switch.
Fiber::Exceptions& Fiber::OfThisThread() {
  constinit static thread_local Exceptions* cached = nullptr;
  if (cached == nullptr) cached = reinterpret_cast<Exceptions*>(abi::__cxa_get_globals());
  return *cached;
}

void Fiber::Abandon() {
  abandoned_ = true;
  if (baton_ != nullptr) baton_->Abandon();
}

void Fiber::SwitchTo(Fiber& next) {
  if (baton_ != nullptr) return baton_->HandTo(*next.baton_);
  Exceptions& exceptions = OfThisThread();
  exceptions_ = exceptions;
  exceptions = next.exceptions_;
  Handover handover{this, &next};
  BeforeSwitch(sanitizer_, next.sanitizer_);
  const context::transfer_t transfer = context::jump_fcontext(next.context_, &handover);
  Arrive(transfer.fctx, *static_cast<Handover*>(transfer.data)->from);
}

void Fiber::Arrive(void* previous_context, Fiber& previous) {
  previous.context_ = previous_context;
  AfterSwitch(previous.sanitizer_, sanitizer_);
}

}  // namespace backstop::sched
