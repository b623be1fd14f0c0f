// SPDX-License-Identifier: MIT
// Who sees which row: snapshot isolation for rows that are inserted and taken back.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <set>

#include "impl/engine/transaction.h"
#include "impl/env/sync.h"

namespace backstop::engine {

struct RowName {
  uint32_t database = 0;
  uint32_t object = 0;
  uint64_t row = 0;
  friend auto operator<=>(const RowName&, const RowName&) = default;
};

/// Remembers the rows that not every transaction sees. Thread-safe; may be called under the lock of
/// a database's pages.
class Versions {
 public:
  explicit Versions(env::Env& env) : mutex_(env, "versions") {}

  /// Gives the transaction its identity and its snapshot.
  void Begin(Transaction* transaction);
  void Insert(const RowName& row, const Transaction& transaction);
  void TakeBack(const RowName& row);
  /// Its rows become visible to transactions that begin from now on. The caller has made the
  /// commit durable, or does not care.
  void Commit(const Transaction& transaction);
  void Rollback(const Transaction& transaction);

  /// What one transaction sees; outside of a transaction, everything that is committed. Keeps
  /// Versions locked while it lives.
  class View {
   public:
    View(Versions& versions, const Transaction& transaction)
        : lock_(versions.mutex_), versions_(versions), transaction_(transaction) {}
    bool Sees(const RowName& row) const;

   private:
    env::MutexLock lock_;
    const Versions& versions_;
    const Transaction& transaction_;
  };

 private:
  struct Version {
    uint32_t transaction = 0;
    uint64_t committed = 0;  ///< 0: not yet
  };

  void End(const Transaction& transaction);

  env::Mutex mutex_;
  uint32_t last_transaction_ = 0;
  uint64_t last_commit_ = 0;
  std::map<RowName, Version> rows_;
  std::multiset<uint64_t> snapshots_;  ///< of the open transactions
};

}  // namespace backstop::engine
