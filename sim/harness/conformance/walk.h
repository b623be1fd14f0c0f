// SPDX-License-Identifier: MIT
// Makes moves on the specification: all events of a step, as the replay of a sequence makes them.
#pragma once

#include <vector>

#include "model/lifecycle.h"
#include "sim/harness/conformance/move.h"

namespace backstop::conformance {

/// One event of a step.
struct Event {
  model::Call call;
  model::Stage stage = model::Stage::kOnly;
  bool failing = false;
  model::Outcome reported;
  model::Snapshot before;
  model::Reaction reaction;
};

class Walk {
 public:
  explicit Walk(model::Lifecycle& lifecycle) : lifecycle_(lifecycle) {}

  /// Makes the move; `number` names it while it is pending. False if it cannot happen in this
  /// position, which is undefined then. `events` holds what happened, the last one last.
  bool Make(Position* position, const Move& move, uint8_t number, std::vector<Event>* events);

 private:
  bool Apply(Position* position, const Move& move, model::Stage stage);
  bool Whole(Position* position, const Move& move);
  bool Starts(Position* position, const Move& move);
  bool Returns(Position* position, const Move& move);
  bool ReadAll(Position* position, const Move& move);
  bool CopyLogs(Position* position, const Move& move);
  bool TimeOutFreezes(Position* position);
  void Remember(Position* position, const Move& move);
  void RememberFiles(Position* position, const Move& move);

  const model::Reaction& last() const { return events_->back().reaction; }

  model::Lifecycle& lifecycle_;
  std::vector<Event>* events_ = nullptr;
};

/// The number under which a call of another thread is pending.
uint8_t PendingNumber(const Move& move);

/// Whether a call is made of several events.
bool HasSecondEvent(model::Op op);

}  // namespace backstop::conformance
