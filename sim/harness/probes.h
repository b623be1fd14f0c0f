// SPDX-License-Identifier: MIT
// Meetings that a campaign has to bring about: each probe names one, and is hit by a run in which
// it happened. A campaign that never hits one has not tested what it is about.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "sim/harness/runner.h"

namespace backstop::harness {

struct Probe {
  const char* name;  ///< "read in flight when a stop lands"
  /// Two calls that overlap, of which the first is one of `ops` and the second one of `others`; one
  /// call alone where `others` is 0; a call that a power cut cut off where both tests are null.
  uint64_t ops = 0, others = 0;
  bool (*pair)(const model::HistoryCall& a, const model::HistoryCall& b) = nullptr;
  bool (*single)(const model::HistoryCall& call) = nullptr;
  bool (*run)(const RunResult& run) = nullptr;
};

const std::vector<Probe>& Probes();

/// Counts, for each probe, the runs that hit it. Not thread-safe.
class ProbeBook {
 public:
  ProbeBook();
  void Add(const RunResult& run);
  /// In the order of Probes().
  const std::vector<uint64_t>& hits() const { return hits_; }

 private:
  void AddCall(const model::HistoryCall& call, bool power_lost);
  void AddPair(const model::HistoryCall& a, const model::HistoryCall& b);
  void Hit(size_t probe) { hit_[probe] = true; }

  using Indices = std::vector<uint16_t>;
  std::array<std::array<Indices, kDrawnOps>, kDrawnOps> of_pair_;
  std::array<Indices, kDrawnOps> of_call_;
  Indices of_run_;
  std::vector<uint64_t> hits_;
  std::vector<bool> hit_;  ///< in the run that is being looked at
};

}  // namespace backstop::harness
