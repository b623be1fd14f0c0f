// SPDX-License-Identifier: MIT
#include "sim/harness/coverage.h"

#include <fmt/format.h>

#include <string_view>

#include "sim/harness/program.h"

namespace backstop::harness {
namespace {

/// Whether the row belongs to an operation that programs do not have.
bool IsOfOtherCalls(std::string_view event) {
  for (unsigned op = kDrawnOps; op < model::kOpCount; ++op) {
    if (event.starts_with(model::OpName(static_cast<model::Op>(op)))) return true;
  }
  return false;
}

/// States that only such operations lead to.
bool IsOfOtherStates(std::string_view source) {
  return source == "in a snapshot" || source == "surrogate backup" || source == "restoring";
}

/// The rows that a campaign in the strict dialect can hit: it injects no fault but I/O errors.
bool Counts(size_t row) {
  const model::RowInfo& info = model::Rows()[row];
  constexpr uint32_t kInjected = uint32_t{1} << static_cast<unsigned>(model::Fault::kIo);
  return info.internal == nullptr && std::string_view(info.dialect) != "ese" &&
         (info.faults & ~kInjected) == 0 && !IsOfOtherCalls(info.event) &&
         !IsOfOtherStates(info.source);
}

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
