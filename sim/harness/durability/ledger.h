// SPDX-License-Identifier: MIT
// What an application knows about its rows: which commits were acknowledged, and which were under
// way when the power failed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/durability/row_payload.h"
#include "sim/harness/program.h"

namespace backstop::harness {

/// What was found after a restart, by mark.
using FoundRows = std::map<RowMark, unsigned>;

/// How the rows found differ from what may be there.
struct RowLoss {
  uint64_t lost = 0;         ///< rows of acknowledged commits that are gone
  uint64_t resurrected = 0;  ///< rows that were never committed, or that are there twice
  uint64_t torn = 0;         ///< commits under way of which only a part is there
  std::string text;          ///< about the first of them
  bool any() const { return lost + resurrected + torn > 0; }
};

/// Follows the transactions of each thread of one run.
class Ledger {
 public:
  /// `there` are the rows that were committed before.
  void BeginRun(std::vector<RowMark> there);

  /// The thread begins a call on its session. `row` is the row that an insertion would make.
  void Invoke(unsigned thread, const ProgramCall& call, RowMark row);
  /// The call has returned.
  void Return(unsigned thread, model::Err err);

  /// Judges what a restart found. A commit that had not returned may be there or not, as a whole.
  RowLoss Compare(const FoundRows& found) const;

 private:
  using Rows = std::vector<RowMark>;
  struct Thread {
    std::vector<Rows> levels;  ///< of the open transaction, outermost first
    std::optional<ProgramCall> pending;
    RowMark pending_row = 0;
  };

  static void Commit(Thread& thread, Rows& committed);
  void Insert(Thread& thread);
  /// The rows that the call under way would commit.
  static Rows UnderWay(const Thread& thread);

  std::array<Thread, kMaxThreads> threads_;
  Rows committed_;
};

}  // namespace backstop::harness
