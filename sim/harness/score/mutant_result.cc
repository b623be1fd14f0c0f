// SPDX-License-Identifier: MIT
#include "sim/harness/score/mutant_result.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

namespace backstop::score {
namespace {

constexpr std::array<const char*, 5> kFates = {"unfinished", "killed", "survived", "equivalent",
                                               "unusable"};

/// The smallest value that at least `share` of them do not exceed; 0 of nothing.
template <class T>
T Quantile(std::vector<T> values, double share) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::max<size_t>(rank, 1) - 1];
}

template <class T>
std::vector<T> OfKills(const MutantResult& result, T Campaign::*field) {
  std::vector<T> values;
  for (const Campaign& each : result.campaigns) {
    if (each.killed) values.push_back(each.*field);
  }
  return values;
}

/// A campaign's seed is a multiple of its base.
constexpr uint64_t kSeedsOfBase = 1000;

/// Without those that say nothing.
std::vector<size_t> Positive(std::vector<size_t> values) {
  std::erase(values, 0u);
  return values;
}

std::string Joined(const std::vector<std::string>& words) {
  std::set<std::string> each(words.begin(), words.end());
  each.erase("");
  return fmt::format("{}", fmt::join(each, ", "));
}

nlohmann::ordered_json ToJson(const Campaign& campaign) {
  return {{"seed", campaign.seed},
          {"killed", campaign.killed},
          {"rule", campaign.rule},
          {"strategy", campaign.strategy},
          {"schedules", campaign.schedules},
          {"seconds", campaign.seconds},
          {"cpu_seconds", campaign.cpu_seconds},
          {"calls", campaign.calls},
          {"trace_length", campaign.length}};
}

Campaign CampaignFromJson(const nlohmann::json& json) {
  Campaign campaign;
  campaign.seed = json.value("seed", uint64_t{0});
  campaign.killed = json.value("killed", false);
  campaign.rule = json.value("rule", "");
  campaign.strategy = json.value("strategy", "");
  campaign.schedules = json.value("schedules", uint64_t{0});
  campaign.seconds = json.value("seconds", 0.0);
  campaign.cpu_seconds = json.value("cpu_seconds", 0.0);
  campaign.calls = json.value("calls", size_t{0});
  campaign.length = json.value("trace_length", size_t{0});
  return campaign;
}

nlohmann::ordered_json ToJson(const RandomHunt& hunt) {
  return {{"seed", hunt.seed},
          {"killed", hunt.killed},
          {"sequences", hunt.sequences},
          {"steps", hunt.steps},
          {"seconds", hunt.seconds}};
}

RandomHunt RandomHuntFromJson(const nlohmann::json& json) {
  return {.seed = json.value("seed", uint64_t{0}),
          .killed = json.value("killed", false),
          .sequences = json.value("sequences", uint64_t{0}),
          .steps = json.value("steps", uint64_t{0}),
          .seconds = json.value("seconds", 0.0)};
}

nlohmann::ordered_json ToJson(const ShortestRun& run) {
  return {{"searched", run.searched},
          {"length", run.length},
          {"complete_to", run.complete_to},
          {"runs", run.runs},
          {"seconds", run.seconds}};
}

ShortestRun ShortestRunFromJson(const nlohmann::json& json) {
  return {.searched = json.value("searched", false),
          .length = json.value("length", size_t{0}),
          .complete_to = json.value("complete_to", size_t{0}),
          .runs = json.value("runs", uint64_t{0}),
          .seconds = json.value("seconds", 0.0)};
}

}  // namespace

uint64_t SeedOf(uint64_t base, unsigned campaign) { return base * kSeedsOfBase + campaign; }
uint64_t BaseOf(uint64_t seed) { return seed / kSeedsOfBase; }

uint64_t MutantResult::Schedules(double share) const {
  return Quantile(OfKills(*this, &Campaign::schedules), share);
}

double MutantResult::Seconds(double share) const {
  return Quantile(OfKills(*this, &Campaign::seconds), share);
}

size_t MutantResult::TraceLength() const {
  return Quantile(Positive(OfKills(*this, &Campaign::length)), 0.5);
}

size_t MutantResult::TraceCalls() const {
  return Quantile(Positive(OfKills(*this, &Campaign::calls)), 0.5);
}

size_t MutantResult::Minimum() const {
  std::vector<size_t> known = Positive(OfKills(*this, &Campaign::length));
  if (smallest_trace > 0) known.push_back(smallest_trace);
  if (shortest.length > 0) known.push_back(shortest.length);
  return known.empty() ? 0 : std::ranges::min(known);
}

bool MutantResult::MinimumIsExact() const {
  return Minimum() > 0 && Minimum() <= shortest.complete_to + 1;
}

size_t MutantResult::LongTraces() const {
  const size_t minimum = Minimum();
  const size_t most = std::max(minimum + 1, minimum * 6 / 5);
  const auto lengths = OfKills(*this, &Campaign::length);
  return static_cast<size_t>(
      std::ranges::count_if(lengths, [most](size_t length) { return length > most; }));
}

std::string MutantResult::Rules() const {
  std::vector<std::string> rules = OfKills(*this, &Campaign::rule);
  if (fails_suite) rules.emplace_back("suite");
  if (std::ranges::any_of(random, &RandomHunt::killed)) rules.emplace_back("random");
  return Joined(rules);
}

std::string MutantResult::Strategies() const { return Joined(OfKills(*this, &Campaign::strategy)); }

bool MutantResult::EveryCampaignKilled() const {
  return !campaigns.empty() &&
         std::ranges::all_of(campaigns, [](const Campaign& each) { return each.killed; });
}

bool MutantResult::RandomKilled(uint64_t base) const {
  return std::ranges::any_of(
      random, [base](const RandomHunt& each) { return each.killed && BaseOf(each.seed) == base; });
}

MutantResult MutantResult::Selected(const std::vector<uint64_t>& bases, unsigned most) const {
  MutantResult selected = *this;
  const auto is_other = [&](uint64_t seed) {
    return std::ranges::find(bases, BaseOf(seed)) == bases.end() ||
           seed >= SeedOf(BaseOf(seed), most);
  };
  std::erase_if(selected.campaigns, [&](const Campaign& each) { return is_other(each.seed); });
  std::erase_if(selected.random, [&](const RandomHunt& each) { return is_other(each.seed); });
  std::ranges::sort(selected.campaigns, {}, &Campaign::seed);
  return selected;
}

nlohmann::ordered_json ToJson(const MutantResult& result) {
  nlohmann::ordered_json campaigns = nlohmann::ordered_json::array();
  for (const Campaign& each : result.campaigns) campaigns.push_back(ToJson(each));
  nlohmann::ordered_json random = nlohmann::ordered_json::array();
  for (const RandomHunt& each : result.random) random.push_back(ToJson(each));
  nlohmann::ordered_json json = {{"name", result.name},
                                 {"fate", kFates[static_cast<size_t>(result.fate)]},
                                 {"killed", result.fate == Fate::kKilled},
                                 {"killed_by", result.Rules()},
                                 {"schedules_median", result.Schedules(0.5)},
                                 {"schedules_p90", result.Schedules(0.9)},
                                 {"seconds_median", result.Seconds(0.5)},
                                 {"seconds_p90", result.Seconds(0.9)},
                                 {"trace_length", result.TraceLength()},
                                 {"trace_calls", result.TraceCalls()},
                                 {"minimum", nullptr},
                                 {"minimum_exact", result.MinimumIsExact()},
                                 {"minimum_calls", result.smallest_calls},
                                 {"minimum_stated", result.smallest_trace},
                                 {"long_traces", result.LongTraces()},
                                 {"shortest", ToJson(result.shortest)},
                                 {"strategies", result.Strategies()},
                                 {"suite_asked", result.suite_asked},
                                 {"explored", result.explored},
                                 {"explored_clean", result.explored_clean},
                                 {"fails_suite", result.fails_suite},
                                 {"suite_seconds", result.suite_seconds},
                                 {"build_seconds", result.build_seconds},
                                 {"breaks", result.breaks},
                                 {"hazard", result.hazard},
                                 {"why", result.why},
                                 {"campaigns", campaigns},
                                 {"random", random},
                                 {"key", result.key}};
  if (result.Minimum() > 0) json["minimum"] = result.Minimum();
  return json;
}

std::optional<MutantResult> ResultFromJson(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("fate") || !json["fate"].is_string()) return std::nullopt;
  const auto fate = std::ranges::find(kFates, json["fate"].get<std::string>());
  if (fate == kFates.end()) return std::nullopt;
  MutantResult result;
  result.fate = static_cast<Fate>(fate - kFates.begin());
  result.name = json.value("name", "");
  result.key = json.value("key", "");
  result.why = json.value("why", "");
  result.breaks = json.value("breaks", "");
  result.hazard = json.value("hazard", "");
  result.fails_suite = json.value("fails_suite", false);
  result.smallest_calls = json.value("minimum_calls", size_t{0});
  result.smallest_trace = json.value("minimum_stated", size_t{0});
  result.suite_asked = json.value("suite_asked", false);
  result.explored = json.value("explored", false);
  result.explored_clean = json.value("explored_clean", false);
  result.suite_seconds = json.value("suite_seconds", 0.0);
  result.build_seconds = json.value("build_seconds", 0.0);
  result.shortest = ShortestRunFromJson(json.value("shortest", nlohmann::json::object()));
  for (const auto& each : json.value("random", nlohmann::json::array())) {
    result.random.push_back(RandomHuntFromJson(each));
  }
  for (const auto& each : json.value("campaigns", nlohmann::json::array())) {
    result.campaigns.push_back(CampaignFromJson(each));
  }
  return result;
}

void MeasureTrace(const std::string& text, Campaign* campaign) {
  std::istringstream lines(text);
  size_t decisions = 0;
  bool first_switch = true;
  for (std::string line; std::getline(lines, line);) {
    campaign->calls += line.starts_with("  Jet");
    const bool switches = line.starts_with("  switch ");
    // The start of the first thread is no switch from another one.
    const bool starts = switches && first_switch && line.ends_with(" to T0");
    first_switch = first_switch && !switches;
    decisions += (switches && !starts) || line.starts_with("  draw ");
  }
  campaign->length = campaign->calls + decisions;
}

}  // namespace backstop::score
