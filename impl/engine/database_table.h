// SPDX-License-Identifier: MIT
// The attached databases of an instance: who may open, detach and back up what.
#pragma once

#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/env/sync.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Thread-safe. Its lock is the innermost one and never held across input or output, so a list of
/// databases is the list of one moment (H-25). The databases in a list stay attached only under a
/// Change, or while a backup runs.
class DatabaseTable {
 public:
  explicit DatabaseTable(env::Env& env)
      : mutex_(env, "databases"), changed_(env, "databases changed") {}

  /// Held while a database is created, attached or detached: one at a time, so that no pointer to a
  /// database is used while that is being detached. Waits for the one before.
  class Change {
   public:
    explicit Change(DatabaseTable& table);
    ~Change();
    Change(const Change&) = delete;
    Change& operator=(const Change&) = delete;

   private:
    DatabaseTable& table_;
  };

  /// A database was attached. Returns its identifier, which is the lowest free one. Adding a
  /// database that is there returns the one it has.
  JET_DBID Add(AttachedDatabase& database);
  /// The same for a database that was created and is open once.
  JET_DBID AddOpen(AttachedDatabase& database);
  bool Attached(const std::string& path);
  /// Null if no such database is attached.
  AttachedDatabase* Find(const std::string& path);
  /// Counts an opening. JET_errDatabaseNotFound; JET_errDatabaseLocked when it, or an earlier
  /// opening, is exclusive.
  Err Open(const std::string& path, bool exclusive, JET_DBID* id, AttachedDatabase** database);
  void Close(JET_DBID id);
  /// Takes a database out before it is detached. JET_errDatabaseNotFound, JET_errDatabaseInUse.
  Err Remove(const std::string& path);
  /// False for the identifier of a database that was detached.
  bool Known(JET_DBID id);
  /// In the order of their identifiers.
  std::vector<AttachedDatabase*> All();
  /// Those that a backup copies.
  std::vector<AttachedDatabase*> Logged();
  /// Their paths; unlike the databases they may be used at any time.
  std::vector<std::string> LoggedPaths();
  /// Forgets all, when the instance ends.
  void Clear();

 private:
  struct Entry {
    AttachedDatabase* database = nullptr;  ///< null: free
    unsigned openings = 0;
    bool exclusive = false;
  };

  Entry& AddEntry(AttachedDatabase& database);
  JET_DBID IdOf(const Entry& entry) const;
  Entry* FindEntry(const std::string& path);

  env::Mutex mutex_;
  env::Condition changed_;
  bool changing_ = false;
  std::vector<Entry> entries_;  ///< the identifier is the index + 1
};

}  // namespace backstop::engine
