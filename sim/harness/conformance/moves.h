// SPDX-License-Identifier: MIT
// Lists of moves, from which scenes are put together.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "model/lifecycle.h"
#include "sim/harness/conformance/move.h"

namespace backstop::conformance {

/// Collects moves.
class Moves {
 public:
  explicit Moves(const model::Lifecycle& lifecycle) : lifecycle_(lifecycle) {}

  Moves& Add(const model::Call& call);
  Moves& Add(const Move& move);
  Moves& AddWithTwin(const model::Call& call);
  /// The call once for each set of flag bits.
  Moves& AddBits(model::Call call, std::initializer_list<uint32_t> grbits);
  /// The call of another thread: its start, and its end.
  Moves& AddThread(const model::Call& call, uint8_t point = 1);
  /// JetBackupInstance of another thread returns, and finds that a termination has begun.
  Moves& AddReturnUnderTerm(const model::Call& call, uint8_t point);
  Moves& Add(const std::vector<Move>& moves);

  std::vector<Move> Take() const { return moves_; }
  /// And each of them once for everything that the environment may do to it.
  std::vector<Move> TakeWithFaults() const;

 private:
  const model::Lifecycle& lifecycle_;
  std::vector<Move> moves_;
};

/// Whether the call may find that a log file is gone that may be.
bool NeedsLogs(model::Op op);

// By subject: every call with every argument that matters to some row.
void AddLife(model::InstanceRef instance, Moves& moves);
void AddServices(Moves& moves);
void AddParameters(model::InstanceRef instance, Moves& moves);
void AddSessions(model::InstanceRef instance, Moves& moves);
void AddDatabases(model::InstanceRef instance, Moves& moves);
void AddBegin(Moves& moves);
void AddFiles(Moves& moves);
void AddLogs(Moves& moves);
void AddEnds(Moves& moves);
void AddWhole(Moves& moves);
void AddRestores(Moves& moves);
void AddSnapshots(Moves& moves);
/// Every call once, as plain as it can be.
void AddEachCall(model::InstanceRef instance, Moves& moves);

}  // namespace backstop::conformance
