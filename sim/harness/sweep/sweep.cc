// SPDX-License-Identifier: MIT
#include "sim/harness/sweep/sweep.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "impl/engine/error_name.h"
#include "sim/harness/prepared_world.h"
#include "sim/harness/sweep/sweep_job.h"

namespace backstop::harness {
namespace {

class Sweeper {
 public:
  Sweeper(const JetApi& api, const SweepScenario& scenario, const SweepOptions& options,
          const std::function<void(const SweepResult&)>& progress)
      : api_(api), scenario_(scenario), options_(options), progress_(progress), worlds_(api) {}

  SweepResult Run() {
    for (const SweepFault fault : options_.faults) {
      if (!Count(fault)) return std::move(result_);
    }
    for (const SweepFault fault : options_.faults) {
      const uint64_t last = result_.operations[static_cast<size_t>(fault)];
      for (uint64_t at = 1; at <= last; ++at) {
        if (options_.at == 0 || options_.at == at) Walk(fault, at);
      }
    }
    return std::move(result_);
  }

 private:
  std::optional<SweepJob> Job(SweepFault fault, uint64_t at) {
    scheduler_.Reset();
    std::optional<world::SimDisk> disk = worlds_.Clone(Settings::kDefault);
    if (!disk) return std::nullopt;
    return std::optional<SweepJob>(std::in_place, api_, scheduler_, std::move(*disk), fault, at);
  }

  /// The walk without a fault, which tells how many operations there are.
  bool Count(SweepFault fault) {
    std::optional<SweepJob> job = Job(fault, 0);
    if (!job) {
      result_.unusable = worlds_.error();
    } else if (!job->Run(scenario_)) {
      result_.unusable = job->violation();
    } else {
      result_.operations[static_cast<size_t>(fault)] = job->faults().operations();
    }
    return result_.unusable.empty();
  }

  void Walk(SweepFault fault, uint64_t at) {
    std::optional<SweepJob> job = Job(fault, at);
    const bool good = job->Run(scenario_);
    ++result_.walks;
    if (!job->failures().empty()) ++result_.failing;
    for (const SweepFailure& failure : job->failures()) {
      ++result_.failures[failure.call][engine::ErrorName(failure.err)];
    }
    if (!good) result_.violations.push_back({fault, at, job->faults().where(), job->violation()});
    progress_(result_);
  }

  const JetApi& api_;
  const SweepScenario& scenario_;
  const SweepOptions& options_;
  const std::function<void(const SweepResult&)>& progress_;
  PreparedWorlds worlds_;
  sched::Scheduler scheduler_{{}};
  SweepResult result_;
};

}  // namespace

std::string ToText(const SweepViolation& violation) {
  return fmt::format("{} {}, {}: {}", NameOf(violation.fault), violation.at, violation.where,
                     violation.text);
}

SweepResult Sweep(const JetApi& api, const SweepScenario& scenario, const SweepOptions& options,
                  const std::function<void(const SweepResult&)>& progress) {
  return Sweeper(api, scenario, options, progress).Run();
}

nlohmann::ordered_json ToJson(const SweepScenario& scenario, const SweepResult& result) {
  nlohmann::ordered_json json;
  json["scenario"] = scenario.name;
  json["ios"] = result.operations[static_cast<size_t>(SweepFault::kError)];
  json["walks"] = result.walks;
  json["failing"] = result.failing;
  json["operations"] = nlohmann::ordered_json::object();
  for (unsigned i = 0; i < kSweepFaults; ++i) {
    json["operations"][NameOf(static_cast<SweepFault>(i))] = result.operations[i];
  }
  json["failures"] = result.failures;
  json["violations"] = nlohmann::ordered_json::array();
  for (const SweepViolation& violation : result.violations) {
    json["violations"].push_back({{"fault", NameOf(violation.fault)},
                                  {"at", violation.at},
                                  {"operation", violation.where},
                                  {"violation", violation.text}});
  }
  return json;
}

}  // namespace backstop::harness
