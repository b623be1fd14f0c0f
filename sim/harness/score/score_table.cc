// SPDX-License-Identifier: MIT
#include "sim/harness/score/score_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace backstop::score {
namespace {

constexpr std::string_view kBegin =
    "<!-- score: begin, written by `backstop score --markdown` -->\n";
constexpr std::string_view kEnd = "<!-- score: end -->\n";

std::string Dash(const std::string& text) { return text.empty() ? "-" : text; }

/// "3", or "<= 5, > 3": the shortest run that is known, and up to where all were tried, if any
/// were.
std::string Minimum(const MutantResult& result) {
  const size_t minimum = result.Minimum();
  if (minimum == 0) return "-";
  if (result.MinimumIsExact()) return fmt::format("{}", minimum);
  if (!result.shortest.searched) return fmt::format("<= {}", minimum);
  return fmt::format("<= {}, > {}", minimum, result.shortest.complete_to);
}

/// Where a campaign found it, its numbers; the suite and random sequences need no schedules.
bool InCampaigns(const MutantResult& result) { return result.EveryCampaignKilled(); }

/// The steps of random sequences that it took, where that killed it.
std::string RandomSteps(const MutantResult& result) {
  std::vector<uint64_t> steps;
  for (const RandomHunt& each : result.random) {
    if (each.killed) steps.push_back(each.steps);
  }
  if (steps.empty()) return "-";
  std::ranges::sort(steps);
  return fmt::format("({} steps)", steps[(steps.size() - 1) / 2]);
}

std::string Trace(const MutantResult& result) {
  if (result.TraceLength() == 0) return "-";
  return fmt::format("{}{}", result.TraceLength(),
                     result.LongTraces() > 0 ? fmt::format(" ({} long)", result.LongTraces()) : "");
}

std::string Row(const MutantResult& result) {
  const std::string head = fmt::format("| `{}` | {} | {} |", result.name, Dash(result.hazard),
                                       result.fate == Fate::kKilled ? result.Rules() : result.why);
  if (!InCampaigns(result))
    return fmt::format("{} {} | - | - | - | - | - |\n", head, RandomSteps(result));
  return fmt::format("{} {} | {} | {:.1f} | {} | {} | {} |\n", head, result.Schedules(0.5),
                     result.Schedules(0.9), result.Seconds(0.5), Trace(result), Minimum(result),
                     Dash(result.Strategies()));
}

std::string Bases(const Score& score) { return fmt::format("{}", fmt::join(score.seeds, ", ")); }

}  // namespace

size_t Score::Count(Fate fate) const {
  return static_cast<size_t>(std::ranges::count(mutants, fate, &MutantResult::fate));
}

std::vector<std::string> Score::Names(Fate fate) const {
  std::vector<std::string> names;
  for (const MutantResult& each : mutants) {
    if (each.fate == fate) names.push_back(each.name);
  }
  return names;
}

std::string Line(const MutantResult& result) {
  switch (result.fate) {
    case Fate::kKilled:
      if (!InCampaigns(result)) {
        return fmt::format("killed      {}: by {}", result.name, result.Rules());
      }
      return fmt::format(
          "killed      {}: by {} after {} schedules, {:.1f} s (median of {}), trace length {}",
          result.name, result.Rules(), result.Schedules(0.5), result.Seconds(0.5),
          result.campaigns.size(), result.TraceLength());
    case Fate::kEquivalent:
      return fmt::format("equivalent  {}: {}", result.name, result.why);
    case Fate::kUnusable:
      return fmt::format("unusable    {}: {}", result.name, result.why);
    case Fate::kSurvived:
      return fmt::format("SURVIVED    {}: {} of {} campaigns found it{}{}", result.name,
                         std::ranges::count(result.campaigns, true, &Campaign::killed),
                         result.campaigns.size(), result.why.empty() ? "" : "; ", result.why);
    default:
      return fmt::format(
          "unfinished  {}: interrupted, or the build tree has changed meanwhile: build it again",
          result.name);
  }
}

namespace {

/// Where the time of the cores went.
std::string ShareText(const Score& score) {
  double builds = 0, suite = 0, campaigns = 0, random = 0, minimum = 0;
  for (const MutantResult& each : score.mutants) {
    builds += each.build_seconds;
    suite += each.suite_seconds;
    minimum += each.shortest.seconds;
    for (const Campaign& campaign : each.campaigns) campaigns += campaign.cpu_seconds;
    for (const RandomHunt& hunt : each.random) random += hunt.seconds;
  }
  return fmt::format(
      "core seconds  {:.0f} builds, {:.0f} campaigns, {:.0f} suite, {:.0f} random sequences, "
      "{:.0f} minimum\n",
      builds, campaigns, suite, random, minimum);
}

}  // namespace

std::string SummaryText(const Score& score) {
  const size_t judged =
      score.mutants.size() - score.Count(Fate::kEquivalent) - score.Count(Fate::kUnusable);
  const size_t killed = score.Count(Fate::kKilled);
  std::string text = fmt::format(
      "mutants       {}\nkilled        {} of {} ({:.1f} %)\nequivalent    {}\nunusable      {}\n"
      "survivors     {}\nseconds       {:.1f}\nseeds         {}\n",
      score.mutants.size(), killed, judged,
      100.0 * static_cast<double>(killed) / static_cast<double>(std::max<size_t>(judged, 1)),
      score.Count(Fate::kEquivalent), score.Count(Fate::kUnusable), score.Count(Fate::kSurvived),
      score.seconds, Bases(score));
  text += ShareText(score);
  for (const std::string& name : score.Names(Fate::kSurvived)) {
    text += fmt::format("survived      {}\n", name);
  }
  return text;
}

std::string SummaryJson(const Score& score) {
  nlohmann::ordered_json json;
  json["build"] = score.engine_build;
  json["seeds"] = score.seeds;
  json["campaigns"] = score.campaigns;
  json["max_schedules"] = score.schedules;
  json["killed"] = score.Count(Fate::kKilled);
  json["survivors"] = score.Names(Fate::kSurvived);
  json["equivalent"] = score.Names(Fate::kEquivalent);
  json["unusable"] = score.Names(Fate::kUnusable);
  json["unfinished"] = score.Names(Fate::kUnfinished);
  json["seconds"] = score.seconds;
  json["mutants"] = nlohmann::ordered_json::array();
  for (const MutantResult& each : score.mutants) json["mutants"].push_back(ToJson(each));
  return json.dump(2) + "\n";
}

std::string Markdown(const Score& score) {
  std::string table = fmt::format(
      "{} mutants: {} killed, {} survived, {} equivalent. Base seeds {}, {} campaigns each, of at "
      "most {} schedules.\n\n"
      "| mutant | hazard | killed by | schedules | p90 | seconds | trace | minimum | strategies |\n"
      "|---|---|---|--:|--:|--:|--:|--:|---|\n",
      score.mutants.size(), score.Count(Fate::kKilled), score.Count(Fate::kSurvived),
      score.Count(Fate::kEquivalent), Bases(score), score.campaigns, score.schedules);
  for (const MutantResult& each : score.mutants) table += Row(each);
  return table;
}

bool ReplaceTable(const std::string& table, std::string* text) {
  const size_t begin = text->find(kBegin);
  const size_t end = text->find(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) return false;
  const size_t from = begin + kBegin.size();
  text->replace(from, end - from, table);
  return true;
}

}  // namespace backstop::score
