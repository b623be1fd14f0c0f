// SPDX-License-Identifier: MIT
// What a sequence does after the call that it shows: the shortest calls that would notice if the
// call had left behind what it must not, or not left what it must.
#pragma once

#include <vector>

#include "sim/harness/conformance/state_variables.h"
#include "sim/harness/conformance/walk.h"

namespace backstop::conformance {

/// A variable that has a wrong value after a call.
struct WrongValue {
  VariableId variable = 0;
  uint8_t place = 0;
  uint32_t value = 0;
  bool sticks = false;  ///< whatever later calls do to it
};

/// A state and the wrong one that an engine with the fault would be in.
class TailSearch {
 public:
  explicit TailSearch(model::Lifecycle& lifecycle);

  /// Moves after `here` in which each of the faults shows that any few moves show.
  std::vector<Move> Find(const Position& here, const std::vector<WrongValue>& faults);

 private:
  struct Pair {
    Position right;
    Position wrong;
  };
  struct Node {
    Pair pair;
    size_t parent;
    size_t move;
    unsigned depth;
  };
  enum class Made : uint8_t { kNot, kAlike, kDiffers };

  /// Makes the move in both states.
  Made Make(Pair* pair, const Move& move, const WrongValue& fault, bool* touches);
  std::vector<Move> Shortest(const Pair& from, const WrongValue& fault);
  /// The best move that tells the states apart; the number of moves if there is none. Others lead
  /// to further nodes.
  size_t Expand(size_t node, const WrongValue& fault);
  std::vector<Move> WayTo(size_t node, size_t last) const;

  model::Lifecycle& lifecycle_;
  Walk walk_;
  std::vector<Move> moves_;
  std::vector<Event> events_;
  std::vector<Node> nodes_;
};

}  // namespace backstop::conformance
