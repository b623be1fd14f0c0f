// SPDX-License-Identifier: MIT
#include "model/explore/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "model/explore/invariants.h"
#include "model/explore/row_duty.h"
#include "model/machine/tables.h"
#include "model/testing/interpreter.h"

namespace backstop::model {
namespace {

using testing::Interpreted;
using testing::Planted;
using testing::Replaced;
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

template <class... Tables>
ExploreResult ExplorePlanted() {
  Lifecycle lifecycle(Planted<Tables...>());
  return Explore(OneBackup(), lifecycle);
}

void ExpectNoFindings(const Dialect& dialect) {
  ExploreOptions options;
  options.dialect = &dialect;
  const ExploreResult result = Explore(options);
  EXPECT_THAT(Texts(result), ::testing::IsEmpty());
  for (const ExploreScene& scene : result.scenes) EXPECT_TRUE(scene.complete) << scene.name;
  EXPECT_GT(result.states(), 100'000u);
}

TEST(Explore, EveryEventHasARowEveryRowIsTakenAndEveryInvariantHoldsInTheStrictDialect) {
  ExpectNoFindings(kStrict);
}

TEST(Explore, EveryEventHasARowEveryRowIsTakenAndEveryInvariantHoldsInTheEseDialect) {
  ExpectNoFindings(kEse);
}

/// What the search saves does not change what it finds.
TEST(Explore, IsAsGoodAsThePlainSearch) {
  for (const Dialect* dialect : {&kStrict, &kEse}) {
    for (const char* scene : {"backup", "services", "process", "databases"}) {
      ExploreOptions options;
      options.dialect = dialect;
      options.scene = scene;
      options.databases = options.logs = 1;
      const ExploreResult fast = Explore(options);
      options.plain = true;
      const ExploreResult plain = Explore(options);
      EXPECT_EQ(fast.states(), plain.states()) << scene;
      EXPECT_EQ(fast.pairs(), plain.pairs()) << scene;
      EXPECT_EQ(fast.scenes.at(0).moves, plain.scenes.at(0).moves) << scene;
      EXPECT_EQ(fast.scenes.at(0).depth, plain.scenes.at(0).depth) << scene;
      EXPECT_EQ(fast.row_hits, plain.row_hits) << scene;
    }
  }
}

TEST(Explore, FindsWithPlantedErrorsWhatThePlainSearchFinds) {
  using Planted = WithFirst<DataTable, Row<AnyPhase, ReadFile, Succeeds<"READ-15">>>;
  Lifecycle lifecycle(testing::Planted<Planted>());
  ExploreOptions options = OneBackup();
  const std::vector<std::string> fast = Texts(Explore(options, lifecycle));
  options.plain = true;
  EXPECT_EQ(fast, Texts(Explore(options, lifecycle)));
  EXPECT_FALSE(fast.empty());
}

TEST(RowDuty, EveryRowIsOneOfSomeDialect) {
  const std::vector<RowDuty> strict = RowDuties(kStrict);
  const std::vector<RowDuty> ese = RowDuties(kEse);
  ASSERT_EQ(strict.size(), Rows().size());
  for (RowId row = 0; row < Rows().size(); ++row) {
    const bool used = strict[row] == RowDuty::kMust || ese[row] == RowDuty::kMust ||
                      Rows()[row].internal != nullptr;
    EXPECT_TRUE(used) << Rows()[row].clause << " " << Rows()[row].source;
  }
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

/// A search that was cut short says nothing of rows.
TEST(Explore, JudgesRowsOnlyWhenItIsComplete) {
  ExploreOptions options;
  options.max_states = 10;
  const ExploreResult result = Explore(options);
  EXPECT_FALSE(result.complete());
  EXPECT_THAT(Texts(result), ::testing::IsEmpty());
}

TEST(Explore, ARowThatNoStateEnablesIsFound) {
  // READ-4 has refused every buffer that is not aligned before.
  using Shadowed = Row<LocalOrSnapshot, ReadFile, Fails<JET_errInvalidParameter, "READ-6">,
                       If<All<Not<WholePages>, Not<BufferAligned>>>>;
  Lifecycle lifecycle(Planted<Replaced<DataTable, "READ-6", Shadowed>>());
  ExploreOptions options;
  options.databases = options.logs = 1;
  options.max_findings = 1000;
  EXPECT_THAT(Texts(Explore(options, lifecycle)),
              ::testing::Contains(::testing::AllOf(::testing::StartsWith("row: "),
                                                   ::testing::HasSubstr("(READ-6)"))));
}

TEST(Explore, PutsEveryInvariantToTheTestThatIsToBeCheckedHere) {
  ExploreOptions options;
  options.databases = options.logs = 1;
  std::map<std::string, uint64_t> checks;
  for (const InvariantChecks& invariant : Explore(options).invariants) {
    EXPECT_GT(invariant.checks, 0u) << invariant.id << " " << invariant.sentence;
    checks[invariant.id] += invariant.checks;
  }
  for (const InvariantPlace& place : InvariantPlaces()) {
    if (place.where[0] == '\0') EXPECT_GT(checks[place.id], 0u) << place.id;
  }
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
  using Keeps =
      WithFirst<EndTable, Row<BackupRuns, End, Succeeds<"END-10">, Do<ForgetFile>, To<NoBackup>>>;
  const auto result = ExplorePlanted<Keeps>();
  EXPECT_THAT(Rules(result), ::testing::Contains("INV-10"));
}

TEST(Explore, AWorthlessEndThatStampsIsFound) {
  using Stamps =
      WithFirst<EndTable, Row<Logs, End, Succeeds<"END-9">, If<StopRequested>,
                              Do<Join<FullBackups, Copied>, ReleaseBackup>, To<NoBackup>>>;
  const auto result = ExplorePlanted<Stamps>();
  EXPECT_THAT(Rules(result), ::testing::Contains("INV-14"));
}

TEST(Explore, ABeginThatKeepsGoingInABackupIsFound) {
  using Restarts =
      WithFirst<BeginTable, Row<BackupRuns, Begin, Succeeds<"BEGIN-18">,
                                Do<ReleaseBackup, Set<FullFlag, true>>, To<Databases>>>;
  const auto result = ExplorePlanted<Restarts>();
  EXPECT_THAT(Rules(result), ::testing::Contains("INV-17"));
}

}  // namespace
}  // namespace backstop::model
