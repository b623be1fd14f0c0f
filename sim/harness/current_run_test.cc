// SPDX-License-Identifier: MIT
#include "sim/harness/current_run.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <memory>

#include "sim/harness/generate.h"

namespace backstop::harness {
namespace {

namespace fs = std::filesystem;

class CurrentRunFile : public ::testing::Test {
 protected:
  CurrentRunFile() {
    std::string error;
    EXPECT_TRUE(current_->Open(directory_, &error)) << error;
  }
  ~CurrentRunFile() override {
    current_.reset();
    fs::remove_all(directory_);
  }

  void ExpectIsKept(const Program& program, const ScheduleSpec& schedule) {
    Trace trace;
    std::string error;
    ASSERT_TRUE(ReadTraceFile(current_->path(), &trace, &error)) << error;
    EXPECT_EQ(trace.program, program);
    EXPECT_EQ(ToText(std::get<ScheduleSpec>(trace.schedule)), ToText(schedule));
  }

  const Provenance made_by_ = {.engine = "engine", .build = "0123456789ab"};
  const std::string directory_ =
      fs::temp_directory_path() / ("backstop-current-run-" + std::to_string(::getpid()));
  std::unique_ptr<CurrentRun> current_ = std::make_unique<CurrentRun>();
};

/// Larger than what is overwritten in place.
Program LargeProgram() {
  Program program = DrawProgram({.threads = 2, .calls = 2}, 1);
  for (auto& calls : program.threads) calls.resize(64, calls.at(0));
  return program;
}

TEST_F(CurrentRunFile, HoldsTheLastProgramWhateverItsSize) {
  const Program few = DrawProgram({.threads = 1, .calls = 1}, 3);
  const Program some = DrawProgram({.threads = 4, .calls = 8}, 4);
  const Program many = LargeProgram();
  uint32_t number = 0;
  for (const Program& program : {few, some, few, many, few, many, some}) {
    const ScheduleSpec schedule = PortfolioSchedule(++number, number, 100);
    ASSERT_TRUE(current_->BeginProgram(made_by_, program, schedule));
    ExpectIsKept(program, schedule);
  }
}

TEST_F(CurrentRunFile, HoldsTheLastSchedule) {
  const Program program = DrawProgram({.threads = 2, .calls = 2}, 5);
  ASSERT_TRUE(current_->BeginProgram(made_by_, program, PortfolioSchedule(1, 1, 100)));
  const ScheduleSpec next = PortfolioSchedule(2, 99, 100);
  ASSERT_TRUE(current_->BeginSchedule(next));
  ExpectIsKept(program, next);
}

TEST_F(CurrentRunFile, GoesWhenNothingRuns) {
  current_->Remove();
  EXPECT_FALSE(fs::exists(current_->path()));
}

/// A directory of its own, gone after the test.
class WholeFile : public ::testing::Test {
 protected:
  WholeFile() { fs::create_directory(directory_); }
  ~WholeFile() override { fs::remove_all(directory_); }

  const fs::path directory_ =
      fs::temp_directory_path() / ("backstop-whole-file-" + std::to_string(::getpid()));
  std::string error_;
};

TEST_F(WholeFile, APipeIsWrittenToOnceAndStaysOne) {
  const std::string path = directory_ / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  EXPECT_TRUE(PrepareWholeFile(path, "too early", &error_)) << error_;
  EXPECT_TRUE(WriteWholeFile(path, "text", &error_)) << error_;
  char got[16] = {};
  EXPECT_EQ(::read(reader, got, sizeof got), 4);
  EXPECT_STREQ(got, "text");
  EXPECT_TRUE(fs::is_fifo(path));
  ::close(reader);
}

TEST_F(WholeFile, AFullDeviceIsReportedAndStays) {
  const fs::path path = directory_ / "full";
  fs::create_symlink("/dev/full", path);
  EXPECT_FALSE(WriteWholeFile(path, "text", &error_));
  EXPECT_NE(error_.find("No space left on device"), error_.npos) << error_;
  EXPECT_TRUE(fs::is_symlink(path));
}

TEST_F(WholeFile, ALinkStaysAndItsFileIsWritten) {
  ASSERT_TRUE(WriteWholeFile(directory_ / "file", "old", &error_)) << error_;
  fs::create_symlink("file", directory_ / "link");
  ASSERT_TRUE(WriteWholeFile(directory_ / "link", "newer", &error_)) << error_;
  EXPECT_TRUE(fs::is_symlink(directory_ / "link"));
  EXPECT_EQ(fs::file_size(directory_ / "file"), 5u);
}

TEST_F(WholeFile, ADirectoryIsRefused) {
  EXPECT_FALSE(WriteWholeFile(directory_, "text", &error_));
  EXPECT_EQ(error_.find(directory_.string()), 0u) << error_;
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_), {}), 0);
}

}  // namespace
}  // namespace backstop::harness
