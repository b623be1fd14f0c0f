// SPDX-License-Identifier: MIT
// Pages and files of a short story, written by hand.
#include "sim/harness/report/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/testing/calls.h"
#include "sim/harness/report/writers.h"

namespace backstop::report {
namespace {

using namespace model::testing;  // NOLINT(google-build-using-namespace): words of the tests
using ::testing::HasSubstr;
using ::testing::Not;

/// Two ends of one backup that both succeed.
Story TwoEnds() {
  std::vector<model::HistoryCall> calls = {
      {.thread = 0, .call = Begin(), .outcome = {}, .invoked = 1, .returned = 2},
      {.thread = 0,
       .call = End2(JET_bitBackupEndAbort),
       .outcome = {},
       .invoked = 3,
       .returned = 5},
      {.thread = 1,
       .call = End2(JET_bitBackupEndAbort),
       .outcome = {},
       .invoked = 4,
       .returned = 6}};
  Story story;
  story.title = "two ends";
  story.verdict = "not-explained";
  story.reason = "no order; of the calls";
  story.lanes = {"T0", "T1"};
  for (const model::HistoryCall& call : calls) {
    story.calls.push_back({.lane = call.thread,
                           .invoked = call.invoked,
                           .returned = call.returned,
                           .name = model::OpName(call.call.op),
                           .arguments = "",
                           .result = "JET_errSuccess",
                           .excuse = ""});
  }
  const auto result = model::Linearizer({.want_witness = true}).Check(ReadyWorld(), calls);
  TellOrder(ReadyWorld(), calls, result, &story);
  story.culprit = result.culprit;
  return story;
}

TEST(Story, ATerminationThatFailsMayLeaveNoInstance) {
  model::HistoryCall term{.thread = 0, .call = Term(), .outcome = {}, .invoked = 1, .returned = 2};
  term.outcome.err = JET_errLogWriteFail;
  model::LinearizeResult result;
  result.events.push_back({.call = 0, .last = true, .reaction = {}, .after = ReadyWorld()});
  Story stays, goes;
  TellOrder(ReadyWorld(), {term}, result, &stays);
  EXPECT_EQ(stays.order[0].engine[0], "ready");
  result.events[0].after.instances[0] = {};
  TellOrder(ReadyWorld(), {term}, result, &goes);
  EXPECT_EQ(goes.order[0].engine[0], "absent");
}

TEST(Story, TellsTheOrderAndWhatBothSidesAreLike) {
  const Story story = TwoEnds();
  ASSERT_EQ(story.order.size(), 2u);
  EXPECT_EQ(story.initial_node, "ready");
  EXPECT_EQ(story.order[0].node, "databases phase");
  EXPECT_EQ(story.order[0].clause, "BEGIN-18");
  EXPECT_EQ(story.order[0].specification[1], "in progress");
  EXPECT_EQ(story.order[0].engine[1], "in progress");
  EXPECT_EQ(story.order[1].engine[1], "none");
  EXPECT_EQ(story.culprit, 2u);
  EXPECT_EQ(story.engine_at_last[1], "was in progress until now");
  ASSERT_EQ(story.allowed.size(), 1u);
  EXPECT_EQ(story.allowed[0].code, "JET_errNoBackup");
  EXPECT_EQ(story.allowed[0].clause, "END-3");
}

TEST(MermaidDiagram, HasTheCallsInTheOrderOfTime) {
  EXPECT_EQ(MermaidDiagram(TwoEnds()),
            "%% two ends: not-explained\n"
            "sequenceDiagram\n"
            "  participant L0 as T0\n"
            "  participant L1 as T1\n"
            "  participant E as engine\n"
            "  L0->>E: JetBeginExternalBackupInstance \n"
            "  E-->>L0: JET_errSuccess\n"
            "  Note right of E: ready, full databases phase\n"
            "  L0->>E: JetEndExternalBackupInstance2 \n"
            "  L1->>E: JetEndExternalBackupInstance2 \n"
            "  E-->>L0: JET_errSuccess\n"
            "  Note right of E: ready\n"
            "  E-->>L1: !! JET_errSuccess\n"
            "  Note over L1,E: !! no order, of the calls\n");
}

TEST(PerfettoTrace, HasASliceForEachCallAndAnInstantForEachEffect) {
  const auto trace = nlohmann::json::parse(PerfettoTrace(TwoEnds()));
  std::map<std::string, int> phases;
  for (const auto& event : trace.at("traceEvents")) {
    ++phases[event.at("ph").get<std::string>()];
    EXPECT_TRUE(event.contains("pid") && event.contains("tid"));
  }
  EXPECT_EQ(phases, (std::map<std::string, int>{{"M", 3}, {"X", 3}, {"i", 2}}));
  const auto& slice = trace.at("traceEvents").at(4);
  EXPECT_EQ(slice.at("ts"), 3);
  EXPECT_EQ(slice.at("dur"), 2);
  EXPECT_EQ(trace.at("traceEvents").at(5).at("name"), "!! JetEndExternalBackupInstance2");
}

TEST(HtmlPage, HoldsNoTextThatCouldEndTheScript) {
  Story story = TwoEnds();
  story.title = "</title><script>alert(1)</script>";
  story.reason = "</script><!-- \xff";
  const std::string page = HtmlPage(story);
  EXPECT_THAT(page, Not(HasSubstr("alert(1)</script>")));
  EXPECT_THAT(page, Not(HasSubstr("</script><!--")));
  EXPECT_THAT(page, HasSubstr("of several ends of one backup one succeeds"));
}

TEST(Excerpt, KeepsTheCulpritAndSaysWhatIsMissing) {
  Story story = TwoEnds();
  const StoryCall call = story.calls[0];
  story.calls.insert(story.calls.begin(), 1000, call);
  for (StoryEvent& event : story.order) event.call += 1000;
  *story.culprit += 1000;
  const Story part = Excerpt(story, 10);
  ASSERT_EQ(part.calls.size(), 10u);
  EXPECT_EQ(part.calls[*part.culprit].lane, 1u);
  EXPECT_EQ(part.left_out, "calls 994 to 1003 of 1003");
  EXPECT_EQ(part.order.size(), 2u);
  EXPECT_EQ(Excerpt(TwoEnds(), 10).left_out, "");
}

}  // namespace
}  // namespace backstop::report
