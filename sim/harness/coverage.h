// SPDX-License-Identifier: MIT
// What a campaign has reached: rows of the transition tables under each kind of fault, states of
// the specification, probes.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "model/dialect.h"
#include "model/lifecycle.h"
#include "sim/harness/probes.h"
#include "sim/harness/row_book.h"

namespace backstop::harness {

FaultKind FaultOf(const RunResult& run);

class Coverage {
 public:
  /// Digests of states beyond this number are not counted, to bound memory.
  static constexpr size_t kMaxStates = 1 << 20;

  explicit Coverage(const model::Dialect& dialect = model::kStrict)
      : rows_(RowBook::OfPrograms(dialect)) {}
  void Add(FaultKind faults, const std::vector<model::RowId>& rows,
           const std::vector<uint64_t>& states);
  void AddRun(const RunResult& run) { probes_.Add(run); }

  /// Those that calls of programs can take count.
  const RowBook& rows() const { return rows_; }
  size_t states() const { return states_.size(); }

  const ProbeBook& probes() const { return probes_; }
  size_t probes_hit() const;
  std::vector<std::string> ProbesNeverHit() const;
  /// The smallest digests of states, at most `most`: from those of several campaigns follows about
  /// how many states they have reached together.
  std::vector<uint64_t> LeastStates(size_t most) const;

 private:
  RowBook rows_;
  boost::unordered_flat_set<uint64_t> states_;
  ProbeBook probes_;
};

}  // namespace backstop::harness
