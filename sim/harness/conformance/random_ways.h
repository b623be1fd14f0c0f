// SPDX-License-Identifier: MIT
// Long sequences of calls drawn at random from everything that a sequence can say, with the codes
// of the specification.
#pragma once

#include <functional>
#include <vector>

#include "sim/harness/conformance/scene_search.h"
#include "sim/harness/conformance/suite.h"
#include "sim/scheduler/random.h"

namespace backstop::conformance {

/// A drawn sequence: where it starts, and its moves.
struct RandomWay {
  Scene scene;       ///< its settings and its root
  bool two = false;  ///< instances, each in a directory of its own
  Way way;
};

/// Makes those moves that a sequence of steps can say, whose outcome the specification knows, and
/// that a client would make.
class SaidMoves {
 public:
  /// `lifecycle` must outlive the object.
  explicit SaidMoves(model::Lifecycle& lifecycle) : lifecycle_(lifecycle), walk_(lifecycle) {}

  /// `drawn` holds the moves up to `position`, which is undefined if the move is not made.
  bool Make(const RandomWay& drawn, const Move& move, Position* position);
  /// What the last move that was made returned.
  model::Err err() const { return events_.back().reaction.err; }

 private:
  /// Whether the specification leaves open if logs are still there that the call needs.
  bool IsOpen(const Move& move, const Position& before);

  model::Lifecycle& lifecycle_;
  Walk walk_;
  std::vector<Event> events_;
};

class RandomWays {
 public:
  /// The same seed gives the same ways. `lifecycle` must outlive the object.
  RandomWays(model::Lifecycle& lifecycle, uint64_t seed);

  RandomWay Next();

 private:
  struct Group {
    unsigned weight;
    std::vector<Move> moves;
  };

  const Move& Draw();
  /// Makes a drawn move that can be made; prefers those that succeed.
  bool Go(RandomWay* drawn, Position* position);
  void Begin(RandomWay* drawn, Position* position);

  SaidMoves moves_;
  sched::Random random_;
  std::vector<Group> groups_;
  unsigned weights_ = 0;
};

/// The way as an item named `id` that shows nothing in particular. Moves that the replay of
/// model_replay.h reads otherwise, since their text cannot say what was meant, are taken out of the
/// way, and so are those that cannot be made, or said, without them. Nothing if no move is left.
std::optional<Item> RandomItem(RandomWay* drawn, model::Lifecycle& lifecycle,
                               const std::string& dialect, const std::string& id);

/// The way without the moves that `fails` does not need.
RandomWay Shrink(RandomWay drawn, const std::function<bool(const RandomWay&)>& fails);

}  // namespace backstop::conformance
