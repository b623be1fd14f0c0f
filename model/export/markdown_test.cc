// SPDX-License-Identifier: MIT
#include "model/export/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace backstop::model {
namespace {

using ::testing::HasSubstr;

/// With BACKSTOP_UPDATE_GOLDEN set the test writes the document instead of comparing it.
TEST(Markdown, TheCommittedReferenceIsFresh) {
  const std::string exported = ExportMarkdown(MakeReference(Dialects::kBoth));
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
  EXPECT_THAT(ExportMarkdown(MakeReference(Dialects::kBoth)),
              HasSubstr("| JetReadFileInstance | a stop was requested "
                        "| JET_errBackupAbortByServer (-801) |  | READ-2 |"));
}

}  // namespace
}  // namespace backstop::model
