// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/harness/score/child.h"
#include "sim/harness/score/score_table.h"

namespace backstop::score {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kGood =
    "A stop is forgotten.\nAt once.\n\nHazard: H-01\nBreaks: INV-01\nFaults: heavy\n"
    "Smallest program: 2 calls\nIn the fast subset: yes\n\n--- a/impl/engine/log.cc\n"
    "+++ b/impl/engine/log.cc\t2026-01-01\n@@ -1 +1 @@\n-a\n+b\n";

std::string WhyNot(const std::string& name, const std::string& text) {
  PatchFile patch;
  std::string error;
  EXPECT_FALSE(ParsePatch(name, text, &patch, &error)) << text;
  return error;
}

TEST(PatchFile, SaysWhatItBreaksAndWhatItChanges) {
  PatchFile patch;
  std::string error;
  ASSERT_TRUE(ParsePatch("stop", kGood, &patch, &error)) << error;
  EXPECT_EQ(patch.about, "A stop is forgotten. At once.");
  EXPECT_EQ(patch.hazard, "H-01");
  EXPECT_EQ(patch.faults, "heavy");
  EXPECT_EQ(patch.smallest_calls, 2u);
  EXPECT_TRUE(patch.fast);
  EXPECT_THAT(patch.targets, ElementsAre("impl/engine/log.cc"));
}

TEST(PatchFile, HostileOnesAreRefusedInOneLine) {
  EXPECT_THAT(WhyNot("a", "no patch at all\n"), HasSubstr("no unified diff"));
  EXPECT_THAT(WhyNot("a", "--- a/impl/x.cc\n+++ b/impl/x.cc\n"), HasSubstr("no unified diff"));
  for (const char* target : {"b/model/x.cc", "b/impl/../sim/x.cc", "/etc/passwd", "b/x"}) {
    const std::string text = std::string("--- a/x\n+++ ") + target + "\n@@ -1 +1 @@\n-a\n+b\n";
    EXPECT_THAT(WhyNot("a", text), HasSubstr("files of impl/ only")) << target;
  }
  EXPECT_THAT(WhyNot("a", "--- a/impl/x.cc\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n"),
              HasSubstr("removes a file"));
  EXPECT_THAT(WhyNot("a b;c", kGood), HasSubstr("name of other characters"));
  EXPECT_THAT(WhyNot("-rf", kGood), HasSubstr("name of other characters"));
}

TEST(Child, ItsEndIsKnownWhateverItDoes) {
  const std::string log = testing::TempDir() + "score-child-" + std::to_string(::getpid()) + ".log";
  EXPECT_TRUE(RunChild({"true"}, "/", log, 10).ok());
  EXPECT_EQ(RunChild({"sh", "-c", "exit 3"}, "/", log, 10).code, 3);
  EXPECT_EQ(RunChild({"sh", "-c", "kill -SEGV $$"}, "/", log, 10).how, ChildEnd::How::kSignal);
  EXPECT_EQ(RunChild({"sleep", "100"}, "/", log, 0.05).how, ChildEnd::How::kTimeout);
  EXPECT_EQ(RunChild({"no-such-program"}, "/", log, 10).how, ChildEnd::How::kNotStarted);
  RunChild({"sh", "-c", "echo fine; echo error: x; echo end"}, "/", log, 10);
  EXPECT_EQ(TellingLine(log), "error: x");
  std::filesystem::remove(log);
}

TEST(Child, CommandsAreSplitAsAShellWould) {
  EXPECT_THAT(SplitCommand("c++ -D'A B' -DX=\\\"y\\\"  \"a b\" ''"),
              ElementsAre("c++", "-DA B", "-DX=\"y\"", "a b", ""));
}

Campaign Kill(uint64_t schedules, size_t length, const char* rule) {
  return {.killed = true, .rule = rule, .schedules = schedules, .calls = 2, .length = length};
}

TEST(MutantResult, MediansAreOfTheCampaignsThatKilledIt) {
  MutantResult result;
  result.campaigns = {Kill(30, 5, "INV-52"), Kill(10, 4, "INV-01"), Kill(20, 6, "INV-01")};
  EXPECT_EQ(result.Schedules(0.5), 20u);
  EXPECT_EQ(result.Schedules(0.9), 30u);
  EXPECT_EQ(result.TraceLength(), 5u);
  EXPECT_EQ(result.Rules(), "INV-01, INV-52");
  EXPECT_TRUE(result.EveryCampaignKilled());
  result.campaigns.push_back({.schedules = 1});
  EXPECT_FALSE(result.EveryCampaignKilled());
  EXPECT_EQ(result.Schedules(0.5), 20u);
}

TEST(MutantResult, TheMinimumIsExactWhereAllShorterRunsWereMade) {
  MutantResult result;
  result.campaigns = {Kill(1, 4, "INV-01"), Kill(1, 7, "INV-01")};
  EXPECT_EQ(result.Minimum(), 4u);
  EXPECT_FALSE(result.MinimumIsExact());
  result.shortest = {.searched = true, .complete_to = 3};
  EXPECT_TRUE(result.MinimumIsExact());
  EXPECT_EQ(result.LongTraces(), 1u);
  result.shortest.length = 3;
  result.shortest.complete_to = 2;
  EXPECT_EQ(result.Minimum(), 3u);
  EXPECT_TRUE(result.MinimumIsExact());
  EXPECT_EQ(result.LongTraces(), 1u);
}

TEST(MutantResult, SeedsOfOtherBasesAreLeftOut) {
  MutantResult result;
  for (const uint64_t base : {1, 2}) {
    for (const unsigned number : {0, 1}) {
      result.campaigns.push_back({.seed = SeedOf(base, number)});
    }
    result.random.push_back({.seed = SeedOf(base, 0), .killed = base == 2});
  }
  EXPECT_TRUE(result.RandomKilled(2));
  EXPECT_FALSE(result.RandomKilled(1));
  EXPECT_EQ(result.Selected({2}, 1).campaigns.size(), 1u);
  EXPECT_EQ(result.Selected({1, 2}, 2).campaigns.size(), 4u);
  EXPECT_FALSE(result.Selected({1}, 2).RandomKilled(2));
}

TEST(MutantResult, SurvivesItsJson) {
  MutantResult result{.name = "x", .key = "k", .fate = Fate::kKilled};
  result.campaigns = {Kill(30, 5, "INV-52")};
  result.random = {{.seed = 3, .killed = true, .sequences = 4, .steps = 5, .seconds = 0.5}};
  result.shortest = {.searched = true, .length = 2, .complete_to = 1, .runs = 9, .seconds = 1};
  const auto again = ResultFromJson(ToJson(result).dump());
  ASSERT_TRUE(again);
  EXPECT_EQ(ToJson(*again), ToJson(result));
  for (const char* text : {"", "{}", "[]", "{\"fate\": 7}", "{\"fate\": \"x\"}"}) {
    EXPECT_FALSE(ResultFromJson(text)) << text;
  }
}

TEST(MutantResult, ATraceIsAsLongAsItsCallsSwitchesAndFaults) {
  Campaign campaign;
  MeasureTrace(
      "thread T0\n  JetStopBackupInstance\nthread T1\n  JetReadFileInstance file=latest\n"
      "schedule decisions\n  switch - call 0 start - #0 to T0\n  switch T0 call 0 store stop #0 to "
      "T1\n  draw T1 call 0 #0 read=1\nresults\n  T0 call 0 JetStop = 0\n",
      &campaign);
  EXPECT_EQ(campaign.calls, 2u);
  EXPECT_EQ(campaign.length, 4u);
}

TEST(Score, SurvivorsAreNamedAndCountAgainstIt) {
  Score score;
  score.mutants = {{.name = "dead", .fate = Fate::kKilled},
                   {.name = "alive", .fate = Fate::kSurvived},
                   {.name = "same", .fate = Fate::kEquivalent},
                   {.name = "bad", .fate = Fate::kUnusable}};
  EXPECT_THAT(SummaryText(score), HasSubstr("killed        1 of 2 (50.0 %)"));
  EXPECT_THAT(SummaryText(score), HasSubstr("survived      alive"));
  const auto json = nlohmann::json::parse(SummaryJson(score));
  EXPECT_EQ(json["killed"], 1);
  EXPECT_EQ(json["survivors"], nlohmann::json::array({"alive"}));
  EXPECT_EQ(json["mutants"].size(), 4u);
}

TEST(Score, TheTableReplacesTheOneBefore) {
  std::string text =
      "a\n<!-- score: begin, written by `backstop score --markdown` -->\nold\n"
      "<!-- score: end -->\nb\n";
  ASSERT_TRUE(ReplaceTable("new\n", &text));
  EXPECT_THAT(text, HasSubstr("-->\nnew\n<!--"));
  std::string none = "a\n";
  EXPECT_FALSE(ReplaceTable("new\n", &none));
}

}  // namespace
}  // namespace backstop::score
