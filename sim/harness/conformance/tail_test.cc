// SPDX-License-Identifier: MIT
// What comes after a step tells the fault from the specification.
#include "sim/harness/conformance/tail.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/harness/conformance/effect_book.h"
#include "sim/harness/conformance/random_ways.h"

namespace backstop::conformance {
namespace {

using model::Call;
using model::Op;

/// Where some calls lead that all succeed.
Position After(model::Lifecycle& lifecycle, std::initializer_list<Call> calls) {
  Walk walk(lifecycle);
  Position position;
  std::vector<Event> events;
  for (const Call& call : calls) {
    const Move move{.call = call};
    EXPECT_TRUE(walk.Make(&position, move, PendingNumber(move), &events));
    EXPECT_GE(events.back().reaction.err, 0);
  }
  return position;
}

constexpr Call kCreate{.op = Op::kCreateInstance};
constexpr Call kInit{.op = Op::kInit};
constexpr Call kBegin{.op = Op::kBeginExternalBackup};
constexpr Call kStop{.op = Op::kStopBackup};
constexpr Call kEnd{.op = Op::kEndExternalBackup2, .grbit = 2};

TEST(Tail, AStopThatWasForgottenIsSeenByTheNextCall) {
  model::Lifecycle lifecycle(model::kStrict);
  const Position before = After(lifecycle, {kCreate, kInit, kBegin});
  const Position after = After(lifecycle, {kCreate, kInit, kBegin, kStop});
  TailSearch tails(lifecycle);
  EffectBook book;
  EXPECT_FALSE(tails.Find(after, book.Faults(kStop, before.state, after.state)).empty());
}

TEST(Tail, AStopThatIsRememberedWithoutABackupIsSeen) {
  model::Lifecycle lifecycle(model::kStrict);
  EffectBook book;
  book.Note(kStop, After(lifecycle, {kCreate, kInit, kBegin}).state,
            After(lifecycle, {kCreate, kInit, kBegin, kStop}).state);
  const Position idle = After(lifecycle, {kCreate, kInit});
  TailSearch tails(lifecycle);
  EXPECT_FALSE(tails.Find(idle, book.Faults(kStop, idle.state, idle.state)).empty());
}

TEST(Tail, WhatChangesNothingNeedsNoTail) {
  model::Lifecycle lifecycle(model::kStrict);
  const Position idle = After(lifecycle, {kCreate, kInit});
  TailSearch tails(lifecycle);
  EXPECT_TRUE(tails.Find(idle, EffectBook().Faults(kEnd, idle.state, idle.state)).empty());
}

TEST(RandomWays, TheSameSeedDrawsTheSame) {
  model::Lifecycle lifecycle(model::kEse);
  RandomWays first(lifecycle, 3);
  RandomWays second(lifecycle, 3);
  RandomWays other(lifecycle, 4);
  unsigned same = 0;
  for (unsigned i = 0; i < 20; ++i) {
    RandomWay a = first.Next(), b = second.Next(), c = other.Next();
    const auto line = [&](RandomWay& way) {
      const auto item = RandomItem(&way, lifecycle, "ese", "x");
      return item ? ToLine(*item) : std::string();
    };
    EXPECT_EQ(line(a), line(b));
    same += line(a) == line(c) ? 1 : 0;
  }
  EXPECT_LT(same, 20u);
}

TEST(RandomWays, ShrinkingKeepsWhatFails) {
  model::Lifecycle lifecycle(model::kEse);
  RandomWays ways(lifecycle, 3);
  const auto holds_init = [](const RandomWay& way) {
    return std::ranges::any_of(way.way, [](const Move& move) { return move.call.op == Op::kInit; });
  };
  RandomWay drawn = ways.Next();
  while (!holds_init(drawn)) drawn = ways.Next();
  EXPECT_EQ(Shrink(drawn, holds_init).way.size(), 1u);
}

}  // namespace
}  // namespace backstop::conformance
