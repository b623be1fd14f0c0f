// SPDX-License-Identifier: MIT
#include "sim/world/sim_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "sim/scheduler/recorded.h"
#include "sim/scheduler/test_programs.h"
#include "sim/world/sim_env.h"

namespace backstop::world {
namespace {

using env::IoStatus;
using env::OpenMode;
using ::testing::ElementsAre;

/// Fails every read in the way it is told, and notes what was asked.
class FixedFault : public FaultPolicy {
 public:
  IoFault OnOperation(const IoRequest& request) override {
    if (request.kind != IoKind::kRead) return IoFault::None();
    asked.push_back(request.path + "+" + std::to_string(request.offset));
    return fault;
  }
  IoFault fault;
  std::vector<std::string> asked;
};

class SimFileTest : public ::testing::Test {
 protected:
  std::unique_ptr<env::File> Open(const std::string& path, OpenMode mode) {
    std::unique_ptr<env::File> file;
    EXPECT_EQ(env_.Open(path, mode, &file), IoStatus::kOk);
    return file;
  }

  sched::Scheduler scheduler_{{}};
  SimEnv env_{scheduler_, SimDisk(), 1};
  std::array<std::byte, 4> buffer_{};
};

TEST_F(SimFileTest, OpenFilesAreListedUntilTheyAreClosed) {
  auto first = Open("d/first", OpenMode::kCreateNew);
  auto second = Open("second", OpenMode::kCreateNew);
  EXPECT_THAT(env_.OpenFiles(), ElementsAre("d/first", "second"));
  first.reset();
  EXPECT_THAT(env_.OpenFiles(), ElementsAre("second"));
}

TEST_F(SimFileTest, AFileOpenedForReadingCannotBeChanged) {
  Open("f", OpenMode::kCreateNew)->WriteAt(0, buffer_);
  auto file = Open("f", OpenMode::kReadOnly);
  EXPECT_EQ(file->WriteAt(0, buffer_).status, IoStatus::kAccessDenied);
  EXPECT_EQ(file->SetSize(0), IoStatus::kAccessDenied);
  EXPECT_EQ(file->Size(), 4u);
}

TEST_F(SimFileTest, APolicyDecidesWhichReadsFail) {
  FixedFault policy;
  env_.SetFaults(&policy);
  auto file = Open("f", OpenMode::kCreateNew);
  file->WriteAt(0, buffer_);
  EXPECT_EQ(file->ReadAt(0, buffer_).bytes, 4u);
  policy.fault = IoFault::Error();
  EXPECT_EQ(file->ReadAt(1, buffer_).status, IoStatus::kIoError);
  policy.fault = IoFault::Short(3);
  const env::IoResult result = file->ReadAt(0, buffer_);
  EXPECT_EQ(result.status, IoStatus::kOk);
  EXPECT_EQ(result.bytes, 3u);
  EXPECT_THAT(policy.asked, ElementsAre("f+0", "f+1", "f+0"));
  env_.SetFaults(nullptr);
  EXPECT_EQ(file->ReadAt(0, buffer_).bytes, 4u);
}

TEST_F(SimFileTest, ACallThatFindsItsFileClosedWhenItsTurnComesSaysSo) {
  sched::Scheduler scheduler({});
  int closed = 0;
  const uint64_t runs = sched::ForEachRun(scheduler, [&](sched::Strategy& strategy) {
    scheduler.Reset();
    SimEnv env(scheduler, SimDisk(), 1);
    std::unique_ptr<env::File> file;
    env.Open("f", OpenMode::kCreateNew, &file);
    scheduler.Spawn(
        "reader", [&] { closed += file->ReadAt(0, buffer_).status == IoStatus::kClosed ? 1 : 0; });
    scheduler.Spawn("closer", [&] {
      scheduler.At(sched::PointKind::kInvoke);
      file.reset();
    });
    scheduler.Run(strategy);
    EXPECT_TRUE(env.OpenFiles().empty());
  });
  EXPECT_EQ(runs, 2u);
  EXPECT_EQ(closed, 1);
}

TEST_F(SimFileTest, AHandleMayOutliveItsWorld) {
  std::unique_ptr<env::File> file;
  {
    SimEnv world(scheduler_, SimDisk(), 1);
    world.Open("f", OpenMode::kCreateNew, &file);
  }
  file.reset();
}

}  // namespace
}  // namespace backstop::world
