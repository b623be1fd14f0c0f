// SPDX-License-Identifier: MIT
// What an application knows about its rows: which commits were acknowledged, and which were under
// way when the power failed or a backup took its logs.
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

/// How the rows found differ from what may be there.
struct RowLoss {
  uint64_t lost = 0;         ///< rows of acknowledged commits that are gone
  uint64_t resurrected = 0;  ///< rows that are there and were never committed, or are there twice
  uint64_t torn = 0;         ///< commits under way of which only a part is there
  std::string text;          ///< about the first of them
  bool any() const { return lost + resurrected + torn > 0; }
};

/// One row that is added, or taken away.
struct RowChange {
  RowMark mark = 0;
  bool removed = false;
};

/// From when on commits may be missing, and from when on they must be. Commits that had returned
/// before `begun` are there; those that began after `ended` are not.
struct RowWindow {
  uint64_t begun = UINT64_MAX;
  uint64_t ended = UINT64_MAX;
};

/// Follows the transactions of each thread of one run.
class Ledger {
 public:
  /// `there` are the rows that were committed before.
  void BeginRun(std::vector<RowMark> there);

  /// The thread begins a call on its session. `row` is the row that an insertion would make.
  void Invoke(unsigned thread, const ProgramCall& call, RowMark row);
  /// Before an update that has found the row it replaces or deletes.
  void Aim(unsigned thread, RowMark old);
  /// The call has returned.
  void Return(unsigned thread, model::Err err);

  /// Ticks with every invocation and return; orders them against those of other calls.
  uint64_t now() const { return now_; }

  /// Judges what a restart, or a restore, found. A commit within the window, such as one that had
  /// not returned, may be there or not, as a whole.
  RowLoss Compare(const FoundRows& found, RowWindow window = {}) const;

 private:
  using Changes = std::vector<RowChange>;
  struct Commit {
    unsigned thread = 0;
    Changes changes;
    uint64_t invoked = 0;
    uint64_t returned = 0;
  };
  struct Thread {
    std::vector<Changes> levels;  ///< of the open transaction, outermost first
    std::optional<ProgramCall> pending;
    RowMark pending_row = 0;
    std::optional<RowMark> old;  ///< that the call under way replaces or deletes
    uint64_t invoked = 0;
  };

  /// What a call that changes a row does to the table.
  static Changes ChangesOf(const Thread& thread);
  void EndLevel(Thread& thread);
  void Change(Thread& thread);
  /// What the call under way would commit.
  static Changes UnderWay(const Thread& thread);
  void Keep(const Thread& thread, const Changes& changes);
  /// The commits of a thread that may be there or not, in their order.
  std::vector<Changes> Open(unsigned thread, RowWindow window) const;

  std::array<Thread, kMaxThreads> threads_;
  std::vector<RowMark> there_;
  std::vector<Commit> commits_;  ///< in the order in which they returned
  uint64_t now_ = 0;
};

}  // namespace backstop::harness
