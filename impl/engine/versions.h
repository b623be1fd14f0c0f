// SPDX-License-Identifier: MIT
// Who sees which state of a row: snapshot isolation by the states that were overwritten.
#pragma once

#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/key.h"
#include "impl/engine/transaction.h"
#include "impl/env/sync.h"

namespace backstop::engine {

struct RowName {
  uint32_t database = 0;
  uint32_t object = 0;
  Key key;
  friend auto operator<=>(const RowName&, const RowName&) = default;
};

struct DeletedRow {
  uint32_t database = 0;
  TreeId tree;
  Key key;
};

/// Remembers the states of rows that some transaction may still have to see or to bring back.
/// Thread-safe; may be called under the lock of a database's pages.
class Versions {
 public:
  explicit Versions(env::Env& env) : mutex_(env, "versions") {}

  /// Gives the transaction its identity and its snapshot.
  void Begin(Transaction* transaction);
  /// Whether the transaction may change the row: JET_errWriteConflict if another one that it does
  /// not see has changed it.
  Err CheckWrite(const RowName& row, const Transaction& transaction);
  /// The transaction changes the row, which was `before`. JET_errWriteConflict as CheckWrite.
  Err Add(const RowName& row, const Transaction& transaction, RowState before);
  /// Forgets the newest change of the row.
  void TakeBack(const RowName& row);
  /// How many changes of the row are remembered.
  size_t Count(const RowName& row);
  /// Its changes become visible to transactions that begin from now on. The caller has made the
  /// commit durable, or does not care.
  /// Returns deleted rows that nobody can see any more.
  std::vector<DeletedRow> Commit(const Transaction& transaction);
  std::vector<DeletedRow> Rollback(const Transaction& transaction);

 private:
  struct Version {
    uint32_t transaction = 0;
    uint64_t committed = 0;  ///< 0: not yet
    RowState before;
  };
  using Chain = std::vector<Version>;  ///< oldest first

 public:
  /// What one transaction sees; outside of a transaction, everything that is committed. Keeps
  /// Versions locked while it lives.
  class View {
   public:
    View(Versions& versions, const Transaction& transaction)
        : lock_(versions.mutex_), versions_(versions), transaction_(transaction) {}
    /// Whether the row's state in its page is the one to be seen; otherwise `*seen` is.
    bool SeesNewest(const RowName& row, const RowState** seen) const;
    /// False if every row is seen as its page holds it.
    bool any() const { return !versions_.rows_.empty() && !transaction_.sees_everything; }

   private:
    bool Sees(const Version& version) const;

    env::MutexLock lock_;
    const Versions& versions_;
    const Transaction& transaction_;
  };

 private:
  static Err CheckChain(const Chain& chain, const Transaction& transaction);
  std::vector<DeletedRow> End(const Transaction& transaction);
  void Forget(const RowName& row, uint64_t oldest);

  env::Mutex mutex_;
  uint32_t last_transaction_ = 0;
  uint64_t last_commit_ = 0;
  std::map<RowName, Chain> rows_;
  struct Committed {
    uint64_t commit = 0;
    RowName row;
    uint32_t root = 0;
    bool deleted = false;
  };
  std::deque<Committed> committed_;    ///< in the order of their commits
  std::multiset<uint64_t> snapshots_;  ///< of the open transactions
};

}  // namespace backstop::engine
