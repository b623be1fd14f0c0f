// SPDX-License-Identifier: MIT
// Judges one run: liveness, leaks, the invariants and linearizability.
#pragma once

#include <optional>
#include <string>

#include "model/linearize/linearize.h"
#include "sim/harness/coverage.h"
#include "sim/harness/runner.h"

namespace backstop::harness {

struct Violation {
  /// "INV-01", "INV-52", "INV-53", "leak".
  std::string rule;
  /// The failure class that shrinking keeps: the rule and, where a call is to blame, which call and
  /// what it returned.
  std::string signature;
  /// One sentence or more, without a final newline.
  std::string text;
  /// The call to blame, as an index into the history.
  std::optional<size_t> call;
};

/// How an order of the calls of `history` is looked for, in a dialect. Both the pointer and what it
/// points to must outlive the search.
model::LinearizeOptions OrderOptions(const History* const& history, bool ese);

/// Holds buffers; not thread-safe.
class Checker {
 public:
  Checker();
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;

  /// `coverage`, if given, collects what the run reached.
  std::optional<Violation> Check(const RunResult& run, const sched::Scheduler& scheduler,
                                 Coverage* coverage);

  /// Histories that were too large to judge so far.
  uint64_t unknown() const { return unknown_; }

 private:
  std::optional<Violation> Judge(const RunResult& run, const sched::Scheduler& scheduler,
                                 Coverage* coverage);
  std::optional<Violation> CheckOrder(const History& history, Coverage* coverage);

  const History* judged_ = nullptr;
  model::Linearizer strict_, ese_;
  std::vector<model::RowId> rows_;
  std::vector<uint64_t> states_;
  uint64_t unknown_ = 0;
};

}  // namespace backstop::harness
