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
