// SPDX-License-Identifier: MIT
#include "model/export/lookup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace backstop::model {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Reference& Both() {
  static const Reference reference = MakeReference(Dialects::kBoth);
  return reference;
}

TEST(ExplainCall, ShowsTheGateAndTheChecksInOrder) {
  const std::string text = ExplainCall(Both(), "jetreadfileinstance");
  const size_t gate = text.find("E-2");
  const size_t none = text.find("READ-1");
  const size_t stop = text.find("READ-2");
  const size_t handle = text.find("READ-5");
  EXPECT_LT(gate, none);
  EXPECT_LT(none, stop);
  EXPECT_LT(stop, handle);
  EXPECT_NE(handle, std::string::npos);
  EXPECT_THAT(ExplainCall(Both(), "JetReadFile"), HasSubstr("L-2"));
  EXPECT_THAT(ExplainCall(Both(), "JetTerm"), HasSubstr("TERM-7"));
  EXPECT_THAT(ExplainCall(Both(), "JetTerm2"), HasSubstr("TERM-7"));
  EXPECT_EQ(ExplainCall(Both(), "JetNothing"), "");
}

TEST(ExplainCall, KnowsEveryCallByItsName) {
  for (const std::string& name : CallNames(Both())) {
    EXPECT_THAT(ExplainCall(Both(), name), Not(IsEmpty())) << name;
  }
}

TEST(ExplainCode, NamesTheCallsThatGiveIt) {
  const std::string text = ExplainCode(Both(), "-801");
  EXPECT_THAT(text, HasSubstr("JET_errBackupAbortByServer (-801)"));
  EXPECT_THAT(text, HasSubstr("JetTruncateLogInstance"));
  EXPECT_THAT(text, HasSubstr("END-5"));
  EXPECT_EQ(text.find("JetStopBackupInstance"), std::string::npos);
  EXPECT_EQ(ExplainCode(Both(), "JET_errbackupabortbyserver"), text);
  EXPECT_EQ(ExplainCode(Both(), "-77777"), "");
}

TEST(ExplainState, GivesWhatEveryCallReturnsInAState) {
  const std::string text = ExplainState(Both(), "terminating");
  EXPECT_THAT(text, HasSubstr("JET_errTermInProgress (-1000)"));
  EXPECT_THAT(text, HasSubstr("TERM-7"));
  EXPECT_EQ(text.find("READ-1"), std::string::npos) << "the phases are another region";
}

TEST(ExplainState, LeavesOutWhatACheckThatHoldsHasDecided) {
  const std::string text = ExplainState(Both(), "stopped");
  EXPECT_THAT(text,
              ContainsRegex("JetReadFileInstance\n(  .*\n)*  READ-2 +JET_errBackupAbortByServer"));
  EXPECT_EQ(text.find("READ-4"), std::string::npos) << "READ-2 came before";
  EXPECT_THAT(text, HasSubstr("CLOSE-5")) << "closing works in a stopped backup";
  EXPECT_EQ(ExplainState(Both(), "a stop was requested"), text);
}

TEST(ExplainState, KnowsEveryStateAndConditionAndNothingElse) {
  for (const std::string& name : StateNames(Both())) {
    EXPECT_THAT(ExplainState(Both(), name), Not(IsEmpty())) << name;
  }
  for (const std::string& name : ConditionNames(Both())) {
    EXPECT_THAT(ExplainState(Both(), name), Not(IsEmpty())) << name;
  }
  EXPECT_THAT(ExplainState(Both(), "service stopped"), HasSubstr("JetStopService was called"));
  EXPECT_EQ(ExplainState(Both(), "asleep"), "");
  EXPECT_EQ(ExplainState(Both(), "phase"), "") << "two states have it in their names";
}

TEST(ExplainClause, GivesSentenceSourceAndRows) {
  const std::string text = ExplainClause(Both(), "read-2");
  EXPECT_THAT(text, HasSubstr("READ-2: A stopped backup gives no more data"));
  EXPECT_THAT(text, HasSubstr("backup.cxx:2706"));
  EXPECT_THAT(text, HasSubstr("JetReadFileInstance\n"));
  EXPECT_EQ(ExplainClause(Both(), "READ-99"), "");
  for (const std::string& name : ClauseNames(Both())) {
    EXPECT_THAT(ExplainClause(Both(), name), Not(IsEmpty())) << name;
  }
}

TEST(ExplainDifference, GivesBothDialectsAndTheClauses) {
  const std::string text = ExplainDifference(Both(), "D-01");
  EXPECT_THAT(text, HasSubstr("documented   Returns JET_errBackupAbortByServer"));
  EXPECT_THAT(text, HasSubstr("backup.cxx:4165-4171"));
  EXPECT_THAT(text, ContainsRegex("strict +[A-Za-z]"));
  EXPECT_THAT(text, ContainsRegex("ese +[A-Za-z]"));
  EXPECT_THAT(text, ContainsRegex("clauses +.*END-5"));
  EXPECT_EQ(ExplainDifference(Both(), "D-99"), "");
}

TEST(ExplainDifference, CanBeAskedForWhateverAClauseDecides) {
  for (const Section& section : Both().sections) {
    for (const Clause& clause : section.clauses) {
      for (size_t at = 0; at < clause.decides.size();) {
        const size_t end = std::min(clause.decides.find(", ", at), clause.decides.size());
        const std::string_view id = clause.decides.substr(at, end - at);
        // Invariants are stated elsewhere.
        if (!id.starts_with("INV-")) {
          EXPECT_THAT(ExplainDifference(Both(), id), HasSubstr(clause.id)) << id;
        }
        at = end + 2;
      }
    }
  }
}

}  // namespace
}  // namespace backstop::model
