// SPDX-License-Identifier: MIT
#include "sim/cli/run_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/cli/row_coverage.h"
#include "sim/harness/report/utf8_text.h"

namespace backstop::cli {
namespace {

double Rate(uint64_t count, double seconds) {
  return seconds > 0 ? static_cast<double>(count) / seconds : 0;
}

/// As many of them give the number of states of several campaigns to within 5 %.
constexpr size_t kStateDigests = 512;

nlohmann::ordered_json ProbesJson(const harness::Coverage& coverage) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (size_t i = 0; i < harness::Probes().size(); ++i) {
    json[harness::Probes()[i].name] = coverage.probes().hits()[i];
  }
  return json;
}

}  // namespace

std::string SummaryText(const harness::Campaign& campaign, const RunSummary& summary) {
  const harness::CampaignStatus& status = campaign.status();
  const harness::Coverage& coverage = campaign.coverage();
  std::string text = fmt::format(
      "programs      {}\nschedules     {} ({:.0f} a second)\ncalls         {}\n"
      "model states  {}\ntable rows    {} of {} hit ({:.1f} %)\nprobes        {} of {} "
      "hit\nviolations    {}\n"
      "seconds       {:.1f}\nseed          {}\n",
      status.programs, status.schedules, Rate(status.schedules, summary.seconds), status.calls,
      coverage.states(), coverage.rows().rows_hit(), coverage.rows().rows_total(),
      100.0 * static_cast<double>(coverage.rows().rows_hit()) /
          static_cast<double>(std::max<size_t>(coverage.rows().rows_total(), 1)),
      coverage.probes_hit(), harness::Probes().size(), status.violations, summary.seconds,
      summary.seed);
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
  for (const std::string& name : coverage.ProbesNeverHit()) {
    text += fmt::format("never hit     probe: {}\n", name);
  }
  return text + NeverHitText(coverage.rows());
}

std::string SummaryJson(const harness::Campaign& campaign, const RunSummary& summary,
                        const harness::Provenance& provenance) {
  const harness::CampaignStatus& status = campaign.status();
  const harness::Coverage& coverage = campaign.coverage();
  nlohmann::ordered_json json;
  json["format"] = kRunFormat;
  json["engine"] = provenance.engine;
  json["build"] = provenance.build;
  json["dialect"] = summary.dialect;
  json["seed"] = summary.seed;
  json["shard"] = summary.shard;
  json["faults"] = summary.faults;
  json["programs"] = status.programs;
  json["schedules"] = status.schedules;
  json["schedules_per_second"] = Rate(status.schedules, summary.seconds);
  json["calls"] = status.calls;
  json["steps"] = status.steps;
  json["model_states"] = coverage.states();
  json["probes_hit"] = coverage.probes_hit();
  json["probes_total"] = harness::Probes().size();
  json["probes_never_hit"] = coverage.ProbesNeverHit();
  json["not_judged"] = campaign.unknown();
  json["violations"] = status.violations + summary.known_failures;
  json["crashes"] = status.crashes;
  json["lost_commits"] = status.lost_commits;
  json["resurrected"] = status.resurrected;
  json["replayed"] = status.replayed;
  json["deterministic"] = summary.deterministic;
  json["restores_verified"] = status.restores_verified;
  json["seconds"] = summary.seconds;
  json["cpu_seconds"] = summary.cpu_seconds;
  if (!summary.rule.empty()) json["rule"] = summary.rule;
  if (status.violations > 0) {
    json["strategy"] = harness::NameOf(campaign.failing_schedule().kind);
  }
  if (!summary.trace.empty()) json["trace"] = summary.trace;
  if (summary.trace_length > 0) json["trace_length"] = summary.trace_length;
  json["probes"] = ProbesJson(coverage);
  json.update(RowCoverageJson(coverage.rows()));
  json["state_digests"] = coverage.LeastStates(kStateDigests);
  return report::JsonText(json, 1) + "\n";
}

}  // namespace backstop::cli
