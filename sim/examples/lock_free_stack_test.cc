// SPDX-License-Identifier: MIT
// The tutorial's second part: random programs, shrunk by RapidCheck together with their schedules.
#include "sim/examples/lock_free_stack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/rapidcheck/parallel.h"

namespace backstop::examples {
namespace {

using Model = std::vector<int>;
using StackCommand = parallel::Command<Model, LockFreeStack, int>;

struct Push : StackCommand {
  int value = *rc::gen::inRange(1, 10);

  int apply(Model& model) const override {
    model.push_back(value);
    return 0;
  }
  int run(LockFreeStack& stack) const override {
    stack.Push(value);
    return 0;
  }
  void show(std::ostream& os) const override { os << "Push(" << value << ")"; }
};

struct Pop : StackCommand {
  int apply(Model& model) const override {
    if (model.empty()) return -1;
    const int value = model.back();
    model.pop_back();
    return value;
  }
  int run(LockFreeStack& stack) const override { return stack.Pop(); }
  void show(std::ostream& os) const override { os << "Pop()"; }
};

/// Checks the stack as a user's test would, without printing; what RapidCheck says.
rc::detail::TestResult Check(bool mistaken) {
  rc::detail::TestParams params;
  params.seed = 1;
  params.maxSuccess = 300;
  return rc::detail::checkTestable(
      parallel::Property(Model{}, [=] { return std::make_unique<LockFreeStack>(mistaken); },
                         parallel::OneOf<Push, Pop>(),
                         {.max_calls = 3, .search = {.max_runs = 3'000}}),
      rc::detail::TestMetadata{}, params);
}

TEST(LockFreeStack, IsLinearizableUnderEverySchedule) {
  const auto result = Check(false);
  EXPECT_TRUE(result.is<rc::detail::SuccessResult>());
}

TEST(LockFreeStack, TheMistakeIsFoundAndShrunk) {
  const auto result = Check(true);
  ASSERT_TRUE(result.is<rc::detail::FailureResult>());
  const auto& failure = result.get<rc::detail::FailureResult>();
  EXPECT_THAT(failure.description, ::testing::HasSubstr("not linearizable"));
  EXPECT_THAT(failure.description, ::testing::HasSubstr("~ switched before store head"));
  // Two calls that meet lose a value, and two more tell; one call more is as far as shrinking gets.
  size_t calls = 0;
  const std::string program = failure.counterExample.at(0).second;
  for (size_t at = program.find('('); at != program.npos; at = program.find('(', at + 1)) ++calls;
  EXPECT_LE(calls, 5u) << program << "\n" << failure.description;
}

}  // namespace
}  // namespace backstop::examples
