// SPDX-License-Identifier: MIT
// Opening and creating tables, and what a cursor changes of its table's definition.
#include "impl/engine/table_cursor.h"

namespace backstop::engine {
namespace {

/// Runs a change inside the transaction, or inside one of its own if none is open.
template <class Change>
Err WithinTransaction(Storage& storage, Transaction& transaction, Change change) {
  if (transaction.level() > 0) return change();
  if (const Err err = storage.Begin(transaction); err < 0) return err;
  Err err = change();
  if (err >= 0) err = storage.Commit(transaction, 0);
  if (err < 0) storage.Rollback(transaction, 0);
  return err;
}

}  // namespace

Err TableCursor::AddColumn(Transaction& transaction, Column column, JET_COLUMNID* id) {
  const Err err = WithinTransaction(storage_, transaction, [&] {
    return engine::AddColumn(database_, transaction, &table_, &column);
  });
  if (err >= 0) *id = column.id;
  return err;
}

/// Another cursor may have added the column.
Err TableCursor::FindColumn(const std::string& name, Column* column) {
  if (table_.Find(name) == nullptr) RefreshTable(database_, &table_);
  const Column* found = table_.Find(name);
  if (found == nullptr) return JET_errColumnNotFound;
  *column = *found;
  return JET_errSuccess;
}

Err TableCursor::FindColumn(JET_COLUMNID id, Column* column) {
  if (table_.Find(id) == nullptr) RefreshTable(database_, &table_);
  const Column* found = table_.Find(id);
  if (found == nullptr) return JET_errColumnNotFound;
  *column = *found;
  return JET_errSuccess;
}

Err TableCursor::CreateIndex(Transaction& transaction, const std::string& name, JET_GRBIT grbit,
                             const std::vector<std::string>& columns) {
  PrimaryIndex index{name, grbit, {}};
  for (const std::string& each : columns) {
    Column column;
    if (const Err err = FindColumn(each, &column); err < 0) return err;
    index.columns.push_back(column.id);
  }
  return WithinTransaction(storage_, transaction,
                           [&] { return AddIndex(database_, transaction, &table_, index); });
}

Err TableCursor::SetIndex(const std::string& name) {
  if (!name.empty() && !table_.index.has_value()) RefreshTable(database_, &table_);
  const bool primary =
      name.empty() || (table_.index.has_value() && SameName(table_.index->name, name));
  if (!primary) return JET_errIndexNotFound;
  on_row_ = false;
  place_.clear();
  return JET_errSuccess;
}

Err Cursor::Open(Storage& storage, AttachedDatabase& database, Transaction& transaction,
                 const std::string& table, std::unique_ptr<Cursor>* cursor) {
  auto& own = static_cast<Database&>(database);
  TableDefinition definition;
  if (const Err err = FindTable(own, transaction, table, &definition); err < 0) return err;
  *cursor = std::make_unique<TableCursor>(storage, own, std::move(definition));
  return JET_errSuccess;
}

Err Cursor::Create(Storage& storage, AttachedDatabase& database, Transaction& transaction,
                   const std::string& table, std::unique_ptr<Cursor>* cursor) {
  auto& own = static_cast<Database&>(database);
  TableDefinition definition;
  const Err err = WithinTransaction(storage, transaction,
                                    [&] { return AddTable(own, transaction, table, &definition); });
  if (err < 0) return err;
  *cursor = std::make_unique<TableCursor>(storage, own, std::move(definition));
  return JET_errSuccess;
}

}  // namespace backstop::engine
