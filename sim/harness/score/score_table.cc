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

std::string Minimum(const MutantResult& result) {
  if (result.smallest_trace > 0) return fmt::format("{}", result.smallest_trace);
  return result.smallest_calls > 0 ? fmt::format("{} calls", result.smallest_calls) : "-";
}

/// Where a campaign found it, its numbers; the suite needs no schedules.
bool InCampaigns(const MutantResult& result) { return result.EveryCampaignKilled(); }

std::string Row(const MutantResult& result) {
  const std::string head = fmt::format("| `{}` | {} | {} |", result.name, result.hazard,
                                       result.fate == Fate::kKilled ? result.Rules() : result.why);
  if (!InCampaigns(result)) return head + " - | - | - | - | - | - |\n";
  return fmt::format("{} {} | {} | {:.1f} | {} | {} | {} |\n", head, result.Schedules(0.5),
                     result.Schedules(0.9), result.Seconds(0.5), result.TraceLength(),
                     Minimum(result), result.Strategies());
}

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
      if (!InCampaigns(result)) return fmt::format("killed      {}: by the suite", result.name);
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

std::string SummaryText(const Score& score) {
  const size_t judged =
      score.mutants.size() - score.Count(Fate::kEquivalent) - score.Count(Fate::kUnusable);
  const size_t killed = score.Count(Fate::kKilled);
  std::string text = fmt::format(
      "mutants       {}\nkilled        {} of {} ({:.1f} %)\nequivalent    {}\nunusable      {}\n"
      "survivors     {}\nseconds       {:.1f}\nseed          {}\n",
      score.mutants.size(), killed, judged,
      100.0 * static_cast<double>(killed) / static_cast<double>(std::max<size_t>(judged, 1)),
      score.Count(Fate::kEquivalent), score.Count(Fate::kUnusable), score.Count(Fate::kSurvived),
      score.seconds, score.seed);
  for (const std::string& name : score.Names(Fate::kSurvived)) {
    text += fmt::format("survived      {}\n", name);
  }
  return text;
}

std::string SummaryJson(const Score& score) {
  nlohmann::ordered_json json;
  json["build"] = score.engine_build;
  json["seed"] = score.seed;
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
      "{} mutants: {} killed, {} survived, {} equivalent. Base seed {}, {} campaigns each, of at "
      "most "
      "{} schedules.\n\n"
      "| mutant | hazard | killed by | schedules | p90 | seconds | trace | minimum | strategies |\n"
      "|---|---|---|--:|--:|--:|--:|--:|---|\n",
      score.mutants.size(), score.Count(Fate::kKilled), score.Count(Fate::kSurvived),
      score.Count(Fate::kEquivalent), score.seed, score.campaigns, score.schedules);
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
