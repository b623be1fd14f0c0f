// SPDX-License-Identifier: MIT
// What a campaign has reached: rows of the transition tables under each kind of fault, states of
// the specification, probes.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "model/lifecycle.h"
#include "sim/harness/probes.h"

namespace backstop::harness {

/// What went wrong in a run.
enum class FaultKind : uint8_t { kNone, kReadFault, kPowerCut, kCount };
inline constexpr size_t kFaultKinds = static_cast<size_t>(FaultKind::kCount);
/// "none", "read-fault", "power-cut".
const char* NameOf(FaultKind kind);
FaultKind FaultOf(const RunResult& run);

/// The row in words that do not depend on its number: clause, event, state, outcome, dialect.
struct RowName {
  std::string clause, event, state, outcome, dialect, guard;
};
RowName NameOfRow(size_t row);

class Coverage {
 public:
  /// Digests of states beyond this number are not counted, to bound memory.
  static constexpr size_t kMaxStates = 1 << 20;

  Coverage();
  void Add(FaultKind faults, const std::vector<model::RowId>& rows,
           const std::vector<uint64_t>& states);
  void AddRun(const RunResult& run) { probes_.Add(run); }

  size_t rows_hit() const;
  /// Rows that no public call can reach are tagged so in the tables and do not count.
  size_t rows_total() const;
  size_t states() const { return states_.size(); }
  /// One line for each row that was never hit: clause, event, state.
  std::vector<std::string> NeverHit() const;

  /// Whether a campaign in the strict dialect can hit the row.
  static bool Counts(size_t row);
  using RowHits = std::array<uint64_t, kFaultKinds>;
  const std::vector<RowHits>& hits() const { return hits_; }
  const ProbeBook& probes() const { return probes_; }
  size_t probes_hit() const;
  std::vector<std::string> ProbesNeverHit() const;
  /// The smallest digests of states, at most `most`: from those of several campaigns follows about
  /// how many states they have reached together.
  std::vector<uint64_t> LeastStates(size_t most) const;

 private:
  std::vector<RowHits> hits_;
  boost::unordered_flat_set<uint64_t> states_;
  ProbeBook probes_;
};

}  // namespace backstop::harness
