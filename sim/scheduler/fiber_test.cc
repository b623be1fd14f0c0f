// SPDX-License-Identifier: MIT
#include "sim/scheduler/fiber.h"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>

namespace backstop::sched {
namespace {

/// Two fibers that take turns, each handling an exception of its own.
struct Thrower {
  std::string mine;
  Fiber* fiber = nullptr;
  Fiber* other = nullptr;
  Fiber* outside = nullptr;
  std::string caught;

  static void Run(void* argument) {
    auto& self = *static_cast<Thrower*>(argument);
    try {
      self.ThrowAgain();
    } catch (const std::runtime_error& error) {
      self.caught = error.what();
    }
    for (;;) self.fiber->SwitchTo(*self.outside);
  }

  void ThrowAgain() const {
    try {
      throw std::runtime_error(mine);
    } catch (...) {
      fiber->SwitchTo(*other);
      throw;
    }
  }
};

TEST(Fiber, AnExceptionBeingHandledBelongsToItsFiber) {
  StackPool stacks;
  Fiber outside;
  Thrower a{.mine = "A"};
  Thrower b{.mine = "B"};
  Fiber fiber_a(stacks, &Thrower::Run, &a);
  Fiber fiber_b(stacks, &Thrower::Run, &b);
  a.fiber = b.other = &fiber_a;
  b.fiber = a.other = &fiber_b;
  a.outside = b.outside = &outside;
  outside.SwitchTo(fiber_a);  // A throws, B throws, A throws again
  outside.SwitchTo(fiber_b);  // B throws again
  EXPECT_EQ(a.caught, "A");
  EXPECT_EQ(b.caught, "B");
  EXPECT_EQ(std::uncaught_exceptions(), 0);
}

struct Loop {
  Fiber* fiber = nullptr;
  Fiber* outside = nullptr;
  int turns = 0;

  static void Run(void* argument) {
    auto& self = *static_cast<Loop*>(argument);
    for (;;) {
      ++self.turns;
      self.fiber->SwitchTo(*self.outside);
    }
  }
};

TEST(Fiber, KeepsItsPlaceAndItsStackBetweenTurns) {
  StackPool stacks;
  Fiber outside;
  Loop loop;
  Fiber fiber(stacks, &Loop::Run, &loop);
  loop.fiber = &fiber;
  loop.outside = &outside;
  for (int i = 0; i < 1000; ++i) outside.SwitchTo(fiber);
  EXPECT_EQ(loop.turns, 1000);
}

TEST(StackPool, AStackGivenBackIsTheNextTaken) {
  StackPool stacks;
  const Stack first = stacks.Take();
  const Stack second = stacks.Take();
  EXPECT_NE(first.bottom, second.bottom);
  stacks.Give(first);
  EXPECT_EQ(stacks.Take().bottom, first.bottom);
  stacks.Give(first);
  stacks.Give(second);
}

void Overflow(int depth) {
  volatile char frame[4096];
  frame[0] = static_cast<char>(depth);
  if (depth >= 0) Overflow(depth + 1);
  frame[1] = frame[0];
}

TEST(FiberDeathTest, AnOverflowingStackEndsTheProcessAtTheGuardPage) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  StackPool stacks;
  Fiber outside;
  Fiber fiber(
      stacks, [](void*) { Overflow(0); }, nullptr);
  EXPECT_DEATH(outside.SwitchTo(fiber), "");
}

}  // namespace
}  // namespace backstop::sched
