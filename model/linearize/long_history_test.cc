// SPDX-License-Identifier: MIT
// Long histories of many threads on one instance: an answer in bounded time, and never a wrong one.
#include <gtest/gtest.h>

#include <array>

#include "model/linearize/linearize.h"
#include "model/testing/calls.h"
#include "model/testing/dice.h"

namespace backstop::model {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): words of the tests

constexpr unsigned kThreads = 8;
constexpr size_t kCalls = 10'000;

Call AnyCall(Dice& dice) {
  switch (dice(12)) {
    case 0:
      return Begin();
    case 1:
      return Stop();
    case 2:
      return OpenDatabase();
    case 3:
      return Close(1);
    case 4:
      return Calls(Op::kGetLogInfo);
    case 5:
      return dice(4) == 0 ? End2(JET_bitBackupEndAbort) : Calls(Op::kGetAttachInfo);
    default:
      return Read(1, static_cast<uint16_t>(1 + dice(8)));
  }
}

/// Calls of eight threads that overlap, each taking effect at a random moment of its own.
std::vector<HistoryCall> HonestHistory(uint64_t seed) {
  Dice dice(seed);
  Lifecycle lifecycle(kEse);
  Snapshot state = ReadyWorld();
  std::vector<HistoryCall> history;
  std::array<size_t, kThreads> current{};
  std::array<int, kThreads> at{};  // 0 idle, 1 invoked, 2 took effect
  uint64_t now = 0;
  for (size_t busy = 0; history.size() < kCalls || busy > 0;) {
    const uint32_t thread = dice(kThreads);
    if (at[thread] == 0) {
      if (history.size() == kCalls) continue;
      current[thread] = history.size();
      history.push_back(
          {.thread = static_cast<uint8_t>(thread), .call = AnyCall(dice), .invoked = ++now});
      at[thread] = 1;
      ++busy;
      continue;
    }
    HistoryCall& call = history[current[thread]];
    if (at[thread] == 2) {
      call.returned = ++now;
      at[thread] = 0;
      --busy;
      continue;
    }
    call.outcome = Opened(1, 40);
    call.outcome.low = 1;
    call.outcome.high = 2;
    const Reaction reaction = lifecycle.Apply(state, call.call, Stage::kOnly, false, &call.outcome);
    call.outcome.err = reaction.err;
    call.outcome.pages = reaction.pages;
    call.outcome.databases = reaction.databases;
    at[thread] = 2;
  }
  return history;
}

/// A result that no order gives: these calls never return the code.
void Spoil(HistoryCall* call) { call->outcome.err = JET_errLogFileNotCopied; }

LinearizeResult JudgeInTime(const std::vector<HistoryCall>& history) {
  return Linearizer({.max_steps = 5'000'000, .dialect = &kEse}).Check(ReadyWorld(), history);
}

TEST(LongHistory, OfHonestCallsIsExplained) {
  for (const uint64_t seed : {1, 2, 3}) {
    EXPECT_EQ(JudgeInTime(HonestHistory(seed)).verdict, Verdict::kLinearizable) << "seed " << seed;
  }
}

TEST(LongHistory, WithOneWrongResultIsNeverExplained) {
  for (const size_t place : {size_t{20}, kCalls / 2, kCalls - 5}) {
    std::vector<HistoryCall> history = HonestHistory(4);
    Spoil(&history[place]);
    const LinearizeResult result = JudgeInTime(history);
    EXPECT_NE(result.verdict, Verdict::kLinearizable) << "call " << place;
    EXPECT_TRUE(result.verdict == Verdict::kUnknown || result.culprit == place);
  }
}

}  // namespace
}  // namespace backstop::model
