// SPDX-License-Identifier: MIT
// Calls of the specification as steps of a sequence: what model_replay.h reads, the other way
// round.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/harness/conformance/move.h"
#include "sim/harness/observed/sequence.h"

namespace backstop::conformance {

/// Writes the steps of one sequence.
class StepWriter {
 public:
  /// Appends the steps of a move made in `before`, without codes. Returns how many; the last one is
  /// the call itself, or the join after it.
  size_t Write(const Position& before, const Move& move);

  /// The steps so far, the directories they need made first, and the other thread ended.
  std::vector<observed::Step> Take();

 private:
  void WriteCall(const Position& before, const Move& move);

  std::vector<observed::Step> steps_;
  std::set<std::string> directories_;
  bool occupied_ = false;    ///< a file has been put where a backup is to go
  bool same_paths_ = false;  ///< two instances are to share their directory
};

/// Whether steps can say what the move does in this position. Not all can: a name that only means
/// something after a list was shown, or a second JetOSSnapshotPrepare under the same symbol.
bool CanWrite(const Position& before, const Move& move, const model::Dialect& dialect);

/// One call as a step.
observed::Step WriteStep(const Position& before, const Move& move);

}  // namespace backstop::conformance
