// SPDX-License-Identifier: MIT
#include "model/export/check_text.h"

#include <gtest/gtest.h>

#include "model/export/near.h"
#include "model/export/reference.h"

namespace backstop::model {
namespace {

std::string Left(std::string_view words, std::string_view name) {
  const Glossary glossary = {{"Abrupt or Dirty is given", ""}, {"a and b meet", ""}};
  return WordsOf(Assuming(ParseCheck(words, glossary), name));
}

TEST(CheckText, EveryCheckOfTheTablesReadsTheSameAfterParsing) {
  for (const Section& section : MakeReference(Dialects::kBoth).sections) {
    for (const WrittenRow& row : section.table.rows) {
      const Check check = ParseCheck(row.check, section.table.glossary);
      const bool always = check.kind == Check::Kind::kAlways;
      EXPECT_EQ(always ? std::string("otherwise") : WordsOf(check), row.check) << row.clause;
    }
  }
}

TEST(CheckText, AConditionThatHoldsIsNotAskedAgain) {
  EXPECT_EQ(Left("x is 1 and y is 2", "x is 1"), "y is 2");
  EXPECT_EQ(Left("not (x is 1)", "x is 1"), "never");
  EXPECT_EQ(Left("y is 2 and not (x is 1)", "x is 1"), "never");
  EXPECT_EQ(Left("(x is 1 or y is 2)", "x is 1"), "");
  EXPECT_EQ(Left("not (not (x is 1) and y is 2)", "x is 1"), "");
  EXPECT_EQ(Left("(y is 2 or z is 3 and x is 1)", "x is 1"), "(y is 2 or z is 3)");
  EXPECT_EQ(Left("y is 2", "x is 1"), "y is 2");
}

TEST(CheckText, ANameMayHaveAndOrOrInIt) {
  EXPECT_EQ(Left("x is 1 and not (Abrupt or Dirty is given)", "Abrupt or Dirty is given"), "never");
  EXPECT_EQ(Left("(a and b meet or x is 1)", "x is 1"), "");
  EXPECT_EQ(Left("a and b meet and x is 1", "x is 1"), "a and b meet");
}

TEST(CheckText, WhatDoesNotFitTheGrammarStaysAsItIs) {
  EXPECT_EQ(Left("odd) words", "x is 1"), "odd) words");
}

TEST(NearNames, FindTypingErrorsAndParts) {
  EXPECT_EQ(EditDistance("stoped", "Stopped"), 1u);
  EXPECT_EQ(EditDistance("", "abc"), 3u);
  const std::vector<std::string> known = {"JetReadFile", "JetReadFileInstance", "JetTerm"};
  EXPECT_EQ(NearNames("JetReedFile", known).front(), "JetReadFile");
  EXPECT_EQ(NearNames("ReadFile", known).size(), 2u);
  EXPECT_TRUE(NearNames("Quux", known).empty());
}

}  // namespace
}  // namespace backstop::model
