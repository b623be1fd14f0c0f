// SPDX-License-Identifier: MIT
// The tutorial's first part: commands, a model, a property, and what a failure looks like.
#include "sim/examples/bounded_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/rapidcheck/parallel.h"

namespace backstop::examples {
namespace {

constexpr size_t kCapacity = 2;

/// What the queue holds, as one thread would see it.
using Model = std::deque<int>;
using QueueCommand = parallel::Command<Model, BoundedQueue, int>;

struct Push : QueueCommand {
  Push() : value(*rc::gen::inRange(1, 10)) {}
  explicit Push(int chosen) : value(chosen) {}

  bool checkPreconditions(const Model& model) const override { return model.size() < kCapacity; }
  int apply(Model& model) const override {
    model.push_back(value);
    return 0;
  }
  int run(BoundedQueue& queue) const override {
    queue.Push(value);
    return 0;
  }
  void show(std::ostream& os) const override { os << "Push(" << value << ")"; }

  const int value;
};

struct Pop : QueueCommand {
  int apply(Model& model) const override {
    if (model.empty()) return -2;  // no order of the calls lets a Pop find nothing
    const int value = model.front();
    model.pop_front();
    return value;
  }
  int run(BoundedQueue& queue) const override { return queue.Pop(); }
  void show(std::ostream& os) const override { os << "Pop()"; }
};

using Calls = parallel::ParallelProgram<QueueCommand>::Calls;

/// Two consumers and a producer of two values: nothing waits for ever.
parallel::ParallelProgram<QueueCommand> TwoConsumers() {
  const auto pop = std::make_shared<const Pop>();
  return {.prefix = {},
          .branches = {Calls{pop}, Calls{pop},
                       Calls{std::make_shared<const Push>(1), std::make_shared<const Push>(2)}}};
}

std::optional<std::string> FailureOf(bool mistaken, bool exhaustive) {
  parallel::ParallelTest<QueueCommand> test(
      Model{}, [=] { return std::make_unique<BoundedQueue>(kCapacity, mistaken); },
      {.exhaustive = exhaustive});
  auto failure = test.Failure(TwoConsumers());
  EXPECT_EQ(test.complete(), exhaustive && !failure);
  return failure;
}

TEST(BoundedQueue, IsLinearizableUnderEverySchedule) {
  EXPECT_EQ(FailureOf(false, true), std::nullopt);
}

TEST(BoundedQueue, TheMistakeIsFoundAndShown) {
  for (const bool exhaustive : {true, false}) {
    const auto failure = FailureOf(true, exhaustive);
    ASSERT_TRUE(failure.has_value());
    EXPECT_THAT(*failure, ::testing::HasSubstr("not linearizable"));
    EXPECT_THAT(*failure, ::testing::HasSubstr("= -1"));
  }
}

}  // namespace
}  // namespace backstop::examples
