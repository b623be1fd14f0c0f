// SPDX-License-Identifier: MIT
#include "impl/env/posix_env.h"

#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <thread>

#include "impl/env/sync.h"

namespace backstop::env {
namespace {

class PosixEnvTest : public testing::Test {
 protected:
  PosixEnvTest() {
    std::filesystem::remove_all(directory_);
    EXPECT_EQ(env_.MakeDirectory(directory_), IoStatus::kOk);
  }
  ~PosixEnvTest() override { std::filesystem::remove_all(directory_); }

  IoStatus Make(const std::string& name, const std::string& text) {
    std::unique_ptr<File> file;
    const IoStatus status = env_.Open(directory_ + name, OpenMode::kCreateNew, &file);
    if (status == IoStatus::kOk) file->WriteAt(0, std::as_bytes(std::span(text)));
    return status;
  }
  std::string Text(const std::string& name) {
    std::unique_ptr<File> file;
    if (env_.Open(directory_ + name, OpenMode::kReadOnly, &file) != IoStatus::kOk) return "none";
    std::string text(file->Size(), ' ');
    file->ReadAt(0, std::as_writable_bytes(std::span(text)));
    return text;
  }

  PosixEnv env_;
  const std::string directory_ = testing::TempDir() + "posix_env_" + std::to_string(getpid()) + "/";
};

TEST_F(PosixEnvTest, CreatingAnExistingFileIsRefused) {
  EXPECT_EQ(Make("a", "first"), IoStatus::kOk);
  EXPECT_EQ(Make("a", "second"), IoStatus::kExists);
  EXPECT_EQ(Text("a"), "first");
}

TEST_F(PosixEnvTest, MissingThingsAreNotFound) {
  std::unique_ptr<File> file;
  std::vector<std::string> names;
  EXPECT_EQ(env_.Open(directory_ + "a", OpenMode::kReadWrite, &file), IoStatus::kNotFound);
  EXPECT_EQ(env_.Remove(directory_ + "a"), IoStatus::kNotFound);
  EXPECT_EQ(env_.Rename(directory_ + "a", directory_ + "b"), IoStatus::kNotFound);
  EXPECT_EQ(env_.List(directory_ + "a", &names), IoStatus::kNotFound);
  EXPECT_EQ(env_.SyncDirectory(directory_ + "a"), IoStatus::kNotFound);
  EXPECT_EQ(env_.Open(directory_ + "a/", OpenMode::kCreateNew, &file), IoStatus::kInvalidPath);
  EXPECT_EQ(file, nullptr);
}

TEST_F(PosixEnvTest, RenamingReplaces) {
  Make("a", "new");
  Make("b", "old");
  EXPECT_EQ(env_.Rename(directory_ + "a", directory_ + "b"), IoStatus::kOk);
  EXPECT_FALSE(env_.Exists(directory_ + "a"));
  EXPECT_EQ(Text("b"), "new");
  EXPECT_EQ(env_.SyncDirectory(directory_), IoStatus::kOk);
}

TEST_F(PosixEnvTest, AListHasThePlainFilesInOrder) {
  for (const char* name : {"c", "a", "b"}) Make(name, "");
  env_.MakeDirectory(directory_ + "0");
  std::vector<std::string> names;
  EXPECT_EQ(env_.List(directory_, &names), IoStatus::kOk);
  EXPECT_THAT(names, testing::ElementsAre("a", "b", "c"));
}

TEST_F(PosixEnvTest, AReadAtTheEndHasNoBytesAndNoError) {
  Make("a", "text");
  std::unique_ptr<File> file;
  ASSERT_EQ(env_.Open(directory_ + "a", OpenMode::kReadWrite, &file), IoStatus::kOk);
  std::array<std::byte, 8> buffer;
  EXPECT_EQ(file->ReadAt(2, buffer).bytes, 2u);
  EXPECT_EQ(file->ReadAt(4, buffer).bytes, 0u);
  EXPECT_EQ(file->ReadAt(4, buffer).status, IoStatus::kOk);
  EXPECT_EQ(file->SetSize(6), IoStatus::kOk);
  EXPECT_EQ(file->Sync(), IoStatus::kOk);
  EXPECT_EQ(file->Size(), 6u);
}

TEST_F(PosixEnvTest, TimeNeverGoesBackAndPassesInSleep) {
  const uint64_t before = env_.NowMicros();
  env_.SleepMicros(2000);
  EXPECT_GE(env_.NowMicros(), before + 2000);
}

TEST_F(PosixEnvTest, AWaitingThreadIsWokenUnderTheLock) {
  Mutex mutex(env_, "test");
  Condition condition(env_, "test");
  int turn = 0;
  std::thread other([&] {
    MutexLock lock(mutex);
    while (turn != 1) condition.Wait(lock);
    turn = 2;
    condition.NotifyAll();
  });
  MutexLock lock(mutex);
  turn = 1;
  condition.NotifyAll();
  while (turn != 2) condition.Wait(lock);
  lock.Unlock();
  other.join();
}

}  // namespace
}  // namespace backstop::env
