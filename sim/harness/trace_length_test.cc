// SPDX-License-Identifier: MIT
// Traces of any length are read with memory that has a bound, and followed as far as a run goes.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sim/harness/replay_trace.h"

namespace backstop::harness {
namespace {

namespace fs = std::filesystem;

/// A trace file with this many decisions and results; gone after the test.
class LongTrace {
 public:
  LongTrace(size_t decisions, size_t results)
      : path_(fs::temp_directory_path() / fmt::format("backstop-long-{}.trace", getpid())) {
    std::ofstream out(path_);
    out << "backstop-trace 1\nengine engine\nbuild 0\ndialect strict\n"
           "setup mode=multi settings=default start=begun\nfaults no\nthread T0\n"
           "  JetStopBackupInstance\nthread T1\n  JetGetAttachInfoInstance\nschedule decisions\n";
    for (size_t at = 0; at < decisions; ++at) {
      out << "  switch T" << at % 2 << " call " << at / 2 << " lock gate #0 to T" << (at + 1) % 2
          << "\n";
    }
    out << "results\n";
    for (size_t at = 0; at < results; ++at) {
      out << "  T0 call " << at << " JetStopBackupInstance() = JET_errSuccess [STOP-1] ready\n";
    }
    out << "verdict INV-01\nend\n";
  }
  ~LongTrace() { fs::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

int64_t PeakKiB() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST(LongTrace, OfTenMegabytesIsReadWithBoundedMemory) {
  const LongTrace file(kMostDecisions + 30'000, 60'000);
  ASSERT_GT(fs::file_size(file.path()), 10'000'000u);
  Trace trace;
  std::string error;
  ASSERT_TRUE(ReadTraceFile(file.path(), &trace, &error)) << error;
  EXPECT_EQ(std::get<std::vector<sched::ReplayEntry>>(trace.schedule).size(), kMostDecisions);
  EXPECT_EQ(trace.decisions_beyond, 30'000u);
  EXPECT_EQ(trace.results.size(), kMostResults);
  EXPECT_EQ(trace.results_beyond, 60'000u - kMostResults);
  // Six times as much text takes no more memory, but for what the allocator keeps.
  const int64_t before = PeakKiB();
  const LongTrace longer(6 * kMostDecisions, 400'000);
  ASSERT_GT(fs::file_size(longer.path()), 60'000'000u);
  ASSERT_TRUE(ReadTraceFile(longer.path(), &trace, &error)) << error;
  EXPECT_LT(PeakKiB() - before, 32 * 1024);
}

TEST(LongTrace, IsFollowedAsFarAsTheRunGoes) {
  const LongTrace file(kMostDecisions + 5, 0);
  Trace trace;
  std::string error;
  ASSERT_TRUE(ReadTraceFile(file.path(), &trace, &error)) << error;
  const JetApi api = BuiltinJetApi("engine");
  Runner runner(api, {});
  Checker checker;
  const ReplayResult result = ReplayTrace(runner, checker, trace, {}, 1, 0);
  EXPECT_EQ(result.verdict, ReplayVerdict::kDiverged);
  const auto& counts = result.counts;
  EXPECT_EQ(uint64_t{counts.exact} + counts.resynchronised + counts.lost, kMostDecisions + 5);
}

TEST(LongTrace, ALineWithoutEndIsRefusedBeforeItIsRead) {
  const LongTrace file(1, 0);
  std::ofstream(file.path(), std::ios::trunc) << std::string(1'000'000, 'x');
  Trace trace;
  std::string error;
  EXPECT_FALSE(ReadTraceFile(file.path(), &trace, &error));
  EXPECT_NE(error.find("line 1: the line is longer than any trace line"), error.npos) << error;
}

}  // namespace
}  // namespace backstop::harness
