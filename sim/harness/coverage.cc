// SPDX-License-Identifier: MIT
#include "sim/harness/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "impl/engine/error_name.h"
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

bool IsHit(const Coverage::RowHits& hits) {
  return std::ranges::any_of(hits, [](uint64_t count) { return count > 0; });
}

}  // namespace

const char* NameOf(FaultKind kind) {
  static constexpr std::array<const char*, kFaultKinds> kNames = {"none", "read-fault",
                                                                  "power-cut"};
  return kNames[static_cast<size_t>(kind)];
}

FaultKind FaultOf(const RunResult& run) {
  if (run.restart) return FaultKind::kPowerCut;
  const bool failed = std::ranges::any_of(run.history->calls, [](const auto& call) {
    return call.call.environment.fault != model::Fault::kNone;
  });
  return failed ? FaultKind::kReadFault : FaultKind::kNone;
}

RowName NameOfRow(size_t row) {
  const model::RowInfo& info = model::Rows()[row];
  const std::string dialect = info.dialect;
  return {.clause = info.clause,
          .event = info.event,
          .state = info.source,
          .outcome = engine::ErrorName(info.err),
          .dialect = dialect.empty() ? "both" : dialect,
          .guard = info.guard};
}

/// It injects no fault into the model's calls but I/O errors.
bool Coverage::Counts(size_t row) {
  const model::RowInfo& info = model::Rows()[row];
  constexpr uint32_t kInjected = uint32_t{1} << static_cast<unsigned>(model::Fault::kIo);
  return info.internal == nullptr && std::string_view(info.dialect) != "ese" &&
         (info.faults & ~kInjected) == 0 && !IsOfOtherCalls(info.event) &&
         !IsOfOtherStates(info.source);
}

Coverage::Coverage() : hits_(model::Rows().size()) {}

void Coverage::Add(FaultKind faults, const std::vector<model::RowId>& rows,
                   const std::vector<uint64_t>& states) {
  for (const model::RowId row : rows) {
    if (row < hits_.size()) ++hits_[row][static_cast<size_t>(faults)];
  }
  for (const uint64_t state : states) {
    if (states_.size() < kMaxStates) states_.insert(state);
  }
}

size_t Coverage::rows_hit() const {
  size_t hit = 0;
  for (size_t row = 0; row < hits_.size(); ++row) hit += Counts(row) && IsHit(hits_[row]);
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
    if (IsHit(hits_[row]) || !Counts(row)) continue;
    const model::RowInfo& info = model::Rows()[row];
    lines.push_back(fmt::format("{} ({} in state {})", info.clause, info.event, info.source));
  }
  return lines;
}

size_t Coverage::probes_hit() const {
  return static_cast<size_t>(
      std::ranges::count_if(probes_.hits(), [](uint64_t hits) { return hits > 0; }));
}

std::vector<std::string> Coverage::ProbesNeverHit() const {
  std::vector<std::string> names;
  for (size_t i = 0; i < Probes().size(); ++i) {
    if (probes_.hits()[i] == 0) names.emplace_back(Probes()[i].name);
  }
  return names;
}

std::vector<uint64_t> Coverage::LeastStates(size_t most) const {
  std::vector<uint64_t> all(states_.begin(), states_.end());
  std::ranges::sort(all);
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace backstop::harness
