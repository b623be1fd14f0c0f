// SPDX-License-Identifier: MIT
#include "sim/scheduler/point_counter.h"

#include <gtest/gtest.h>

namespace backstop::sched {
namespace {

TEST(PointCounter, CountsByTaskKindAndName) {
  PointCounter counter;
  counter.ForgetAll();
  EXPECT_EQ(counter.Count(0, PointKind::kLock, 7), 0u);
  EXPECT_EQ(counter.Count(0, PointKind::kLock, 7), 1u);
  EXPECT_EQ(counter.Count(0, PointKind::kUnlock, 7), 0u);
  EXPECT_EQ(counter.Count(0, PointKind::kLock, 8), 0u);
  EXPECT_EQ(counter.Count(1, PointKind::kLock, 7), 0u);
}

TEST(PointCounter, AMarkForgetsTheCountsOfItsTaskOnly) {
  PointCounter counter;
  counter.ForgetAll();
  counter.Count(0, PointKind::kLoad, 1);
  counter.Count(1, PointKind::kLoad, 1);
  counter.Forget(0);
  EXPECT_EQ(counter.Count(0, PointKind::kLoad, 1), 0u);
  EXPECT_EQ(counter.Count(1, PointKind::kLoad, 1), 1u);
}

TEST(PointCounter, ANewRunForgetsAllCounts) {
  PointCounter counter;
  counter.ForgetAll();
  counter.Count(0, PointKind::kLoad, 1);
  counter.Forget(0);
  counter.ForgetAll();
  EXPECT_EQ(counter.Count(0, PointKind::kLoad, 1), 0u);
}

}  // namespace
}  // namespace backstop::sched
