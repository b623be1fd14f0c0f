// SPDX-License-Identifier: MIT
#include "model/contract/strict_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "impl/esent.h"

namespace backstop::model::contract {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Facts& TheFacts() {
  static const Facts facts = ReadFacts(BACKSTOP_CONTRACT_DIR);
  return facts;
}

/// The first row of the clause.
WrittenRow& RowOf(std::vector<TableText>& tables, const std::string& clause) {
  for (TableText& table : tables) {
    for (WrittenRow& row : table.rows) {
      if (row.clause == clause) return row;
    }
  }
  ADD_FAILURE() << "no row " << clause;
  return tables[0].rows[0];
}

TEST(Facts, AreReadWithAllTheirFunctionsAndDiscrepancies) {
  EXPECT_THAT(TheFacts().errors, IsEmpty());
  EXPECT_EQ(TheFacts().functions.size(), 34u) << "36, two of them internal";
  EXPECT_EQ(TheFacts().discrepancies.size(), 46u);
}

TEST(Facts, ThatAreMissingAreReported) {
  EXPECT_THAT(ReadFacts("/nowhere").errors, Contains(HasSubstr("contract.json")));
}

TEST(StrictDialect, HasEveryCheckOfTheContractInItsOrderAndNoOtherCode) {
  EXPECT_THAT(CheckStrict(Tables(), TheFacts()), IsEmpty());
}

TEST(StrictCheck, SeesAWrongCode) {
  auto tables = Tables();
  RowOf(tables, "READ-2").err = JET_errNoBackup;
  EXPECT_THAT(CheckStrict(tables, TheFacts()),
              Contains(HasSubstr("no row of READ-2 returns JET_errBackupAbortByServer")));
}

TEST(StrictCheck, SeesACodeThatNobodyAsksFor) {
  auto tables = Tables();
  RowOf(tables, "STOP-1").err = JET_errNoBackup;
  EXPECT_THAT(CheckStrict(tables, TheFacts()), Contains(HasSubstr("no check asks for")));
}

TEST(StrictCheck, SeesTwoChecksInTheWrongOrder) {
  auto tables = Tables();
  std::swap(RowOf(tables, "TRUNC-2"), RowOf(tables, "TRUNC-3"));
  EXPECT_THAT(CheckStrict(tables, TheFacts()), Contains(HasSubstr("stands behind TRUNC-3")));
}

TEST(StrictCheck, SeesACheckThatIsMissing) {
  auto tables = Tables();
  for (TableText& table : tables) {
    std::erase_if(table.rows, [](const WrittenRow& row) { return row.clause == "OPEN-4"; });
  }
  EXPECT_THAT(CheckStrict(tables, TheFacts()), Contains(HasSubstr("no row of OPEN-4")));
}

TEST(StrictCheck, SeesAnExceptionThatNothingNeeds) {
  Facts facts = TheFacts();
  facts.extra["READ-2"]["JET_errNoBackup"] = "";
  EXPECT_THAT(CheckStrict(Tables(), facts), Contains(HasSubstr("nothing needs the exception")));
}

}  // namespace
}  // namespace backstop::model::contract
