// SPDX-License-Identifier: MIT
#include "sim/harness/durability/ledger.h"

#include <fmt/format.h>

#include <algorithm>

#include "impl/esent.h"

namespace backstop::harness {
namespace {

using model::Op;

std::string RowText(RowMark mark) {
  return fmt::format("row {} of T{}", mark & 0xffff, mark >> 16);
}

void Note(RowLoss* loss, std::string text) {
  if (loss->text.empty()) loss->text = std::move(text);
}

}  // namespace

void Ledger::BeginRun(std::vector<RowMark> there) {
  for (Thread& thread : threads_) thread = Thread{};
  committed_ = std::move(there);
}

void Ledger::Invoke(unsigned thread, const ProgramCall& call, RowMark row) {
  if (thread >= threads_.size()) return;
  threads_[thread].pending = call;
  threads_[thread].pending_row = row;
}

void Ledger::Commit(Thread& thread, Rows& committed) {
  if (thread.levels.empty()) return;
  const Rows rows = std::move(thread.levels.back());
  thread.levels.pop_back();
  Rows& into = thread.levels.empty() ? committed : thread.levels.back();
  into.insert(into.end(), rows.begin(), rows.end());
}

void Ledger::Insert(Thread& thread) {
  (thread.levels.empty() ? committed_ : thread.levels.back()).push_back(thread.pending_row);
}

void Ledger::Return(unsigned index, model::Err err) {
  if (index >= threads_.size() || !threads_[index].pending) return;
  Thread& thread = threads_[index];
  const ProgramCall call = *thread.pending;
  if (err >= 0) {
    if (call.op == Op::kBeginTransaction) thread.levels.emplace_back();
    if (call.op == Op::kInsertRow) Insert(thread);
    if (call.op == Op::kCommitTransaction) Commit(thread, committed_);
    if (call.op == Op::kRollback) {
      const bool all = (call.grbit & JET_bitRollbackAll) != 0;
      thread.levels.resize(all || thread.levels.empty() ? 0 : thread.levels.size() - 1);
    }
  }
  thread.pending.reset();
}

Ledger::Rows Ledger::UnderWay(const Thread& thread) {
  if (!thread.pending) return {};
  if (thread.pending->op == Op::kCommitTransaction && thread.levels.size() == 1) {
    return thread.levels.front();
  }
  if (thread.pending->op == Op::kInsertRow && thread.levels.empty()) return {thread.pending_row};
  return {};
}

RowLoss Ledger::Compare(const FoundRows& found) const {
  RowLoss loss;
  FoundRows left = found;
  const auto take = [&](RowMark mark) {
    const auto row = left.find(mark);
    if (row == left.end()) return false;
    if (--row->second == 0) left.erase(row);
    return true;
  };
  for (const RowMark mark : committed_) {
    if (take(mark)) continue;
    ++loss.lost;
    Note(&loss, RowText(mark) + " was committed and is gone");
  }
  for (const Thread& thread : threads_) {
    const Rows rows = UnderWay(thread);
    const auto there = std::count_if(rows.begin(), rows.end(), take);
    if (there == 0 || there == static_cast<std::ptrdiff_t>(rows.size())) continue;
    ++loss.torn;
    Note(&loss, fmt::format("{} of {} rows of a commit under way are there", there, rows.size()));
  }
  for (const auto& [mark, times] : left) {
    loss.resurrected += times;
    Note(&loss, RowText(mark) + " was not committed, or once only, and is there");
  }
  return loss;
}

}  // namespace backstop::harness
