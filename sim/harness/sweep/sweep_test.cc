// SPDX-License-Identifier: MIT
// The engine stands the sweep; engines with one mistake in what they do about failures do not.
#include "sim/harness/sweep/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace backstop::harness {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const JetApi& Engine() {
  static const JetApi api = BuiltinJetApi("engine");
  return api;
}

SweepResult SweepOf(const JetApi& api, const char* name, std::vector<SweepFault> faults) {
  const SweepOptions options{.faults = std::move(faults)};
  return Sweep(api, *FindSweepScenario(name), options, [](const SweepResult&) {});
}

std::vector<std::string> Texts(const SweepResult& result) {
  std::vector<std::string> texts;
  for (const SweepViolation& violation : result.violations) texts.push_back(ToText(violation));
  return texts;
}

class EveryOperation : public ::testing::TestWithParam<const char*> {};

TEST_P(EveryOperation, MayFailOnce) {
  const SweepResult result = SweepOf(Engine(), GetParam(),
                                     {SweepFault::kError, SweepFault::kLogDiskFull,
                                      SweepFault::kDatabaseDiskFull, SweepFault::kShort});
  EXPECT_THAT(result.unusable, IsEmpty());
  EXPECT_GT(result.walks, 20u);
  EXPECT_GT(result.failing, 0u);
  EXPECT_THAT(Texts(result), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Of, EveryOperation,
                         ::testing::Values("init", "rows", "recovery", "restore", "whole"));

// -- engines with a mistake --

JET_ERR JET_API CommitsAnyway(JET_SESID session, JET_GRBIT grbit) {
  const JET_ERR err = Engine().JetCommitTransaction(session, grbit);
  return err == JET_errLogWriteFail ? JET_errSuccess : err;
}

TEST(Sweep, FindsAnEngineThatAcknowledgesWhatItCouldNotWrite) {
  JetApi api = Engine();
  api.JetCommitTransaction = &CommitsAnyway;
  EXPECT_THAT(Texts(SweepOf(api, "rows", {SweepFault::kError})),
              Contains(HasSubstr("was committed and is gone")));
}

JET_ERR JET_API BlamesTheCaller(JET_INSTANCE* instance) {
  const JET_ERR err = Engine().JetInit(instance);
  return err == JET_errDiskIO ? JET_errInvalidParameter : err;
}

TEST(Sweep, FindsAnEngineThatGivesAnotherCode) {
  JetApi api = Engine();
  api.JetInit = &BlamesTheCaller;
  const SweepResult result = SweepOf(api, "init", {SweepFault::kError});
  EXPECT_THAT(Texts(result),
              Contains(HasSubstr("JetInit = JET_errInvalidParameter is no allowed code")));
  // Each can be looked at alone.
  const SweepViolation& first = result.violations.front();
  const SweepOptions again{.faults = {first.fault}, .at = first.at};
  const SweepResult one = Sweep(api, *FindSweepScenario("init"), again, [](const SweepResult&) {});
  EXPECT_EQ(one.walks, 1u);
  EXPECT_THAT(Texts(one), Contains(ToText(first)));
}

bool refuses = false;

JET_ERR JET_API StaysFailed(JET_INSTANCE instance, JET_HANDLE file, void* to, uint32_t bytes,
                            uint32_t* actual) {
  if (refuses) return JET_errDiskIO;
  const JET_ERR err = Engine().JetReadFileInstance(instance, file, to, bytes, actual);
  refuses = err == JET_errDiskIO;
  return err;
}

TEST(Sweep, FindsAnEngineThatDoesNotGetOverAFailure) {
  JetApi api = Engine();
  api.JetReadFileInstance = &StaysFailed;
  refuses = false;
  EXPECT_THAT(Texts(SweepOf(api, "backup", {SweepFault::kError})),
              Contains(HasSubstr("though nothing fails any more")));
}

TEST(Sweep, SaysWhenAScenarioFailsByItself) {
  JetApi api = Engine();
  api.JetDelete = [](JET_SESID, JET_TABLEID) -> JET_ERR { return JET_errWriteConflict; };
  EXPECT_THAT(SweepOf(api, "rows", {SweepFault::kError}).unusable,
              HasSubstr("JetDelete = JET_errWriteConflict without any fault"));
}

TEST(Sweep, WritesWhatItFound) {
  const SweepScenario& scenario = *FindSweepScenario("init");
  const auto json = ToJson(scenario, SweepOf(Engine(), "init", {SweepFault::kError}));
  EXPECT_EQ(json["scenario"], "init");
  EXPECT_EQ(json["ios"], json["walks"]);
  EXPECT_GT(json["failures"]["JetInit"]["JET_errDiskIO"], 0);
  EXPECT_TRUE(json["violations"].empty());
}

}  // namespace
}  // namespace backstop::harness
