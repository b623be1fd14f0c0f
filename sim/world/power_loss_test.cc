// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "sim/scheduler/random.h"
#include "sim/world/sim_env.h"

namespace backstop::world {
namespace {

using env::IoStatus;
using env::OpenMode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// Lets the operation number `at`, counted from 1, and each one after it fail in one way.
class FaultAt : public FaultPolicy {
 public:
  FaultAt(unsigned at, IoFault fault) : at_(at), fault_(fault) {}
  IoFault OnOperation(const IoRequest&) override {
    return ++operations_ >= at_ ? fault_ : IoFault::None();
  }

 private:
  unsigned at_;
  IoFault fault_;
  unsigned operations_ = 0;
};

class PowerLoss : public ::testing::Test {
 protected:
  PowerLoss() { env_.disk().TrackDurability(); }

  std::unique_ptr<env::File> Open(const std::string& path, OpenMode mode) {
    std::unique_ptr<env::File> file;
    EXPECT_EQ(env_.Open(path, mode, &file), IoStatus::kOk);
    return file;
  }
  static void Put(env::File& file, uint64_t offset, const std::string& text) {
    file.WriteAt(offset, std::as_bytes(std::span(text)));
  }
  /// A file that is durable with its name.
  std::unique_ptr<env::File> OpenDurable(const std::string& path, const std::string& text) {
    auto file = Open(path, OpenMode::kCreateNew);
    Put(*file, 0, text);
    file->Sync();
    env_.SyncDirectory("");
    return file;
  }
  SimDisk Left(bool all) const {
    return disk().AfterPowerLoss([all] { return all; });
  }
  const SimDisk& disk() const { return const_cast<SimEnv&>(env_).disk(); }

  sched::Scheduler scheduler_{{}};
  SimEnv env_{scheduler_, SimDisk(), 1};
};

TEST_F(PowerLoss, TakesWhatWasWrittenAfterTheLastSync) {
  auto file = OpenDurable("f", "old");
  Put(*file, 0, "new");
  EXPECT_EQ(Left(false).Peek("f"), "old");
  EXPECT_EQ(Left(true).Peek("f"), "new");
  file->Sync();
  EXPECT_EQ(Left(false).Peek("f"), "new");
}

TEST_F(PowerLoss, TakesAFileWhoseNameIsNotDurableEvenIfItWasSynced) {
  auto file = Open("f", OpenMode::kCreateNew);
  Put(*file, 0, "x");
  file->Sync();
  EXPECT_THAT(Left(false).Paths(), IsEmpty());
  env_.SyncDirectory("");
  EXPECT_THAT(Left(false).Paths(), ElementsAre("f"));
  EXPECT_EQ(Left(false).Peek("f"), "x");
}

TEST_F(PowerLoss, UndoesARemovalAndARenameThatAreNotDurable) {
  OpenDurable("a", "a");
  OpenDurable("b", "b");
  OpenDurable("c", "c");
  env_.Remove("c");
  env_.Rename("a", "b");
  EXPECT_THAT(disk().Paths(), ElementsAre("b"));
  const SimDisk left = Left(false);
  EXPECT_THAT(left.Paths(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(left.Peek("b"), "b");
  EXPECT_EQ(Left(true).Peek("b"), "a");
}

TEST_F(PowerLoss, KeepsTheChangesOfADirectoryInTheirOrder) {
  Open("1", OpenMode::kCreateNew);
  Open("2", OpenMode::kCreateNew);
  std::set<std::vector<std::string>> seen;
  sched::Random random(7);
  for (int i = 0; i < 100; ++i) {
    seen.insert(disk().AfterPowerLoss([&] { return random.Below(2) == 0; }).Paths());
  }
  EXPECT_THAT(seen, UnorderedElementsAre(std::vector<std::string>{}, std::vector<std::string>{"1"},
                                         std::vector<std::string>{"1", "2"}));
}

TEST_F(PowerLoss, TearsAWriteAtItsSectors) {
  auto file = OpenDurable("f", std::string(1024, 'o'));
  Put(*file, 0, std::string(1024, 'n'));
  int asked = 0;
  const SimDisk left = disk().AfterPowerLoss([&] { return ++asked == 2; });
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(left.Peek("f"), std::string(512, 'o') + std::string(512, 'n'));
}

TEST_F(PowerLoss, KeepsDirectoriesAndLeavesNothingOpen) {
  env_.MakeDirectory("d");
  std::vector<std::string> names;
  EXPECT_EQ(Left(false).List("d", &names), IoStatus::kOk);
}

TEST_F(PowerLoss, LetsEveryLaterOperationFail) {
  auto file = OpenDurable("f", "old");
  FaultAt policy(2, IoFault::PowerLoss());
  env_.SetFaults(&policy);
  Put(*file, 0, "new");
  EXPECT_FALSE(env_.power_lost());
  EXPECT_EQ(file->Sync(), IoStatus::kIoError);
  EXPECT_TRUE(env_.power_lost());
  env_.SetFaults(nullptr);
  EXPECT_EQ(file->Sync(), IoStatus::kIoError);
  EXPECT_EQ(env_.Remove("f"), IoStatus::kIoError);
  EXPECT_FALSE(env_.Exists("f"));
  EXPECT_EQ(Left(false).Peek("f"), "old");
}

TEST_F(PowerLoss, FaultsCanFillTheDiskFlipABitAndMisdirectAWrite) {
  auto file = OpenDurable("f", "abcd");
  FaultAt full(1, IoFault::NoSpace());
  env_.SetFaults(&full);
  EXPECT_EQ(file->WriteAt(0, std::as_bytes(std::span("x", 1))).status, IoStatus::kNoSpace);
  std::unique_ptr<env::File> other;
  EXPECT_EQ(env_.Open("g", OpenMode::kCreateNew, &other), IoStatus::kNoSpace);
  FaultAt flip(1, IoFault::Flip(8));
  env_.SetFaults(&flip);
  std::array<char, 4> bytes{};
  file->ReadAt(0, std::as_writable_bytes(std::span(bytes)));
  EXPECT_THAT(bytes, ElementsAre('a', 'b' ^ 1, 'c', 'd'));
  FaultAt misdirect(1, IoFault::Misdirect(2));
  env_.SetFaults(&misdirect);
  Put(*file, 0, "X");
  EXPECT_EQ(disk().Peek("f"), "abXd");
}

}  // namespace
}  // namespace backstop::world
