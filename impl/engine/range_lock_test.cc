// SPDX-License-Identifier: MIT
#include "impl/engine/range_lock.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "impl/env/posix_env.h"

namespace backstop::engine {
namespace {

TEST(RangeLock, ReadersOfThePageShareItAndWritersOfOthersDoNotWait) {
  RangeLock lock(env::PosixEnv::Get());
  const RangeHolder reader(lock, {1, 10, false});
  const RangeHolder other_reader(lock, {5, 6, false});
  const RangeHolder next_page(lock, {10, 11, true});
}

TEST(RangeLock, AWriterIsAloneWithItsPage) {
  RangeLock lock(env::PosixEnv::Get());
  int inside = 0, most = 0;
  const auto work = [&](RangeLock::Range range) {
    for (int i = 0; i < 500; ++i) {
      const RangeHolder holder(lock, range);
      most = std::max(most, ++inside);
      std::this_thread::yield();
      --inside;
    }
  };
  std::thread first(work, RangeLock::Range{1, 4, true}), second(work, RangeLock::Range{3, 4, true}),
      third(work, RangeLock::Range{0, 9, true});
  first.join();
  second.join();
  third.join();
  EXPECT_EQ(most, 1);
}

}  // namespace
}  // namespace backstop::engine
