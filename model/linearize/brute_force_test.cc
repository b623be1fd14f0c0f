// SPDX-License-Identifier: MIT
// The search against a checker that tries every order and remembers nothing.
#include <gtest/gtest.h>

#include <array>

#include "model/linearize/linearize.h"
#include "model/testing/calls.h"
#include "model/testing/dice.h"

namespace backstop::model {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): words of the tests

/// Every order of the events that keeps real time, one after the other.
class BruteForce {
 public:
  bool Check(const Snapshot& initial, const std::vector<HistoryCall>& history) {
    history_ = &history;
    progress_.assign(history.size(), kWaiting);
    return Search(initial);
  }

 private:
  enum Progress : uint8_t { kWaiting, kInside, kDone };

  bool MayActNow(size_t call) const {
    for (size_t other = 0; other < history_->size(); ++other) {
      if (progress_[other] != kDone && (*history_)[other].returned < (*history_)[call].invoked) {
        return false;
      }
    }
    return true;
  }

  bool Finished() const {
    for (size_t call = 0; call < history_->size(); ++call) {
      if (progress_[call] != kDone && (*history_)[call].returned != kPending) return false;
    }
    return true;
  }

  bool Search(const Snapshot& state) {
    if (Finished()) return true;
    for (size_t call = 0; call < history_->size(); ++call) {
      if (progress_[call] == kDone || !MayActNow(call)) continue;
      const Progress before = progress_[call];
      std::vector<Alternative> ways;
      const Stage stage = before == kInside ? Stage::kLeave : Stage::kEnter;
      lifecycle_.Explain(state, (*history_)[call].call, stage, (*history_)[call].outcome, &ways);
      for (const Alternative& way : ways) {
        progress_[call] = way.reaction.pending ? kInside : kDone;
        if (Search(way.next)) return true;
      }
      progress_[call] = before;
    }
    return false;
  }

  Lifecycle lifecycle_;
  const std::vector<HistoryCall>* history_ = nullptr;
  std::vector<Progress> progress_;
};

Call RandomCall(Dice& dice) {
  switch (dice(10)) {
    case 0:
      return Begin();
    case 1:
      return Stop();
    case 2:
      return OpenDatabase();
    case 3:
    case 4:
      return Read(1);
    case 5:
      return Close(1);
    case 6:
      return Calls(Op::kGetLogInfo);
    case 7:
      return End();
    case 8:
      return Term(dice(2) == 0 ? 0 : JET_bitTermStopBackup);
    default:
      return Begin(JET_bitBackupIncremental);
  }
}

/// Runs random calls of three threads against the machine, each taking effect at a random moment,
/// then spoils some outcomes: a mixture of histories with and without an order.
std::vector<HistoryCall> RandomHistory(Dice& dice) {
  Lifecycle lifecycle;
  Snapshot state = ReadyWorld();
  std::vector<HistoryCall> history;
  std::array<int, 3> open = {-1, -1, -1};
  std::array<int, 3> inside{};  // 0 invoked, 1 after the first event, 2 decided
  uint64_t now = 0;
  FileRef files = 0;
  while (history.size() < 7 || open != std::array<int, 3>{-1, -1, -1}) {
    const uint32_t thread = dice(3);
    int& current = open[thread];
    if (current < 0) {
      if (history.size() >= 7) continue;
      current = static_cast<int>(history.size());
      inside[thread] = 0;
      history.push_back(
          {.thread = static_cast<uint8_t>(thread), .call = RandomCall(dice), .invoked = ++now});
      continue;
    }
    HistoryCall& call = history[static_cast<size_t>(current)];
    if (inside[thread] == 2) {
      call.returned = ++now;
      current = -1;
      continue;
    }
    call.outcome = {.file = static_cast<FileRef>(files + 1), .size_pages = 6, .low = 1, .high = 2};
    const Stage stage = inside[thread] == 1 ? Stage::kLeave : Stage::kEnter;
    const Reaction reaction = lifecycle.Apply(state, call.call, stage, false, &call.outcome);
    inside[thread] = reaction.pending ? 1 : 2;
    call.outcome.err = reaction.err;
    call.outcome.pages = reaction.pages;
    if (call.call.op == Op::kOpenFile && reaction.err == 0) ++files;
  }
  return history;
}

void Spoil(Dice& dice, std::vector<HistoryCall>* history) {
  HistoryCall& call = (*history)[dice(static_cast<uint32_t>(history->size()))];
  constexpr Err kCodes[] = {JET_errSuccess, JET_errNoBackup, JET_errBackupAbortByServer,
                            JET_errTermInProgress};
  call.outcome.err = kCodes[dice(4)];
  call.outcome.pages = 3;
}

TEST(Linearizer, AgreesWithTryingEveryOrder) {
  Dice dice(20260101);
  Linearizer linearizer;
  BruteForce brute_force;
  int good = 0;
  int bad = 0;
  for (int round = 0; round < 3000; ++round) {
    std::vector<HistoryCall> history = RandomHistory(dice);
    const bool honest = dice(2) == 0;
    if (!honest) Spoil(dice, &history);
    const bool expected = brute_force.Check(ReadyWorld(), history);
    const LinearizeResult result = linearizer.Check(ReadyWorld(), history);
    ASSERT_EQ(result.verdict, expected ? Verdict::kLinearizable : Verdict::kViolation)
        << "history " << round;
    ASSERT_TRUE(expected || !honest) << "history " << round;
    ++(expected ? good : bad);
  }
  EXPECT_GT(good, 500);
  EXPECT_GT(bad, 500);
}

}  // namespace
}  // namespace backstop::model
