// SPDX-License-Identifier: MIT
// A fiber: a stack and a place to go on from. A thin layer over context.h that
// keeps exceptions apart and tells the sanitizers which stack is in use.
#pragma once

#include <cstddef>
#include <memory>

#include "sim/scheduler/context.h"
#include "sim/scheduler/sanitizer.h"
#include "sim/scheduler/stack_pool.h"
#include "sim/scheduler/thread_baton.h"

namespace backstop::sched {

/// Never destroyed by unwinding: what a fiber owns when it is dropped in the middle of its body is
/// leaked. All fibers that switch to one another belong to one operating system thread.
class Fiber {
 public:
  /// Must not return, and must let no exception out.
  using Body = void (*)(void* argument);

  /// The stack the caller runs on.
  Fiber();
  /// Begins `body` on a stack of `pool` at the first switch to it.
  Fiber(StackPool& pool, Body body, void* argument);
  /// The same on a thread of its own. Such fibers switch only to one another and to the stack that
  /// has said OnThreads.
  Fiber(Body body, void* argument);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  /// Goes on with `next`. Called on the running fiber; returns when somebody switches back to it.
  void SwitchTo(Fiber& next) {
    if (baton_ != nullptr) [[unlikely]]
      return baton_->HandTo(*next.baton_);
    Exceptions& exceptions = OfThisThread();
    exceptions_ = exceptions;
    exceptions = next.exceptions_;
    Handover handover{this, &next};
    BeforeSwitch(sanitizer_, next.sanitizer_);
    void* data = Jump(&context_, next.context_, &handover);
    AfterSwitch(static_cast<const Handover*>(data)->from->sanitizer_, sanitizer_);
  }

  /// Says that the fiber stands in the middle of its body and will not be switched to again.
  void Abandon();

  /// Of an adopted stack: the others are threads.
  void OnThreads() { baton_ = std::make_unique<ThreadBaton>(); }

 private:
  /// The exceptions being handled, which the C++ runtime keeps per thread (Itanium C++ ABI 2.2.2).
  struct Exceptions {
    void* caught = nullptr;
    unsigned int uncaught = 0;
  };

  /// Both ends of a switch, handed over through the jump.
  struct Handover {
    Fiber* from;
    Fiber* to;
  };

  // The runtime keeps the address for the life of the thread; asking for it costs as much as a
  // switch.
  static Exceptions& OfThisThread() {
    if (known_ == nullptr) [[unlikely]]
      known_ = AskForExceptions();
    return *known_;
  }
  static Exceptions* AskForExceptions();
  [[noreturn]] static void Enter(void* handover);

  constinit static inline thread_local Exceptions* known_ = nullptr;

  void* context_ = nullptr;  ///< where to go on; of a suspended fiber only
  Exceptions exceptions_;
  SanitizerStack sanitizer_;
  StackPool* pool_ = nullptr;  ///< null if the stack was adopted
  Stack stack_;
  Body body_ = nullptr;
  void* argument_ = nullptr;
  bool abandoned_ = false;
  std::unique_ptr<ThreadBaton> baton_;  ///< null if this really is a fiber
};

}  // namespace backstop::sched
