// SPDX-License-Identifier: MIT
#include "sim/harness/coverage.h"

#include <fmt/format.h>

namespace backstop::harness {
namespace {

bool Counts(size_t row) { return model::Rows()[row].internal == nullptr; }

}  // namespace

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
  size_t hit = 0;
  for (size_t row = 0; row < hits_.size(); ++row) hit += Counts(row) && hits_[row] > 0;
  return hit;
}

size_t Coverage::rows_total() const {
  size_t total = 0;
  for (size_t row = 0; row < hits_.size(); ++row) total += Counts(row);
  return total;
}

std::vector<std::string> Coverage::NeverHit() const {
  std::vector<std::string> lines;
  for (size_t row = 0; row < hits_.size(); ++row) {
    if (hits_[row] > 0 || !Counts(row)) continue;
    const model::RowInfo& info = model::Rows()[row];
    lines.push_back(fmt::format("{} ({} in state {})", info.clause, info.event, info.source));
  }
  return lines;
}

}  // namespace backstop::harness
