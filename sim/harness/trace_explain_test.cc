// SPDX-License-Identifier: MIT
#include "sim/harness/trace_explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/harness/replay_edits.h"
#include "sim/harness/trace_variations.h"

namespace backstop::harness {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Program StopBesideRead() {
  Program program;
  program.setup.start = Start::kFileOpen;
  program.threads.resize(2);
  program.threads[0].push_back({.op = model::Op::kStopBackup});
  program.threads[1].push_back({.op = model::Op::kReadFile, .pages = 4});
  program.threads[1].push_back({.op = model::Op::kCloseFile});
  return program;
}

TEST(Variations, EachChangesOneThingOfTheProgram) {
  const Program program = StopBesideRead();
  const std::vector<Variation> variations = VariationsOf(program);
  ASSERT_FALSE(variations.empty());
  for (const Variation& variation : variations) {
    EXPECT_FALSE(variation.what.empty()) << variation.place;
    ASSERT_FALSE(variation.variants.empty()) << variation.place;
    for (const Variant& variant : variation.variants) {
      EXPECT_NE(variant.program, program) << variation.place << ": " << variant.value;
      EXPECT_NE(variant.value, variation.what) << variation.place;
    }
  }
}

TEST(Variations, NameArgumentsAsTheTraceDoes) {
  std::vector<std::string> whats;
  for (const Variation& variation : VariationsOf(StopBesideRead())) {
    if (variation.place.starts_with("T1 call 0")) whats.push_back(variation.what);
  }
  EXPECT_THAT(whats, Contains("this call"));
  EXPECT_THAT(whats, Contains("file=latest"));
  EXPECT_THAT(whats, Contains("pages=4"));
}

sched::Answers MovedBy(const sched::Answers& answers, size_t question, int by) {
  return Moved(answers, question, &by);
}

TEST(Edits, MoveADecisionAndWhatComesAfterIt) {
  const sched::Answers answers = {1, 0, 0, 2, 0, 1};
  EXPECT_THAT(Decided(answers), ElementsAre(0, 3, 5));
  EXPECT_THAT(Without(answers, 3), ElementsAre(1, 0, 0, 0, 0, 1));
  EXPECT_THAT(MovedBy(answers, 3, 2), ElementsAre(1, 0, 0, 0, 0, 2, 0, 1));
  EXPECT_THAT(MovedBy(answers, 3, -2), ElementsAre(1, 2, 0, 1));
  int by = -9;
  Moved(answers, 3, &by);
  EXPECT_EQ(by, -2);
}

TEST(Edits, LeaveTheFaultsWhenASwitchIsMoved) {
  const SplitAnswers answers{.switches = {0, 1}, .draws = {7}};
  const std::vector<SplitAnswers> neighbours = Neighbours(answers, 1);
  ASSERT_EQ(neighbours.size(), 2u);
  EXPECT_THAT(neighbours[0].switches, ElementsAre(0, 0, 1));
  EXPECT_THAT(neighbours[1].switches, ElementsAre(1));
  for (const SplitAnswers& neighbour : neighbours) EXPECT_EQ(neighbour.draws, answers.draws);
}

TEST(Explanation, OfARunThatPassesThereIsNone) {
  const JetApi api = BuiltinJetApi("engine");
  Runner runner(api, {});
  Checker checker;
  sched::Recorded recorded;
  EXPECT_FALSE(Explain(runner, checker, StopBesideRead(), recorded).has_value());
}

Timeline Told(const std::vector<std::pair<uint8_t, model::Op>>& calls) {
  Timeline timeline;
  timeline.threads = 2;
  uint64_t now = 0;
  for (const auto& [thread, op] : calls) {
    model::HistoryCall& call = timeline.history.calls.emplace_back();
    call.thread = thread;
    call.call.op = op;
    call.invoked = ++now;
    call.returned = ++now;
  }
  timeline.states.resize(calls.size());
  return timeline;
}

TEST(SideBySide, EqualLinesStandBesideEachOther) {
  const Timeline one = Told({{0, model::Op::kStopBackup}, {1, model::Op::kEndExternalBackup}});
  const Timeline other = Told({{1, model::Op::kEndExternalBackup}, {0, model::Op::kStopBackup}});
  const std::vector<Beside> rows = SideBySide(one, other);
  size_t same = 0;
  for (const Beside& row : rows) {
    if (row.same) {
      EXPECT_EQ(row.fails, row.passes);
      ++same;
    } else {
      EXPECT_TRUE(row.fails.empty() || row.passes.empty() || row.fails != row.passes);
    }
  }
  EXPECT_EQ(same, 2u);
  for (const Beside& row : SideBySide(one, one)) EXPECT_TRUE(row.same);
}

TEST(Explanation, SaysWhatMattersInPart) {
  const ExplainedPart whole{"T0", "all its calls", {}, {kWithoutIt}};
  const ExplainedPart part{"T0 call 0", "pages=4", {"pages=8"}, {"pages=1"}};
  const ExplainedPart none{"setup", "mode=multi", {"mode=one"}, {}};
  EXPECT_EQ(whole.weight(), ExplainedPart::Weight::kMatters);
  EXPECT_EQ(part.weight(), ExplainedPart::Weight::kInPart);
  EXPECT_EQ(none.weight(), ExplainedPart::Weight::kNone);
  Explanation explanation;
  explanation.parts = {whole, part, none};
  const std::string text = RenderExplanation(explanation, 40);
  EXPECT_THAT(text, HasSubstr("pages=4: not with pages=1; the same with pages=8"));
  EXPECT_THAT(text, HasSubstr("No schedule with one decision changed passes"));
}

}  // namespace
}  // namespace backstop::harness
