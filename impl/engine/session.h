// SPDX-License-Identifier: MIT
// A session: the transaction, the open databases and the open tables of one client thread.
#pragma once

#include <memory>
#include <vector>

#include "impl/engine/cursor.h"
#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Not thread-safe: the entry gate admits one call at a time (JET_errSessionSharingViolation).
class Session {
 public:
  Session(JET_SESID id, std::unique_ptr<Transaction> transaction);

  JET_SESID id() const { return id_; }
  Transaction& transaction() { return *transaction_; }

  // -- databases; opening one again only counts --
  void AddDatabase(JET_DBID id, AttachedDatabase& database);
  /// Null if the session does not have it open (JET_errInvalidDatabaseId).
  AttachedDatabase* FindDatabase(JET_DBID id);
  /// Takes one opening back; the last one closes the tables of the database. False if the session
  /// does not have it open.
  bool RemoveDatabase(JET_DBID id);
  /// One entry per opening that was not taken back.
  std::vector<JET_DBID> OpenDatabases() const;

  // -- tables --
  JET_TABLEID AddTable(JET_DBID database, std::unique_ptr<Cursor> cursor);
  /// Null if the session does not have it open (JET_errInvalidTableId).
  Cursor* FindTable(JET_TABLEID id);
  /// False if the session does not have it open.
  bool CloseTable(JET_TABLEID id);
  void CloseAllTables() { tables_.clear(); }

  /// A call is using the session; under the lock of the entry gate.
  bool busy = false;

 private:
  struct OpenDatabase {
    JET_DBID id;
    AttachedDatabase* database;
    unsigned openings;
  };
  struct OpenTable {
    JET_TABLEID id;
    JET_DBID database;
    std::unique_ptr<Cursor> cursor;
  };

  JET_SESID id_;
  std::unique_ptr<Transaction> transaction_;
  std::vector<OpenDatabase> databases_;
  std::vector<OpenTable> tables_;
  uint32_t tables_opened_ = 0;
};

}  // namespace backstop::engine
