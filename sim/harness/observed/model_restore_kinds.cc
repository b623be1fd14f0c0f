// SPDX-License-Identifier: MIT
#include "sim/harness/observed/model_restore_kinds.h"

#include <algorithm>
#include <iterator>

namespace backstop::observed {
namespace {

/// In the order of the enumeration.
constexpr const char* kNames[] = {"good",           "no-target",    "not-running",  "foreign-base",
                                  "bad-map",        "no-logs",      "foreign-logs", "broken-logs",
                                  "damaged-header", "no-copy",      "bad-trailer",  "wrong-trailer",
                                  "low-too-high",   "high-too-low", "high-missing", "high-zero",
                                  "running"};
static_assert(std::size(kNames) == static_cast<size_t>(model::RestoreKind::kRunning) + 1);

}  // namespace

const char* RestoreKindName(model::RestoreKind kind) { return kNames[static_cast<size_t>(kind)]; }

model::RestoreKind RestoreKindOf(const std::string& name) {
  const auto* found = std::ranges::find(kNames, name);
  return found == std::end(kNames) ? model::RestoreKind::kGood
                                   : static_cast<model::RestoreKind>(found - kNames);
}

}  // namespace backstop::observed
