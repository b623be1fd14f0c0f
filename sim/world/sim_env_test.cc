// SPDX-License-Identifier: MIT
#include "sim/world/sim_env.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "impl/env/sync.h"
#include "sim/scheduler/recorded.h"

namespace backstop::world {
namespace {

using env::IoStatus;
using env::OpenMode;
using sched::PointKind;
using ::testing::ElementsAre;

class SimEnvTest : public ::testing::Test {
 protected:
  /// Runs two tasks and returns the points, as "kind object", at which the first of them stood.
  template <class Body>
  std::vector<std::string> PointsOf(Body body) {
    scheduler_.Spawn("A", body);
    scheduler_.Spawn("B", [this] { scheduler_.At(PointKind::kInvoke); });
    sched::Recorded keep_going;
    EXPECT_EQ(scheduler_.Run(keep_going), sched::RunStatus::kCompleted);
    std::vector<std::string> points;
    for (const sched::Decision& d : scheduler_.decisions()) {
      if (d.task != 0) continue;
      points.push_back(std::string(PointKindName(d.at.kind)) + " " +
                       scheduler_.ObjectName(d.at.object));
    }
    return points;
  }

  sched::Scheduler scheduler_{{}};
  SimEnv env_{scheduler_, SimDisk(), 1};
};

TEST_F(SimEnvTest, LocksConditionsAndCellsArePointsOnTheirNames) {
  env::Mutex mutex(env_, "mutex");
  env::Condition condition(env_, "condition");
  env::Cell<int> cell(env_, "cell");
  EXPECT_THAT(PointsOf([&] {
                env::MutexLock lock(mutex);
                cell.Set(cell.Get() + 1);
                condition.NotifyAll();
              }),
              ElementsAre("load cell", "store cell", "notify condition", "unlock mutex"))
      << "the first lock was taken by the question with which the run began";
  EXPECT_EQ(cell.Get(), 1);
}

TEST_F(SimEnvTest, FileOperationsArePointsOnTheNameWithoutTheDirectory) {
  EXPECT_THAT(PointsOf([&] {
                scheduler_.At(PointKind::kInvoke);
                std::unique_ptr<env::File> file;
                env_.Open("log/edb.log", OpenMode::kCreateNew, &file);
                file->WriteAt(0, {});
                file->ReadAt(0, {});
                file->Sync();
                file.reset();
                env_.SyncDirectory("log/");
                env_.Rename("log/edb.log", "log/edb1.log");
                env_.Remove("log/edb1.log");
              }),
              ElementsAre("open edb.log", "write edb.log", "read edb.log", "sync edb.log",
                          "sync log", "file-op edb.log", "file-op edb1.log"));
}

TEST_F(SimEnvTest, ATaskWaitsForAConditionThroughTheEnv) {
  env::Mutex mutex(env_, "mutex");
  env::Condition condition(env_, "condition");
  bool ready = false;
  scheduler_.Spawn("waiter", [&] {
    env::MutexLock lock(mutex);
    while (!ready) condition.Wait(lock);
  });
  scheduler_.Spawn("notifier", [&] {
    env::MutexLock lock(mutex);
    ready = true;
    condition.NotifyAll();
  });
  sched::Recorded keep_going;
  EXPECT_EQ(scheduler_.Run(keep_going), sched::RunStatus::kCompleted);
}

TEST_F(SimEnvTest, OutsideARunCallsActAtOnce) {
  env::Mutex mutex(env_, "mutex");
  { env::MutexLock lock(mutex); }
  std::unique_ptr<env::File> file;
  EXPECT_EQ(env_.Open("f", OpenMode::kCreateNew, &file), IoStatus::kOk);
  EXPECT_TRUE(env_.Exists("f"));
  EXPECT_EQ(scheduler_.steps(), 0u);
}

TEST_F(SimEnvTest, TimeStampsDifferAndContainWhatWasSlept) {
  const uint64_t first = env_.NowMicros();
  EXPECT_EQ(first, SimEnv::kEpochMicros);
  EXPECT_EQ(env_.NowMicros(), first + 1);
  env_.SleepMicros(1000);
  EXPECT_EQ(env_.NowMicros(), first + 1002);
}

TEST_F(SimEnvTest, RandomNumbersComeFromTheSeedOfTheWorld) {
  SimEnv same(scheduler_, SimDisk(), 1);
  SimEnv other(scheduler_, SimDisk(), 2);
  const uint64_t number = env_.Random64();
  EXPECT_EQ(same.Random64(), number);
  EXPECT_NE(other.Random64(), number);
  EXPECT_NE(env_.Random64(), number);
}

TEST_F(SimEnvTest, AWorldOnACloneLeavesTheImageAlone) {
  SimDisk image;
  for (int i = 0; i < 3; ++i) {
    SimEnv world(scheduler_, image.Clone(), 1);
    std::unique_ptr<env::File> file;
    EXPECT_EQ(world.Open("f", OpenMode::kCreateNew, &file), IoStatus::kOk);
  }
  EXPECT_FALSE(image.Exists("f"));
}

}  // namespace
}  // namespace backstop::world
