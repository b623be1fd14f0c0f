// SPDX-License-Identifier: MIT
// The systematic sweep: every file operation of a scenario fails once, in a walk of its own.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/harness/durability/fail_at.h"
#include "sim/harness/jet_api.h"
#include "sim/harness/sweep/scenario.h"

namespace backstop::harness {

struct SweepOptions {
  std::vector<SweepFault> faults;  ///< in this order
  uint64_t at = 0;                 ///< only this operation; 0: all
};

struct SweepViolation {
  SweepFault fault = SweepFault::kError;
  uint64_t at = 0;
  std::string where;  ///< the operation that failed
  std::string text;
};
/// "eio 17, write of i1/edb.log at 4096: start: JetInit = ... is no allowed code".
std::string ToText(const SweepViolation& violation);

struct SweepResult {
  /// Why the scenario cannot be swept: it fails without any fault. Empty if it does not.
  std::string unusable;
  std::array<uint64_t, kSweepFaults> operations{};  ///< that can meet each fault
  uint64_t walks = 0;
  uint64_t failing = 0;  ///< walks in which a call failed; the others did not notice
  /// How often a call failed with a code.
  std::map<std::string, std::map<std::string, uint64_t>> failures;
  std::vector<SweepViolation> violations;
};

/// `progress` is called after each walk.
SweepResult Sweep(const JetApi& api, const SweepScenario& scenario, const SweepOptions& options,
                  const std::function<void(const SweepResult&)>& progress);

/// Keys: scenario, ios, walks, failing, operations (by fault), failures (by call and code),
/// violations.
nlohmann::ordered_json ToJson(const SweepScenario& scenario, const SweepResult& result);

}  // namespace backstop::harness
