// SPDX-License-Identifier: MIT
#include "sim/harness/durability/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

using Rows = std::map<RowMark, int64_t>;

void Apply(const std::vector<RowChange>& changes, Rows* rows) {
  for (const RowChange& change : changes) (*rows)[change.mark] += change.removed ? -1 : 1;
}

/// Without what a transaction did to rows of its own.
std::vector<RowChange> Net(const std::vector<RowChange>& changes) {
  Rows sum;
  Apply(changes, &sum);
  std::vector<RowChange> net;
  for (const auto& [mark, times] : sum) {
    if (times != 0) net.push_back({mark, times < 0});
  }
  return net;
}

bool Shows(const RowChange& change, const FoundRows& found) {
  return found.contains(change.mark) != change.removed;
}

std::vector<RowChange> Together(const std::vector<std::vector<RowChange>>& commits, size_t count) {
  std::vector<RowChange> changes;
  for (size_t i = 0; i < count; ++i) {
    changes.insert(changes.end(), commits[i].begin(), commits[i].end());
  }
  return changes;
}

/// Whether just these changes of `rows` explain what was found of the rows that `touched` names.
bool Explain(Rows rows, const std::vector<RowChange>& changes,
             const std::vector<RowChange>& touched, const FoundRows& found) {
  Apply(changes, &rows);
  return std::ranges::all_of(touched, [&](const RowChange& change) {
    return (rows[change.mark] > 0) == found.contains(change.mark);
  });
}

/// The commits of one thread are in the log in their order, so that the first of them, up to some
/// place, are there. Gives what these do to `rows`, and in `*next` what the one after them does if
/// no place explains what was found.
std::vector<RowChange> WhatIsThere(const std::vector<std::vector<RowChange>>& commits,
                                   const Rows& rows, const FoundRows& found,
                                   std::vector<RowChange>* next) {
  const std::vector<RowChange> touched = Together(commits, commits.size());
  next->clear();
  for (size_t count = commits.size() + 1; count-- > 0;) {
    const std::vector<RowChange> changes = Together(commits, count);
    if (Explain(rows, changes, touched, found)) return changes;
  }
  const auto shows = [&](const RowChange& change) { return Shows(change, found); };
  size_t count = commits.size();
  while (count > 0 && !std::ranges::all_of(Net(Together(commits, count)), shows)) --count;
  if (count < commits.size()) *next = commits[count];
  return Together(commits, count);
}

}  // namespace

void Ledger::BeginRun(std::vector<RowMark> there) {
  for (Thread& thread : threads_) thread = Thread{};
  there_ = std::move(there);
  commits_.clear();
  now_ = 0;
}

void Ledger::Invoke(unsigned index, const ProgramCall& call, RowMark row) {
  ++now_;
  if (index >= threads_.size()) return;
  Thread& thread = threads_[index];
  thread.pending = call;
  thread.pending_row = row;
  thread.old.reset();
  thread.invoked = now_;
}

void Ledger::Aim(unsigned thread, RowMark old) {
  if (thread < threads_.size()) threads_[thread].old = old;
}

Ledger::Changes Ledger::ChangesOf(const Thread& thread) {
  Changes changes;
  if (thread.old) changes.push_back({*thread.old, true});
  const bool adds = !thread.old || thread.pending->row == RowArg::kReplace;
  if (adds) changes.push_back({thread.pending_row, false});
  return changes;
}

void Ledger::Keep(const Thread& thread, const Changes& changes) {
  const auto index = static_cast<unsigned>(&thread - threads_.data());
  commits_.push_back({index, Net(changes), thread.invoked, now_});
}

void Ledger::EndLevel(Thread& thread) {
  if (thread.levels.empty()) return;
  Changes changes = std::move(thread.levels.back());
  thread.levels.pop_back();
  if (thread.levels.empty()) {
    Keep(thread, changes);
    return;
  }
  Changes& outer = thread.levels.back();
  outer.insert(outer.end(), changes.begin(), changes.end());
}

void Ledger::Change(Thread& thread) {
  Changes changes = ChangesOf(thread);
  if (thread.levels.empty()) {
    Keep(thread, changes);
    return;
  }
  Changes& level = thread.levels.back();
  level.insert(level.end(), changes.begin(), changes.end());
}

void Ledger::Return(unsigned index, model::Err err) {
  ++now_;
  if (index >= threads_.size() || !threads_[index].pending) return;
  Thread& thread = threads_[index];
  const ProgramCall call = *thread.pending;
  if (err >= 0) {
    if (call.op == Op::kBeginTransaction) thread.levels.emplace_back();
    if (call.op == Op::kInsertRow) Change(thread);
    if (call.op == Op::kCommitTransaction) EndLevel(thread);
    if (call.op == Op::kRollback) {
      const bool all = (call.grbit & JET_bitRollbackAll) != 0;
      thread.levels.resize(all || thread.levels.empty() ? 0 : thread.levels.size() - 1);
    }
  }
  thread.pending.reset();
}

Ledger::Changes Ledger::UnderWay(const Thread& thread) {
  if (!thread.pending) return {};
  if (thread.pending->op == Op::kCommitTransaction && thread.levels.size() == 1) {
    return Net(thread.levels.front());
  }
  if (thread.pending->op == Op::kInsertRow && thread.levels.empty()) return ChangesOf(thread);
  return {};
}

std::vector<Ledger::Changes> Ledger::Open(unsigned thread, RowWindow window) const {
  std::vector<Changes> open;
  for (const Commit& commit : commits_) {
    const bool may_be = commit.returned >= window.begun && commit.invoked < window.ended;
    if (commit.thread == thread && may_be) open.push_back(commit.changes);
  }
  if (threads_[thread].invoked < window.ended) open.push_back(UnderWay(threads_[thread]));
  return open;
}

RowLoss Ledger::Compare(const FoundRows& found, RowWindow window) const {
  RowLoss loss;
  Rows rows;
  for (const RowMark mark : there_) ++rows[mark];
  for (const Commit& commit : commits_) {
    if (commit.returned < window.begun) Apply(commit.changes, &rows);
  }
  for (unsigned thread = 0; thread < threads_.size(); ++thread) {
    Changes next;
    Apply(WhatIsThere(Open(thread, window), rows, found, &next), &rows);
    const size_t size = next.size();
    std::erase_if(next, [&](const RowChange& change) { return !Shows(change, found); });
    if (next.empty()) continue;
    Apply(next, &rows);
    ++loss.torn;
    Note(&loss, fmt::format("{} of {} changes of a commit under way are there", next.size(), size));
  }
  for (const auto& [mark, times] : found) rows[mark] -= times;
  for (const auto& [mark, missing] : rows) {
    if (missing > 0) {
      loss.lost += static_cast<uint64_t>(missing);
      Note(&loss, RowText(mark) + " was committed and is gone");
    } else if (missing < 0) {
      loss.resurrected += static_cast<uint64_t>(-missing);
      Note(&loss, RowText(mark) + " was not committed, or once only, and is there");
    }
  }
  return loss;
}

}  // namespace backstop::harness
