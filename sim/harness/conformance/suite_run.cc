// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/suite_run.h"

#include <fmt/format.h>

#include "sim/harness/observed/compare.h"
#include "sim/harness/observed/environment_steps.h"
#include "sim/harness/observed/skip_rules.h"

namespace backstop::conformance {
namespace {

using observed::Step;

Leave LeaveAt(const Step& step) {
  if (observed::IsEnvironmentStep(step.call)) return Leave::kEnvironment;
  if (observed::IsEngineLater(step)) return Leave::kEngineLater;
  return step.call == "async" ? Leave::kThreads : Leave::kNothing;
}

}  // namespace

const char* LeaveName(Leave leave) {
  constexpr const char* kNames[kLeaves] = {"nothing",      "environment", "threads",
                                           "engine-later", "undefined",   "missing-function"};
  return kNames[static_cast<size_t>(leave)];
}

size_t SuiteRun::Asked(const Item& item, Leave* leave) const {
  observed::SlotWatch slots;
  const auto& all = item.sequence.steps;
  for (size_t i = 0; i < all.size(); ++i) {
    *leave = LeaveAt(all[i]);
    if (slots.IsUndefined(all[i]) && dialect_ == "ese") *leave = Leave::kUndefined;
    if (*leave != Leave::kNothing) return i;
  }
  return all.size();
}

void SuiteRun::Add(const Item& item) {
  if (item.dialect != dialect_ && item.dialect != "both") return;
  ++sequences;
  Leave leave = Leave::kNothing;
  const size_t asked = Asked(item, &leave);
  const observed::EngineRun run = run_(item.sequence, asked);
  Compare(item, run, asked, leave);
}

void SuiteRun::Compare(const Item& item, const observed::EngineRun& run, size_t asked,
                       Leave leave) {
  const auto& all = item.sequence.steps;
  observed::Comparison comparison;
  for (size_t i = 0; i < asked; ++i) {
    const auto& result = run.results[i];
    if (result && !result->missing.empty()) {
      left[fmt::format("{} {}", LeaveName(Leave::kMissing), result->missing)] += all.size() - i;
      return;
    }
    ++steps;
    std::string expected;
    std::string got = run.stopped.empty() ? "the call was not made" : run.stopped;
    if (result) {
      const auto difference = comparison.Next(all[i], *result);
      if (!difference) {
        ++equal;
        continue;
      }
      expected = difference->expected;
      got = difference->got;
    }
    if (expected.empty()) expected = std::to_string(all[i].err);
    deviations.push_back({item.sequence.id, i, all[i].call, item.clause, expected, got});
    return;
  }
  if (asked == all.size()) {
    ++complete;
  } else {
    left[LeaveName(leave)] += all.size() - asked;
  }
}

nlohmann::ordered_json ToJson(const SuiteRun& run) {
  nlohmann::ordered_json json;
  json["sequences"] = run.sequences;
  json["complete"] = run.complete;
  json["steps"] = run.steps;
  json["equal"] = run.equal;
  json["left"] = run.left;
  json["deviations"] = nlohmann::ordered_json::array();
  for (const Deviation& deviation : run.deviations) {
    json["deviations"].push_back({{"sequence", deviation.sequence},
                                  {"step", deviation.step},
                                  {"call", deviation.call},
                                  {"clause", deviation.clause},
                                  {"expected", deviation.expected},
                                  {"got", deviation.got}});
  }
  return json;
}

std::string ToText(const Deviation& deviation) {
  return fmt::format("{}, step {} {}: expected {}, got {}", deviation.sequence, deviation.step,
                     deviation.call, deviation.expected, deviation.got);
}

}  // namespace backstop::conformance
