// SPDX-License-Identifier: MIT
// What a campaign reports: the summary for people and the JSON for programs.
#pragma once

#include <string>

#include "sim/harness/campaign.h"

namespace backstop::cli {

/// Of the JSON of a campaign; `backstop merge` joins files of the same one.
inline constexpr int kRunFormat = 1;

struct RunSummary {
  uint64_t seed = 0;
  double seconds = 0;
  double cpu_seconds = 0;
  std::string faults;  ///< the worst that was drawn
  std::string shard;
  std::string dialect;
  std::string trace;            ///< path of the failing trace, empty without a violation
  std::string rule;             ///< its failure class
  size_t trace_length = 0;      ///< of the failing trace: calls + switches + faults
  bool deterministic = true;    ///< no replay gave another hash
  unsigned known_failures = 0;  ///< met before any search
};

std::string SummaryText(const harness::Campaign& campaign, const RunSummary& summary);
std::string SummaryJson(const harness::Campaign& campaign, const RunSummary& summary,
                        const harness::Provenance& provenance);

}  // namespace backstop::cli
