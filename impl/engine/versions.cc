// SPDX-License-Identifier: MIT
#include "impl/engine/versions.h"

#include "impl/esent.h"

namespace backstop::engine {

void Versions::Begin(Transaction* transaction) {
  env::MutexLock lock(mutex_);
  transaction->id = ++last_transaction_;
  transaction->snapshot = last_commit_;
  snapshots_.insert(last_commit_);
}

Err Versions::CheckChain(const Chain& chain, const Transaction& transaction) {
  if (chain.empty()) return JET_errSuccess;
  const Version& newest = chain.back();
  if (newest.transaction == transaction.id) return JET_errSuccess;
  const bool seen = newest.committed != 0 && newest.committed <= transaction.snapshot;
  return seen ? JET_errSuccess : JET_errWriteConflict;
}

Err Versions::CheckWrite(const RowName& row, const Transaction& transaction) {
  env::MutexLock lock(mutex_);
  const auto found = rows_.find(row);
  return found == rows_.end() ? JET_errSuccess : CheckChain(found->second, transaction);
}

Err Versions::Add(const RowName& row, const Transaction& transaction, RowState before) {
  env::MutexLock lock(mutex_);
  Chain& chain = rows_[row];
  if (const Err err = CheckChain(chain, transaction); err < 0) return err;
  chain.push_back({transaction.id, 0, std::move(before)});
  return JET_errSuccess;
}

void Versions::TakeBack(const RowName& row) {
  env::MutexLock lock(mutex_);
  const auto found = rows_.find(row);
  if (found == rows_.end()) return;
  found->second.pop_back();
  if (found->second.empty()) rows_.erase(found);
}

size_t Versions::Count(const RowName& row) {
  env::MutexLock lock(mutex_);
  const auto found = rows_.find(row);
  return found == rows_.end() ? 0 : found->second.size();
}

std::vector<DeletedRow> Versions::Commit(const Transaction& transaction) {
  env::MutexLock lock(mutex_);
  if (!transaction.changes.empty()) ++last_commit_;
  for (const RowChange& change : transaction.changes) {
    RowName name{change.database, change.tree.object, change.key};
    const auto found = rows_.find(name);
    if (found == rows_.end()) continue;
    for (Version& version : found->second) {
      if (version.transaction == transaction.id) version.committed = last_commit_;
    }
    const bool deleted = change.edit == RowEdit::kDelete;
    committed_.push_back({last_commit_, std::move(name), change.tree.root, deleted});
  }
  return End(transaction);
}

std::vector<DeletedRow> Versions::Rollback(const Transaction& transaction) {
  env::MutexLock lock(mutex_);
  return End(transaction);
}

/// Forgets the changes that every transaction now sees.
std::vector<DeletedRow> Versions::End(const Transaction& transaction) {
  snapshots_.erase(snapshots_.find(transaction.snapshot));
  const uint64_t oldest = snapshots_.empty() ? last_commit_ : *snapshots_.begin();
  std::vector<DeletedRow> deleted;
  for (; !committed_.empty() && committed_.front().commit <= oldest; committed_.pop_front()) {
    Committed& each = committed_.front();
    Forget(each.row, oldest);
    if (!each.deleted) continue;
    deleted.push_back({each.row.database, {each.row.object, each.root}, std::move(each.row.key)});
  }
  return deleted;
}

void Versions::Forget(const RowName& row, uint64_t oldest) {
  const auto found = rows_.find(row);
  if (found == rows_.end()) return;
  std::erase_if(found->second, [oldest](const Version& version) {
    return version.committed != 0 && version.committed <= oldest;
  });
  if (found->second.empty()) rows_.erase(found);
}

bool Versions::View::Sees(const Version& version) const {
  if (transaction_.level() == 0) return version.committed != 0;
  if (version.transaction == transaction_.id) return true;
  return version.committed != 0 && version.committed <= transaction_.snapshot;
}

/// From the newest change back: the first one that is seen ends the search, and the state before
/// the last one that is not is what counts.
bool Versions::View::SeesNewest(const RowName& row, const RowState** seen) const {
  *seen = nullptr;
  const auto found = versions_.rows_.find(row);
  if (found == versions_.rows_.end()) return true;
  for (auto version = found->second.rbegin(); version != found->second.rend(); ++version) {
    if (Sees(*version)) break;
    *seen = &version->before;
  }
  return *seen == nullptr;
}

}  // namespace backstop::engine
