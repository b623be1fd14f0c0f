// SPDX-License-Identifier: MIT
#include "sim/harness/coverage.h"

#include <algorithm>

namespace backstop::harness {

FaultKind FaultOf(const RunResult& run) {
  if (run.restart) return FaultKind::kPowerCut;
  for (const model::HistoryCall& call : run.history->calls) {
    const model::Fault fault = call.call.environment.fault;
    if (fault != model::Fault::kNone) return KindOf(fault);
  }
  return FaultKind::kNone;
}

void Coverage::Add(FaultKind faults, const std::vector<model::RowId>& rows,
                   const std::vector<uint64_t>& states) {
  rows_.Add(faults, rows);
  for (const uint64_t state : states) {
    if (states_.size() < kMaxStates) states_.insert(state);
  }
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
