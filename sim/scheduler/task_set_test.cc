// SPDX-License-Identifier: MIT
#include "sim/scheduler/task_set.h"

#include <gtest/gtest.h>

#include <vector>

namespace backstop::sched {
namespace {

std::vector<int> Order(uint32_t set, TaskId current) {
  std::vector<int> order;
  for (uint32_t k = 0; k < Size(set); ++k) order.push_back(Choice(set, current, k));
  return order;
}

TEST(TaskSet, TheCurrentTaskComesFirstThenTheOthersInACircle) {
  EXPECT_EQ(Order(0b1111, 2), (std::vector<int>{2, 3, 0, 1}));
  EXPECT_EQ(Order(0b1011, 1), (std::vector<int>{1, 3, 0}));
}

TEST(TaskSet, ACurrentTaskThatCannotGoOnIsLeftOut) {
  EXPECT_EQ(Order(0b1011, 2), (std::vector<int>{3, 0, 1}));
  EXPECT_EQ(Order(0b0110, kNoTask), (std::vector<int>{1, 2}));
}

TEST(TaskSet, TheLastTaskIdIsHandledLikeAnyOther) {
  EXPECT_EQ(Order(0b1000'0000'0000'0001, 15), (std::vector<int>{15, 0}));
  EXPECT_EQ(Order(0b1000'0000'0000'0001, 14), (std::vector<int>{15, 0}));
}

TEST(TaskSet, ChoicesAreTakenModuloTheirNumber) { EXPECT_EQ(Choice(0b111, 0, 4), 1); }

TEST(TaskSet, ChoiceIndexInvertsChoice) {
  for (uint32_t set = 1; set < 64; ++set) {
    for (TaskId current = 0; current < 6; ++current) {
      for (uint32_t k = 0; k < Size(set); ++k) {
        EXPECT_EQ(ChoiceIndex(set, current, Choice(set, current, k)), k);
      }
    }
  }
}

}  // namespace
}  // namespace backstop::sched
