// SPDX-License-Identifier: MIT
#include "sim/cli/run_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace backstop::cli {
namespace {

double Rate(uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

/// A program drawn late in the budget hides nothing; a long list of rows would hide the rest.
constexpr size_t kRowsListed = 12;

}  // namespace

std::string SummaryText(const harness::Campaign& campaign, const RunSummary& summary) {
  const harness::CampaignStatus& status = campaign.status();
  const harness::Coverage& coverage = campaign.coverage();
  std::string text = fmt::format(
      "programs      {}\nschedules     {} ({:.0f} a second)\ncalls         {}\n"
      "model states  {}\ntable rows    {} of {} hit ({:.1f} %)\nviolations    {}\n"
      "seconds       {:.1f}\nseed          {}\n",
      status.programs, status.schedules, Rate(status.schedules, summary.seconds), status.calls,
      coverage.states(), coverage.rows_hit(), coverage.rows_total(),
      100.0 * static_cast<double>(coverage.rows_hit()) /
          static_cast<double>(std::max<size_t>(coverage.rows_total(), 1)),
      status.violations, summary.seconds, summary.seed);
  if (status.crashes > 0) {
    text += fmt::format("power cuts    {}, {} commits lost, {} rows resurrected\n", status.crashes,
                        status.lost_commits, status.resurrected);
    text += fmt::format("restores      {} verified\n", status.restores_verified);
  }
  if (status.replayed > 0) {
    text += fmt::format("replayed      {} from their traces, {}\n", status.replayed,
                        summary.deterministic ? "all hashes equal" : "the last one differs");
  }
  if (campaign.unknown() > 0) text += fmt::format("not judged    {}\n", campaign.unknown());
  if (status.violations > 0) return text;  // the campaign was cut short
  const std::vector<std::string> never = coverage.NeverHit();
  for (size_t i = 0; i < never.size() && i < kRowsListed; ++i) {
    text += fmt::format("never hit     {}\n", never[i]);
  }
  if (never.size() > kRowsListed) {
    text += fmt::format("never hit     and {} more, see --json\n", never.size() - kRowsListed);
  }
  return text;
}

std::string SummaryJson(const harness::Campaign& campaign, const RunSummary& summary,
                        const harness::Provenance& provenance) {
  const harness::CampaignStatus& status = campaign.status();
  const harness::Coverage& coverage = campaign.coverage();
  nlohmann::ordered_json json;
  json["engine"] = provenance.engine;
  json["build"] = provenance.build;
  json["dialect"] = "strict";
  json["seed"] = summary.seed;
  json["programs"] = status.programs;
  json["schedules"] = status.schedules;
  json["schedules_per_second"] = Rate(status.schedules, summary.seconds);
  json["calls"] = status.calls;
  json["steps"] = status.steps;
  json["model_states"] = coverage.states();
  json["rows_hit"] = coverage.rows_hit();
  json["rows_total"] = coverage.rows_total();
  json["rows_never_hit"] = coverage.NeverHit();
  json["not_judged"] = campaign.unknown();
  json["violations"] = status.violations;
  json["crashes"] = status.crashes;
  json["lost_commits"] = status.lost_commits;
  json["resurrected"] = status.resurrected;
  json["replayed"] = status.replayed;
  json["deterministic"] = summary.deterministic;
  json["restores_verified"] = status.restores_verified;
  json["seconds"] = summary.seconds;
  if (!summary.rule.empty()) json["rule"] = summary.rule;
  if (!summary.trace.empty()) {
    json["trace"] = summary.trace;
    json["trace_length"] = summary.trace_length;
  }
  return json.dump(2) + "\n";
}

}  // namespace backstop::cli
