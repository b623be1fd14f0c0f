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

/// The smallest that is not 0.
size_t Least(std::vector<size_t> values) {
  std::erase(values, 0u);
  return values.empty() ? 0 : std::ranges::min(values);
}

std::string Joined(const std::vector<std::string>& words) {
  std::set<std::string> each(words.begin(), words.end());
  each.erase("");
  return fmt::format("{}", fmt::join(each, ", "));
}

nlohmann::ordered_json ToJson(const Campaign& campaign) {
  return {{"seed", campaign.seed},           {"killed", campaign.killed},
          {"rule", campaign.rule},           {"strategy", campaign.strategy},
          {"schedules", campaign.schedules}, {"seconds", campaign.seconds},
          {"calls", campaign.calls},         {"trace_length", campaign.length}};
}

Campaign CampaignFromJson(const nlohmann::json& json) {
  Campaign campaign;
  campaign.seed = json.value("seed", uint64_t{0});
  campaign.killed = json.value("killed", false);
  campaign.rule = json.value("rule", "");
  campaign.strategy = json.value("strategy", "");
  campaign.schedules = json.value("schedules", uint64_t{0});
  campaign.seconds = json.value("seconds", 0.0);
  campaign.calls = json.value("calls", size_t{0});
  campaign.length = json.value("trace_length", size_t{0});
  return campaign;
}

}  // namespace

uint64_t MutantResult::Schedules(double share) const {
  return Quantile(OfKills(*this, &Campaign::schedules), share);
}

double MutantResult::Seconds(double share) const {
  return Quantile(OfKills(*this, &Campaign::seconds), share);
}

size_t MutantResult::TraceLength() const { return Least(OfKills(*this, &Campaign::length)); }
size_t MutantResult::TraceCalls() const { return Least(OfKills(*this, &Campaign::calls)); }

std::string MutantResult::Rules() const {
  std::vector<std::string> rules = OfKills(*this, &Campaign::rule);
  if (fails_suite) rules.emplace_back("suite");
  return Joined(rules);
}

std::string MutantResult::Strategies() const { return Joined(OfKills(*this, &Campaign::strategy)); }

bool MutantResult::EveryCampaignKilled() const {
  return !campaigns.empty() &&
         std::ranges::all_of(campaigns, [](const Campaign& each) { return each.killed; });
}

nlohmann::ordered_json ToJson(const MutantResult& result) {
  nlohmann::ordered_json campaigns = nlohmann::ordered_json::array();
  for (const Campaign& each : result.campaigns) campaigns.push_back(ToJson(each));
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
                                 {"minimum_calls", result.smallest_calls},
                                 {"strategies", result.Strategies()},
                                 {"fails_suite", result.fails_suite},
                                 {"breaks", result.breaks},
                                 {"hazard", result.hazard},
                                 {"why", result.why},
                                 {"campaigns", campaigns},
                                 {"key", result.key}};
  if (result.smallest_trace > 0) json["minimum"] = result.smallest_trace;
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
  if (json["minimum"].is_number()) result.smallest_trace = json["minimum"].get<size_t>();
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
