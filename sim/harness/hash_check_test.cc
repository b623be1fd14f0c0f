// SPDX-License-Identifier: MIT
// Runs are their traces; and a run that is not is seen.
#include "sim/harness/hash_check.h"

#include <gtest/gtest.h>

#include "sim/harness/campaign.h"

namespace backstop::harness {
namespace {

CampaignOptions Replayed(uint64_t schedules) {
  CampaignOptions options;
  options.seed = 7;
  options.schedules_per_program = 20;
  options.max_schedules = schedules;
  options.replay_check = true;
  return options;
}

const auto kNever = [](const CampaignStatus&) { return false; };

TEST(HashCheck, SchedulesReplayFromTheirTraces) {
  const JetApi api = BuiltinJetApi("engine");
  Campaign campaign(api, Replayed(2'000));
  EXPECT_EQ(campaign.Run(nullptr, {}, kNever), CampaignEnd::kStopped);
  EXPECT_EQ(campaign.status().replayed, 2'000u);
}

int calls = 0;
decltype(JetApi::JetStopBackupInstance) stop_backup = nullptr;

/// Now and then a result depends on how often the process has asked.
JET_ERR JET_API Fickle(JET_INSTANCE instance) {
  const JET_ERR err = stop_backup(instance);
  return ++calls % 50 == 0 ? JET_errOutOfMemory : err;
}

TEST(HashCheck, SeesAnEngineThatRemembersEarlierRuns) {
  JetApi api = BuiltinJetApi("engine");
  stop_backup = api.JetStopBackupInstance;
  Runner runner(api, {});
  HashCheck check(api);
  Program program;
  program.threads = {{ProgramCall{}}, {ProgramCall{}}};
  api.JetStopBackupInstance = &Fickle;
  bool equal = true;
  for (int i = 0; i < 50 && equal; ++i) {
    sched::Recorded recorded;
    const RunResult run = runner.Run(program, recorded);
    equal = check.Replays(runner, {}, program, run);
  }
  EXPECT_FALSE(equal);
  EXPECT_NE(check.why().find("when replayed"), std::string::npos) << check.why();
}

}  // namespace
}  // namespace backstop::harness
