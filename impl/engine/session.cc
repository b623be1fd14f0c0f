// SPDX-License-Identifier: MIT
#include "impl/engine/session.h"

#include <algorithm>
#include <utility>

namespace backstop::engine {
namespace {

/// A table identifier is the session's with the number of the table below it.
constexpr unsigned kTableBits = 24;

}  // namespace

Session::Session(JET_SESID id, std::unique_ptr<Transaction> transaction)
    : id_(id), transaction_(std::move(transaction)) {}

void Session::AddDatabase(JET_DBID id, AttachedDatabase& database) {
  for (OpenDatabase& open : databases_) {
    if (open.id == id) {
      ++open.openings;
      return;
    }
  }
  databases_.push_back({id, &database, 1});
}

AttachedDatabase* Session::FindDatabase(JET_DBID id) {
  for (const OpenDatabase& open : databases_) {
    if (open.id == id) return open.database;
  }
  return nullptr;
}

bool Session::RemoveDatabase(JET_DBID id) {
  const auto open = std::find_if(databases_.begin(), databases_.end(),
                                 [id](const OpenDatabase& each) { return each.id == id; });
  if (open == databases_.end()) return false;
  if (--open->openings == 0) {
    databases_.erase(open);
    std::erase_if(tables_, [id](const OpenTable& table) { return table.database == id; });
  }
  return true;
}

std::vector<JET_DBID> Session::OpenDatabases() const {
  std::vector<JET_DBID> ids;
  for (const OpenDatabase& open : databases_) ids.insert(ids.end(), open.openings, open.id);
  return ids;
}

JET_TABLEID Session::AddTable(JET_DBID database, std::unique_ptr<Cursor> cursor) {
  const JET_TABLEID id = id_ << kTableBits | ++tables_opened_;
  tables_.push_back({id, database, std::move(cursor)});
  return id;
}

Cursor* Session::FindTable(JET_TABLEID id) {
  for (const OpenTable& table : tables_) {
    if (table.id == id) return table.cursor.get();
  }
  return nullptr;
}

bool Session::CloseTable(JET_TABLEID id) {
  return std::erase_if(tables_, [id](const OpenTable& table) { return table.id == id; }) > 0;
}

}  // namespace backstop::engine
