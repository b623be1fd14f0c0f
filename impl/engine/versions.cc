// SPDX-License-Identifier: MIT
#include "impl/engine/versions.h"

namespace backstop::engine {

void Versions::Begin(Transaction* transaction) {
  env::MutexLock lock(mutex_);
  transaction->id = ++last_transaction_;
  transaction->snapshot = last_commit_;
  snapshots_.insert(last_commit_);
}

void Versions::Insert(const RowName& row, const Transaction& transaction) {
  env::MutexLock lock(mutex_);
  rows_[row] = {transaction.id, 0};
}

void Versions::TakeBack(const RowName& row) {
  env::MutexLock lock(mutex_);
  rows_.erase(row);
}

void Versions::Commit(const Transaction& transaction) {
  env::MutexLock lock(mutex_);
  if (!transaction.inserts.empty()) ++last_commit_;
  for (const InsertedRow& row : transaction.inserts) {
    rows_[{row.database, row.object, row.row}].committed = last_commit_;
  }
  End(transaction);
}

void Versions::Rollback(const Transaction& transaction) {
  env::MutexLock lock(mutex_);
  End(transaction);
}

/// Forgets the rows that every transaction now sees.
void Versions::End(const Transaction& transaction) {
  snapshots_.erase(snapshots_.find(transaction.snapshot));
  const uint64_t oldest = snapshots_.empty() ? last_commit_ : *snapshots_.begin();
  std::erase_if(rows_, [oldest](const auto& entry) {
    return entry.second.committed != 0 && entry.second.committed <= oldest;
  });
}

bool Versions::View::Sees(const RowName& row) const {
  if (transaction_.sees_everything) return true;
  const auto found = versions_.rows_.find(row);
  if (found == versions_.rows_.end()) return true;
  const Version& version = found->second;
  if (transaction_.level() == 0) return version.committed != 0;
  if (version.transaction == transaction_.id) return true;
  return version.committed != 0 && version.committed <= transaction_.snapshot;
}

}  // namespace backstop::engine
