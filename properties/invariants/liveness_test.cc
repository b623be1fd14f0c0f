// SPDX-License-Identifier: MIT
// INV-53 and the leak check fire on engines in which a call never returns or a file is never
// closed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impl/engine/process.h"
#include "sim/harness/campaign.h"

namespace backstop::properties {
namespace {

using harness::Program;
using ::testing::HasSubstr;

env::Env& World() { return engine::Process::Current().env(); }

JET_ERR StopThatLocksTwice(JET_INSTANCE) {
  const std::unique_ptr<env::MutexImpl> mutex = World().NewMutex("taken twice");
  mutex->Lock();
  mutex->Lock();
  return JET_errSuccess;
}

JET_ERR StopThatSpins(JET_INSTANCE) {
  const env::CellId cell = World().NewCell("flag that nobody sets");
  for (;;) World().Touch(cell, env::Access::kRead);
}

/// Never closed, not even when their world is gone; kept reachable for leak checkers.
std::vector<env::File*>& Forgotten() {
  static auto& files = *new std::vector<env::File*>;
  return files;
}

JET_ERR StopThatForgetsAFile(JET_INSTANCE instance) {
  std::unique_ptr<env::File> file;
  World().Open("i1/forgotten.tmp", env::OpenMode::kCreateOrTruncate, &file);
  Forgotten().push_back(file.release());
  return JetStopBackupInstance(instance);
}

std::optional<harness::Violation> ViolationOf(decltype(&JetStopBackupInstance) stop) {
  static harness::JetApi api;
  api = harness::BuiltinJetApi("planted");
  api.JetStopBackupInstance = stop;
  Program program;
  harness::ProgramCall call;
  call.op = model::Op::kStopBackup;
  program.threads = {{call}};
  // Abandoned stacks refer to the runner's worlds, so both live as long as the test program.
  static auto& runners = *new std::vector<std::unique_ptr<harness::Runner>>;
  runners.push_back(
      std::make_unique<harness::Runner>(api, harness::Runner::Options{.max_steps = 10'000}));
  sched::Recorded in_order;
  const harness::RunResult run = runners.back()->Run(program, in_order);
  harness::Checker checker;
  return checker.Check(run, runners.back()->scheduler(), nullptr);
}

TEST(Liveness, ADeadlockNamesTheLock) {
  const auto violation = ViolationOf(&StopThatLocksTwice);
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->rule, "INV-53");
  EXPECT_THAT(violation->text, HasSubstr("deadlock: T0 waits at lock 'taken twice' held by T0"));
}

TEST(Liveness, ACallThatSpinsForeverIsSeen) {
  const auto violation = ViolationOf(&StopThatSpins);
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->rule, "INV-53");
  EXPECT_THAT(violation->text, HasSubstr("no progress"));
}

TEST(Liveness, AForgottenFileIsALeak) {
  // The epilogue stops once more when the instance is gone; the file of the first stop counts.
  const auto violation = ViolationOf(&StopThatForgetsAFile);
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->rule, "leak");
  EXPECT_THAT(violation->text, HasSubstr("i1/forgotten.tmp"));
}

TEST(Liveness, TheEngineItselfKeepsIt) {
  EXPECT_FALSE(ViolationOf(&JetStopBackupInstance).has_value());
}

}  // namespace
}  // namespace backstop::properties
