// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/history_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/harness/recorded_history/history_report.h"

namespace backstop::recorded {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string Complaint(const std::string& text) {
  std::string error;
  EXPECT_FALSE(ParseHistory(text, &error).has_value()) << text;
  EXPECT_EQ(error.find('\n'), error.npos) << "one line";
  return error;
}

std::string WithCalls(const std::string& calls) {
  return R"({"id":"h","setup":[],"history":[)" + calls + "]}";
}

TEST(HistoryFile, CallsAreInTheOrderOfTheirInvocation) {
  std::string error;
  const auto history =
      ParseHistory(WithCalls(R"({"thread":1,"call":"JetStopBackupInstance","inv":5,"ret":9,"err":0},
                   {"thread":0,"call":"JetReadFileInstance","args":{"cb":"65536"},"inv":2,
                    "ret":null})"),
                   &error);
  ASSERT_TRUE(history) << error;
  ASSERT_THAT(history->calls, SizeIs(2));
  EXPECT_EQ(history->calls[0].thread, 0u);
  EXPECT_FALSE(history->calls[0].returned);
  EXPECT_EQ(history->calls[1].returned, 9u);
  EXPECT_FALSE(history->crashed);
}

TEST(HistoryFile, WhatIsWrongIsSaidWithItsPlace) {
  EXPECT_THAT(Complaint("nonsense"), HasSubstr("column 2: syntax error"));
  EXPECT_THAT(Complaint("[]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(Complaint(R"({"id":"h","setup":[]})"), HasSubstr("'history' is missing"));
  EXPECT_THAT(Complaint(R"({"id":"h","setup":{},"history":[]})"),
              HasSubstr("'setup' is not a list"));
  EXPECT_THAT(Complaint(WithCalls("7")), HasSubstr("'history', element 0: it is not"));
  EXPECT_THAT(Complaint(WithCalls(R"({"thread":64,"call":"X","inv":1,"ret":2,"err":0})")),
              HasSubstr("'thread' is not a number below 64"));
  EXPECT_THAT(Complaint(WithCalls(R"({"thread":0,"call":"X","inv":-1,"ret":2,"err":0})")),
              HasSubstr("'inv' is not a number of 0 or more"));
  EXPECT_THAT(Complaint(WithCalls(R"({"thread":0,"call":"X","inv":3,"ret":2,"err":0})")),
              HasSubstr("it returned before it was invoked"));
  EXPECT_THAT(Complaint(WithCalls(R"({"thread":0,"call":"X","inv":1,"ret":2})")),
              HasSubstr("'err' is missing"));
  EXPECT_THAT(Complaint(WithCalls(R"({"thread":0,"call":"X","inv":1,"ret":2,"err":4294967296})")),
              HasSubstr("'err' is no number of 32 bits"));
}

TEST(HistoryFile, AnOutputThatIsNoWholeNumberIsNotTold) {
  std::string error;
  const auto history = ParseHistory(
      WithCalls(R"({"thread":0,"call":"JetReadFileInstance","inv":1,"ret":2,"err":0,"ms":1e300,
                    "out":{"cbActual":1e300,"size":4096}})"),
      &error);
  ASSERT_TRUE(history) << error;
  EXPECT_EQ(history->calls[0].step.ms, 0u);
  EXPECT_EQ(ResultText(history->calls[0].step), "JET_errSuccess, 4096 bytes (1 pages)");
}

TEST(HistoryFile, AThreadMakesOneCallAfterTheOther) {
  EXPECT_THAT(Complaint(WithCalls(R"({"thread":3,"call":"A","inv":1,"ret":4,"err":0},
                                     {"thread":3,"call":"B","inv":2,"ret":5,"err":0})")),
              HasSubstr(R"(thread 3 invokes "B" at 2 while its "A" is running)"));
}

TEST(HistoryFile, AFileThatCannotBeReadIsNamed) {
  std::string error;
  EXPECT_FALSE(ReadHistories(
      "no/such.jsonl", [](RecordedHistory&&) {}, &error));
  EXPECT_THAT(error, HasSubstr("no/such.jsonl"));
}

}  // namespace
}  // namespace backstop::recorded
