// SPDX-License-Identifier: MIT
#include "impl/engine/cursor.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "impl/engine/catalog.h"
#include "impl/engine/database.h"

namespace backstop::engine {
namespace {

/// Sorts after every key of a row.
constexpr uint64_t kAfterAll = std::numeric_limits<int64_t>::max();

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

class TableCursor final : public Cursor {
 public:
  TableCursor(Storage& storage, Database& database, TableDefinition table)
      : storage_(storage), database_(database), table_(std::move(table)) {
    place_ = {table_.root, 0};
  }

  Err AddColumn(Transaction& transaction, Column column, JET_COLUMNID* id) override;
  Err FindColumn(const std::string& name, Column* column) override;
  Err FindColumn(JET_COLUMNID id, Column* column) override;
  Err PrepareInsert() override;
  Err CancelUpdate() override;
  Err SetColumn(JET_COLUMNID id, std::optional<std::span<const std::byte>> value) override;
  Err Update(Transaction& transaction, uint64_t* key) override;
  Err Move(const Transaction& transaction, int32_t rows) override;
  Err RetrieveColumn(JET_COLUMNID id, bool copy_buffer, std::vector<std::byte>* value) override;

 private:
  Err MoveToEnd(const Transaction& transaction, bool first);
  Err Step(const Transaction& transaction, bool forward);

  Storage& storage_;
  Database& database_;
  TableDefinition table_;
  RowPlace place_;
  bool on_row_ = false;
  std::vector<std::byte> record_;
  std::optional<RecordValues> prepared_;
};

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

Err TableCursor::PrepareInsert() {
  if (prepared_.has_value()) return JET_errAlreadyPrepared;
  RecordValues values;
  for (const Column& column : table_.columns) {
    if ((column.grbit & JET_bitColumnAutoincrement) == 0 || column.max_bytes > 8) continue;
    uint64_t next = 0;
    const Err err = database_.TakeNumber(table_.object, table_.root, &next);
    if (err < 0) return err;
    AppendBytes(&values[column.id], std::as_bytes(std::span(&next, 1)).first(column.max_bytes));
  }
  prepared_ = std::move(values);
  return JET_errSuccess;
}

Err TableCursor::CancelUpdate() {
  if (!prepared_.has_value()) return JET_errUpdateNotPrepared;
  prepared_.reset();
  return JET_errSuccess;
}

Err TableCursor::SetColumn(JET_COLUMNID id, std::optional<std::span<const std::byte>> value) {
  if (!prepared_.has_value()) return JET_errUpdateNotPrepared;
  Column column;
  if (const Err err = FindColumn(id, &column); err < 0) return err;
  if (!value.has_value()) {
    if ((column.grbit & JET_bitColumnNotNULL) != 0) return JET_errNullInvalid;
    prepared_->erase(id);
    return JET_errSuccess;
  }
  if (value->size() > column.max_bytes) return JET_errColumnTooBig;
  if (column.fixed() && value->size() != column.max_bytes) return JET_errInvalidBufferSize;
  (*prepared_)[id].assign(value->begin(), value->end());
  return JET_errSuccess;
}

Err TableCursor::Update(Transaction& transaction, uint64_t* key) {
  if (!prepared_.has_value()) return JET_errUpdateNotPrepared;
  const bool missing =
      std::any_of(table_.columns.begin(), table_.columns.end(), [this](const Column& column) {
        return (column.grbit & JET_bitColumnNotNULL) != 0 && !prepared_->contains(column.id);
      });
  if (missing) return JET_errNullInvalid;
  const std::vector<std::byte> record = EncodeRecord(table_.columns, *prepared_);
  const Err err = database_.InsertRow(transaction, table_.object, table_.root, record, key);
  if (err >= 0) prepared_.reset();
  return err;
}

Err TableCursor::Move(const Transaction& transaction, int32_t rows) {
  if (rows == JET_MoveFirst || rows == JET_MoveLast) {
    return MoveToEnd(transaction, rows == JET_MoveFirst);
  }
  Err err = on_row_ || rows != 0 ? JET_errSuccess : JET_errNoCurrentRecord;
  for (int32_t left = rows; left != 0 && err >= 0; left += left > 0 ? -1 : 1) {
    err = Step(transaction, left > 0);
  }
  return err;
}

Err TableCursor::MoveToEnd(const Transaction& transaction, bool first) {
  place_ = {table_.root, 0};
  if (first) return Step(transaction, true);
  const Err err = database_.LastPage(table_.object, table_.root, &place_.page);
  if (err < 0) return err;
  place_.key = kAfterAll;
  return Step(transaction, false);
}

/// Past an end the cursor stays just beyond the last row it saw, so that a step back finds it.
Err TableCursor::Step(const Transaction& transaction, bool forward) {
  const Err err = forward ? database_.NextRow(transaction, table_.object, &place_, &record_)
                          : database_.PreviousRow(transaction, table_.object, &place_, &record_);
  if (err == JET_errNoCurrentRecord && on_row_) place_.key += forward ? 1 : -1;
  on_row_ = err >= 0;
  return err;
}

Err TableCursor::RetrieveColumn(JET_COLUMNID id, bool copy_buffer, std::vector<std::byte>* value) {
  Column column;
  const bool prepared = copy_buffer && prepared_.has_value();
  if (!prepared && !on_row_) return JET_errNoCurrentRecord;
  if (const Err err = FindColumn(id, &column); err < 0) return err;
  value->clear();
  if (prepared) {
    const auto found = prepared_->find(id);
    if (found == prepared_->end()) return JET_wrnColumnNull;
    *value = found->second;
    return JET_errSuccess;
  }
  const std::optional<ConstBytes> found = GetColumn(record_, column);
  if (!found.has_value()) return JET_wrnColumnNull;
  value->assign(found->begin(), found->end());
  return JET_errSuccess;
}

}  // namespace

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
