// SPDX-License-Identifier: MIT
#include "sim/harness/coverage.h"

#include <fmt/format.h>

#include <algorithm>

namespace backstop::harness {

Coverage::Coverage() : hits_(model::Rows().size()) {}

void Coverage::Add(const std::vector<model::RowId>& rows, const std::vector<uint64_t>& states) {
  for (const model::RowId row : rows) {
    if (row < hits_.size()) ++hits_[row];
  }
  for (const uint64_t state : states) {
    if (states_.size() < kMaxStates) states_.insert(state);
  }
}

size_t Coverage::rows_hit() const {
  return static_cast<size_t>(
      std::count_if(hits_.begin(), hits_.end(), [](uint64_t hits) { return hits > 0; }));
}

std::vector<std::string> Coverage::NeverHit() const {
  std::vector<std::string> lines;
  for (size_t row = 0; row < hits_.size(); ++row) {
    if (hits_[row] > 0) continue;
    const model::RowInfo& info = model::Rows()[row];
    lines.push_back(fmt::format("{} ({} in state {})", info.clause, info.event, info.source));
  }
  return lines;
}

}  // namespace backstop::harness
