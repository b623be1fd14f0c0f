// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "impl/esent.h"
#include "model/export/markdown.h"

namespace backstop::model {
namespace {

using ::testing::HasSubstr;

/// With BACKSTOP_UPDATE_GOLDEN set the test writes the document instead of comparing it.
TEST(Markdown, TheCommittedReferenceIsFresh) {
  const std::string exported = ExportMarkdown();
  if (std::getenv("BACKSTOP_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(BACKSTOP_SPEC_FILE) << exported;
    return;
  }
  std::ostringstream committed;
  committed << std::ifstream(BACKSTOP_SPEC_FILE).rdbuf();
  EXPECT_TRUE(committed.str() == exported)
      << BACKSTOP_SPEC_FILE << " is stale: run this test with BACKSTOP_UPDATE_GOLDEN=1";
}

TEST(Markdown, ARowStandsWithItsCheckCodeAndClause) {
  EXPECT_THAT(
      ExportMarkdown(),
      HasSubstr("| databases phase, logs phase | JetReadFileInstance | a stop was requested "
                "| JET_errBackupAbortByServer (-801) |  | READ-2 |"));
}

TEST(ExplainCall, ShowsTheGateAndTheChecksInOrder) {
  const std::string text = ExplainCall("jetreadfileinstance");
  const size_t gate = text.find("E-2");
  const size_t none = text.find("READ-1");
  const size_t stop = text.find("READ-2");
  const size_t handle = text.find("READ-5");
  EXPECT_LT(gate, none);
  EXPECT_LT(none, stop);
  EXPECT_LT(stop, handle);
  EXPECT_NE(handle, std::string::npos);
  EXPECT_THAT(ExplainCall("JetReadFile"), HasSubstr("L-2"));
  EXPECT_THAT(ExplainCall("JetTerm"), HasSubstr("TERM-7"));
  EXPECT_EQ(ExplainCall("JetNothing"), "");
}

TEST(WhereCode, NamesTheCallsThatGiveIt) {
  const std::string text = WhereCode(JET_errBackupAbortByServer);
  EXPECT_THAT(text, HasSubstr("JET_errBackupAbortByServer (-801)"));
  EXPECT_THAT(text, HasSubstr("JetTruncateLogInstance"));
  EXPECT_THAT(text, HasSubstr("END-5"));
  EXPECT_EQ(text.find("JetStopBackupInstance"), std::string::npos);
  EXPECT_EQ(WhereCode(-1018), "");
}

}  // namespace
}  // namespace backstop::model
