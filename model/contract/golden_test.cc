// SPDX-License-Identifier: MIT
#include "model/contract/golden.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "model/contract/facts.h"

namespace backstop::model::contract {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAreArray;

using Codes = std::vector<std::string>;

std::string PathOf(std::string_view id) {
  return std::string(BACKSTOP_CONTRACT_DIR) + "/golden/" + std::string(id) + ".txt";
}

/// The codes of the lines that show the discrepancy itself.
Codes Decided(const Golden& golden, std::string GoldenStep::*dialect) {
  Codes codes;
  for (const GoldenStep& step : golden.steps) {
    const std::string& code = step.*dialect;
    if (step.decides && std::find(codes.begin(), codes.end(), code) == codes.end()) {
      codes.push_back(code);
    }
  }
  return codes;
}

nlohmann::json FollowTexts() {
  std::ifstream file(std::string(BACKSTOP_CONTRACT_DIR) + "/follow.json");
  return nlohmann::json::parse(file);
}

bool Differs(const Golden& golden) {
  return std::any_of(golden.steps.begin(), golden.steps.end(), [](const GoldenStep& step) {
    return step.decides && step.strict != step.ese;
  });
}

class Discrepancies : public ::testing::TestWithParam<int> {
 protected:
  std::string Id() const { return TheFacts().discrepancies[static_cast<size_t>(GetParam())].id; }
  static const Facts& TheFacts() {
    static const Facts facts = ReadFacts(BACKSTOP_CONTRACT_DIR);
    return facts;
  }
};

TEST_P(Discrepancies, AreDecidedAsTheirSequenceShows) {
  const Golden golden = ReadGolden(PathOf(Id()));
  Lifecycle strict(kStrict), ese(kEse);
  EXPECT_THAT(RunGolden(golden, strict), IsEmpty());
  EXPECT_THAT(RunGolden(golden, ese), IsEmpty());
}

TEST_P(Discrepancies, GiveTheCodesThatTheContractSaysToFollow) {
  const Golden golden = ReadGolden(PathOf(Id()));
  const auto follow = FollowTexts().at(Id());
  const Codes strict = follow.at("strict");
  EXPECT_THAT(Decided(golden, &GoldenStep::strict), UnorderedElementsAreArray(strict));
  EXPECT_THAT(Decided(golden, &GoldenStep::ese),
              UnorderedElementsAreArray(follow.value("ese", strict)));
  for (const std::string& code : TheFacts().discrepancies[static_cast<size_t>(GetParam())].named) {
    if (follow.contains("unless") && follow["unless"].contains(code)) continue;
    EXPECT_THAT(strict, Contains(code)) << "the contract names it";
  }
}

TEST_P(Discrepancies, TellTheDialectsApartWhereStrictDoesNotFollowTheSource) {
  const Golden golden = ReadGolden(PathOf(Id()));
  const auto differences = Differences();
  const auto found = std::find_if(differences.begin(), differences.end(),
                                  [&](const Difference& d) { return d.id == Id(); });
  ASSERT_NE(found, differences.end());
  const bool expected =
      found->strict != Follow::kSource && !FollowTexts().at(Id()).contains("same");
  EXPECT_EQ(Differs(golden), expected);
}

INSTANTIATE_TEST_SUITE_P(All, Discrepancies, ::testing::Range(0, 46),
                         [](const auto& info) { return "D" + std::to_string(info.param + 1); });

TEST(Corrections, AreKeptAsTheirSequencesShow) {
  for (const std::string_view id : {"C-04", "C-21"}) {
    const Golden golden = ReadGolden(PathOf(id));
    Lifecycle strict(kStrict), ese(kEse);
    EXPECT_THAT(RunGolden(golden, strict), IsEmpty());
    EXPECT_THAT(RunGolden(golden, ese), IsEmpty());
  }
}

/// Runs a text as if it were a golden file.
Codes RunText(const std::string& text) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("golden." + std::to_string(getpid()))).string();
  std::ofstream(path) << text;
  Lifecycle lifecycle;
  const Codes differences = RunGolden(ReadGolden(path), lifecycle);
  std::filesystem::remove(path);
  return differences;
}

TEST(Golden, SeesAWrongCode) {
  EXPECT_THAT(RunText("start ready\nJetStopBackupInstance -> JET_errNoBackup\n"),
              ElementsAre(HasSubstr("2: JetStopBackupInstance (strict) returns success, not")));
}

TEST(Golden, SeesAWrongOutput) {
  EXPECT_THAT(RunText("start ready\nJetBeginExternalBackupInstance -> success\n"
                      "JetGetAttachInfoInstance gives databases=2 -> success\n"),
              ElementsAre(HasSubstr("gives other outputs")));
}

TEST(Golden, SeesLinesThatItCannotRead) {
  EXPECT_THAT(RunText("JetFoo -> success\n"), ElementsAre(HasSubstr(":1: cannot be read")));
  EXPECT_THAT(RunText("JetTerm2 grbit=zero -> success\n"),
              ElementsAre(HasSubstr(":1: cannot be read")));
  EXPECT_THAT(RunText("start somewhere\n"), ElementsAre(HasSubstr(":1: cannot be read")));
  EXPECT_THAT(RunText("JetTerm2 success\n"), ElementsAre(HasSubstr(":1: cannot be read")));
}

}  // namespace
}  // namespace backstop::model::contract
