// SPDX-License-Identifier: MIT
// What comes after a step tells the fault from the specification.
#include "sim/harness/conformance/tail.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "impl/esent.h"
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

/// Whether the last of the calls is left, of a way that is written from them. Reads go to the end.
bool KeepsTheLast(const std::vector<Call>& calls) {
  model::Lifecycle lifecycle(model::kStrict);
  RandomWay drawn;
  for (const Call& call : calls) {
    const bool reads = call.op == Op::kReadFile;
    drawn.way.push_back(
        {.call = call, .composite = reads ? Composite::kReadAll : Composite::kNone});
  }
  const auto item = RandomItem(&drawn, lifecycle, "strict", "x");
  return item && drawn.way.back().call.op == calls.back().op;
}

constexpr Call kSession{.op = Op::kBeginSession};
constexpr Call kDatabase{.op = Op::kCreateDatabase};

TEST(RandomWays, KeepNoCommitThatAFreezeMayHoldUp) {
  std::vector<Call> calls = {kCreate,
                             kInit,
                             kSession,
                             kDatabase,
                             {.op = Op::kInsertRow},
                             {.op = Op::kBeginTransaction},
                             {.op = Op::kSnapshotPrepare},
                             {.op = Op::kSnapshotFreeze},
                             {.op = Op::kSnapshotThaw},
                             {.op = Op::kCommitTransaction}};
  EXPECT_TRUE(KeepsTheLast(calls));
  std::erase_if(calls, [](const Call& call) { return call.op == Op::kSnapshotThaw; });
  EXPECT_FALSE(KeepsTheLast(calls));
}

TEST(RandomWays, KeepNoAttachOfAFileThatNoLogProtects) {
  std::vector<Call> calls = {kCreate,
                             kInit,
                             kSession,
                             kDatabase,
                             {.op = Op::kTerm, .grbit = JET_bitTermDirty},
                             kCreate,
                             kInit,
                             kSession,
                             {.op = Op::kAttachDatabase}};
  EXPECT_TRUE(KeepsTheLast(calls));
  calls[3].grbit = JET_bitDbRecoveryOff;
  EXPECT_FALSE(KeepsTheLast(calls));
}

TEST(RandomWays, KeepNoTruncationIfSomeLogsMayNotHaveBeenRead) {
  std::vector<Call> calls = {kCreate,
                             kInit,
                             kBegin,
                             {.op = Op::kGetLogInfo},
                             {.op = Op::kOpenFile, .name = model::NameKind::kLog, .generation = 1},
                             {.op = Op::kReadFile, .file = 1, .pages = 16},
                             {.op = Op::kCloseFile, .file = 1},
                             {.op = Op::kTruncateLog}};
  EXPECT_TRUE(KeepsTheLast(calls));
  const std::vector<Call> rolled = {kBegin, {.op = Op::kGetLogInfo}, kEnd};
  calls.insert(calls.begin() + 2, rolled.begin(), rolled.end());
  EXPECT_FALSE(KeepsTheLast(calls));
}

}  // namespace
}  // namespace backstop::conformance
