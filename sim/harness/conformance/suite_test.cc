// SPDX-License-Identifier: MIT
// The committed suite against the specification, and the checks themselves.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "sim/harness/conformance/generator.h"
#include "sim/harness/conformance/suite_check.h"

namespace backstop::conformance {
namespace {

/// The committed suite, read and replayed once.
struct Committed {
  model::Lifecycle strict{model::kStrict};
  model::Lifecycle ese{model::kEse};
  SuiteCheck check{strict, ese};
  std::vector<Item> items;
  std::string error;
  bool read = ReadSuite(
      BACKSTOP_SUITE,
      [this](Item&& item) {
        check.Add(item);
        items.push_back(std::move(item));
      },
      &error);
};

Committed& TheSuite() {
  static Committed committed;
  return committed;
}

std::string ReadUnshown() {
  std::ifstream in(std::string(BACKSTOP_SUITE) + "/UNSHOWN.txt");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Suite, AgreesWithTheSpecificationStepByStep) {
  ASSERT_TRUE(TheSuite().read) << TheSuite().error;
  EXPECT_GT(TheSuite().check.sequences(), 2000u);
  for (const std::string& text : TheSuite().check.disagreements()) ADD_FAILURE() << text;
}

TEST(Suite, ShowsEveryRowButThoseThatAreListed) {
  ASSERT_TRUE(TheSuite().read) << TheSuite().error;
  EXPECT_EQ(Unshown(TheSuite().check), ReadUnshown())
      << "write the suite anew with backstop conform --write-suite traces/conformance";
}

TEST(Suite, WhatIsListedIsReachedByNoCall) {
  std::istringstream lines(ReadUnshown());
  for (std::string line; std::getline(lines, line);) {
    EXPECT_NE(line.find("; internal: "), std::string::npos) << line;
  }
}

TEST(Suite, LinesAreReadAsTheyWereWritten) {
  for (const Item& item : TheSuite().items) {
    Item again;
    std::string error;
    ASSERT_TRUE(FromLine(ToLine(item), &again, &error)) << error;
    EXPECT_EQ(ToLine(again), ToLine(item));
  }
}

TEST(SuiteCheck, SeesAWrongCodeAndAWrongClause) {
  ASSERT_FALSE(TheSuite().items.empty());
  Item wrong = TheSuite().items.front();
  wrong.sequence.steps[wrong.step].err = -9999;
  SuiteCheck codes(TheSuite().strict, TheSuite().ese);
  codes.Add(wrong);
  EXPECT_FALSE(codes.disagreements().empty());
  Item misnamed = TheSuite().items.front();
  misnamed.clause = "STOP-2";
  SuiteCheck clauses(TheSuite().strict, TheSuite().ese);
  clauses.Add(misnamed);
  EXPECT_FALSE(clauses.disagreements().empty());
}

TEST(SuiteFile, RefusesWhatIsNoSequence) {
  Item item;
  std::string error;
  EXPECT_FALSE(FromLine("{", &item, &error));
  EXPECT_FALSE(FromLine(R"({"id":"x","steps":[]})", &item, &error));
  EXPECT_FALSE(ReadSuite(
      "/nowhere", [](Item&&) {}, &error));
  EXPECT_NE(error.find("/nowhere"), std::string::npos);
}

}  // namespace
}  // namespace backstop::conformance
