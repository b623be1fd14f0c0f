// SPDX-License-Identifier: MIT
#include "sim/harness/durability/ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impl/esent.h"

namespace backstop::harness {
namespace {

using model::Op;

class LedgerTest : public ::testing::Test {
 protected:
  void Call(unsigned thread, Op op, RowMark row = 0, uint32_t grbit = 0) {
    Start(thread, op, row, grbit);
    ledger_.Return(thread, JET_errSuccess);
  }
  void Start(unsigned thread, Op op, RowMark row = 0, uint32_t grbit = 0) {
    ProgramCall call;
    call.op = op;
    call.grbit = grbit;
    ledger_.Invoke(thread, call, row);
  }
  /// An update of the row `old`, which gets the mark `row`.
  void Update(unsigned thread, RowArg how, RowMark old, RowMark row) {
    ProgramCall call;
    call.op = Op::kInsertRow;
    call.row = how;
    ledger_.Invoke(thread, call, row);
    ledger_.Aim(thread, old);
    ledger_.Return(thread, JET_errSuccess);
  }
  RowLoss Found(std::initializer_list<RowMark> rows) const {
    FoundRows found;
    for (const RowMark row : rows) ++found[row];
    return ledger_.Compare(found);
  }

  Ledger ledger_;
};

TEST_F(LedgerTest, MissesACommittedRow) {
  ledger_.BeginRun({7});
  Call(0, Op::kBeginTransaction);
  Call(0, Op::kInsertRow, 1);
  Call(0, Op::kCommitTransaction);
  EXPECT_FALSE(Found({7, 1}).any());
  EXPECT_EQ(Found({7}).lost, 1u);
  EXPECT_EQ(Found({1}).lost, 1u);
}

TEST_F(LedgerTest, SeesARowThatWasNotCommittedOrIsThereTwice) {
  Call(0, Op::kBeginTransaction);
  Call(0, Op::kInsertRow, 1);
  EXPECT_EQ(Found({1}).resurrected, 1u);
  Call(0, Op::kRollback);
  EXPECT_EQ(Found({1}).resurrected, 1u);
  Call(0, Op::kInsertRow, 2);
  EXPECT_FALSE(Found({2}).any());
  EXPECT_EQ(Found({2, 2}).resurrected, 1u);
}

TEST_F(LedgerTest, AnInnerCommitIsNoneYet) {
  Call(0, Op::kBeginTransaction);
  Call(0, Op::kBeginTransaction);
  Call(0, Op::kInsertRow, 1);
  Call(0, Op::kCommitTransaction);
  EXPECT_EQ(Found({1}).resurrected, 1u);
  Call(0, Op::kRollback, 0, JET_bitRollbackAll);
  EXPECT_FALSE(Found({}).any());
}

TEST_F(LedgerTest, ACommitThatWasCutOffIsThereAsAWholeOrNotAtAll) {
  Call(0, Op::kBeginTransaction);
  Call(0, Op::kInsertRow, 1);
  Call(0, Op::kInsertRow, 2);
  Start(0, Op::kCommitTransaction);
  EXPECT_FALSE(Found({}).any());
  EXPECT_FALSE(Found({1, 2}).any());
  EXPECT_EQ(Found({2}).torn, 1u);
}

TEST_F(LedgerTest, AReplacedRowIsGoneAndTheNewOneIsThere) {
  ledger_.BeginRun({7, 8});
  Call(0, Op::kBeginTransaction);
  Update(0, RowArg::kReplace, 7, 1);
  Update(0, RowArg::kDelete, 8, 2);
  EXPECT_FALSE(Found({7, 8}).any());
  Start(0, Op::kCommitTransaction);
  EXPECT_FALSE(Found({1}).any());
  EXPECT_EQ(Found({1, 8}).torn, 1u);
  ledger_.Return(0, JET_errSuccess);
  EXPECT_FALSE(Found({1}).any());
  EXPECT_EQ(Found({}).lost, 1u);
  EXPECT_EQ(Found({1, 7}).resurrected, 1u);
}

TEST_F(LedgerTest, ACommitWithinTheWindowMayBeThereButNotWithoutTheOneBefore) {
  ledger_.BeginRun({7});
  Update(0, RowArg::kReplace, 7, 1);
  const uint64_t begun = ledger_.now();
  Update(0, RowArg::kReplace, 1, 2);
  Update(0, RowArg::kReplace, 2, 3);
  const RowWindow window{begun + 1, ledger_.now() + 1};
  Update(0, RowArg::kReplace, 3, 4);
  const auto found = [&](RowMark row) { return ledger_.Compare({{row, 1}}, window); };
  EXPECT_TRUE(found(7).any());
  EXPECT_FALSE(found(1).any());
  EXPECT_FALSE(found(2).any());
  EXPECT_FALSE(found(3).any());
  EXPECT_TRUE(found(4).any());
}

TEST_F(LedgerTest, ARowThatIsAddedAndTakenAwayWithinTheWindowMayBeThere) {
  ledger_.BeginRun({7});
  const uint64_t begun = ledger_.now();
  Call(0, Op::kInsertRow, 1);
  Update(0, RowArg::kDelete, 1, 2);
  const RowWindow window{begun + 1, ledger_.now() + 1};
  EXPECT_FALSE(ledger_.Compare({{7, 1}}, window).any());
  EXPECT_FALSE(ledger_.Compare({{7, 1}, {1, 1}}, window).any());
  EXPECT_TRUE(ledger_.Compare({{7, 1}, {2, 1}}, window).any());
}

TEST_F(LedgerTest, ThreadsHaveTransactionsOfTheirOwn) {
  Call(0, Op::kBeginTransaction);
  Call(0, Op::kInsertRow, 1);
  Call(1, Op::kInsertRow, 2);
  EXPECT_FALSE(Found({2}).any());
}

TEST(RowPayload, ShowsWhoWroteItAndAnyDamage) {
  const RowMark mark = MarkOf(2, 5);
  RowPayload payload = PayloadOf(mark);
  EXPECT_EQ(MarkIn(payload), mark);
  payload[40] ^= std::byte{1};
  EXPECT_EQ(MarkIn(payload), std::nullopt);
  const PreparedPayload prepared = PreparedPayloadOf(3);
  EXPECT_EQ(MarkIn(prepared), MarkOf(kPreparedThread, 3));
  EXPECT_EQ(MarkIn(std::span(prepared).first(64)), std::nullopt);
}

}  // namespace
}  // namespace backstop::harness
