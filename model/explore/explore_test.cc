// SPDX-License-Identifier: MIT
#include "model/explore/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/machine/tables.h"
#include "model/testing/interpreter.h"

namespace backstop::model {
namespace {

using testing::Interpreted;
using testing::Planted;
using testing::WithFirst;
using testing::Without;

std::vector<std::string> Texts(const ExploreResult& result) {
  std::vector<std::string> texts;
  for (const ExploreFinding& finding : result.findings) {
    texts.push_back(finding.rule + ": " + finding.text);
  }
  return texts;
}

std::vector<std::string> Rules(const ExploreResult& result) {
  std::vector<std::string> rules;
  for (const ExploreFinding& finding : result.findings) rules.push_back(finding.rule);
  return rules;
}

ExploreOptions OneBackup() {
  ExploreOptions options;
  options.databases = 1;
  options.logs = 1;
  options.scene = "backup";
  return options;
}

template <class Data, class Log = LogTable, class Backup = BackupTable>
ExploreResult ExplorePlanted() {
  Lifecycle lifecycle(Planted<Data, Log, Backup>());
  return Explore(OneBackup(), lifecycle);
}

TEST(Explore, EveryEventHasARowEveryRowIsTakenAndEveryInvariantHolds) {
  ExploreOptions options;
  options.logs = 1;
  const ExploreResult result = Explore(options);
  EXPECT_THAT(Texts(result), ::testing::IsEmpty());
  for (const ExploreScene& scene : result.scenes) EXPECT_TRUE(scene.complete) << scene.name;
  EXPECT_GT(result.states(), 10'000u);
  for (const RowId row : result.internal_rows) EXPECT_STREQ(Rows()[row].clause, "BEGIN-1");
}

TEST(Explore, IsDeterministicAndReportsProgress) {
  ExploreOptions options = OneBackup();
  int calls = 0;
  options.progress = [&](const ExploreProgress& progress) {
    ++calls;
    EXPECT_STREQ(progress.scene, "backup");
  };
  const ExploreResult first = Explore(options);
  const ExploreResult second = Explore(options);
  EXPECT_EQ(first.row_hits, second.row_hits);
  EXPECT_EQ(first.states(), second.states());
  EXPECT_EQ(first.pairs(), second.pairs());
  EXPECT_GT(calls, 0);
}

TEST(Explore, StopsAtTheLimitAndSaysSo) {
  ExploreOptions options = OneBackup();
  options.max_states = 100;
  EXPECT_FALSE(Explore(options).scenes.at(0).complete);
}

TEST(Explore, AnEventWithoutARowIsFoundWithTheShortestWay) {
  const ExploreResult result = ExplorePlanted<Without<DataTable, "READ-1">>();
  ASSERT_THAT(Rules(result), ::testing::Contains("unhandled"));
  EXPECT_EQ(result.findings[0].way.size(), 1u);
  EXPECT_THAT(result.findings[0].text, ::testing::HasSubstr("JetReadFileInstance"));
}

TEST(Explore, ADroppedStopTestIsFound) {
  const ExploreResult result = ExplorePlanted<Without<DataTable, "READ-2">>();
  ASSERT_THAT(Rules(result), ::testing::Contains("INV-01"));
  EXPECT_THAT(result.findings[0].way,
              ::testing::ElementsAre(::testing::HasSubstr("Begin"), ::testing::HasSubstr("Stop"),
                                     ::testing::HasSubstr("Read")));
}

TEST(Explore, ChecksInTheWrongOrderAreFound) {
  using HandleFirst =
      WithFirst<DataTable, Row<AnyPhase, ReadFile, Fails<JET_errInvalidParameter, "READ-5">,
                               If<Not<HandleIsOpenFile>>>>;
  const std::vector<std::string> rules = Rules(ExplorePlanted<HandleFirst>());
  EXPECT_THAT(rules, ::testing::Contains("INV-18"));
  EXPECT_THAT(rules, ::testing::Contains("INV-01"));
}

TEST(Explore, AFlippedCodeIsFound) {
  using Flipped =
      WithFirst<DataTable, Row<NoBackup, CloseFile, Fails<JET_errInvalidParameter, "CLOSE-1">>>;
  EXPECT_THAT(Rules(ExplorePlanted<Flipped>()), ::testing::Contains("INV-18"));
}

TEST(Explore, AnEndThatKeepsTheStopIsFound) {
  using Keeps = WithFirst<BackupTable,
                          Row<BackupRuns, End, Succeeds<"END-10">, Do<ForgetFile>, To<NoBackup>>>;
  const auto result = ExplorePlanted<DataTable, LogTable, Keeps>();
  EXPECT_THAT(Rules(result), ::testing::Contains("INV-10"));
}

TEST(Explore, AWorthlessEndThatStampsIsFound) {
  using Stamps =
      WithFirst<BackupTable, Row<Logs, End, Succeeds<"END-9">, If<StopRequested>,
                                 Do<Join<FullBackups, Copied>, ReleaseBackup>, To<NoBackup>>>;
  const auto result = ExplorePlanted<DataTable, LogTable, Stamps>();
  EXPECT_THAT(Rules(result), ::testing::Contains("INV-14"));
}

TEST(Explore, ABeginThatKeepsGoingInABackupIsFound) {
  using Restarts =
      WithFirst<BackupTable, Row<BackupRuns, Begin, Succeeds<"BEGIN-18">,
                                 Do<ReleaseBackup, Set<FullFlag, true>>, To<Databases>>>;
  const auto result = ExplorePlanted<DataTable, LogTable, Restarts>();
  EXPECT_THAT(Rules(result), ::testing::Contains("INV-17"));
}

}  // namespace
}  // namespace backstop::model
