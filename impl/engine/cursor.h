// SPDX-License-Identifier: MIT
// A position in a table and the record that is being prepared there: what the record calls of the
// API work on. Rows are kept in the order of their insertion.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/record.h"
#include "impl/engine/storage.h"
#include "impl/engine/transaction.h"

namespace backstop::engine {

/// A cursor of one session on one table. Used by one thread at a time. The database must stay
/// attached while cursors are open.
class Cursor {
 public:
  virtual ~Cursor() = default;

  /// Opens a table. JET_errObjectNotFound if there is none that `transaction` can see.
  static Err Open(Storage& storage, AttachedDatabase& database, Transaction& transaction,
                  const std::string& table, std::unique_ptr<Cursor>* cursor);
  /// Creates a table without columns and opens it. JET_errTableDuplicate if the name is taken.
  static Err Create(Storage& storage, AttachedDatabase& database, Transaction& transaction,
                    const std::string& table, std::unique_ptr<Cursor>* cursor);

  /// Adds a column; `id` and `offset` of `column` are given by the table. JET_errColumnDuplicate,
  /// JET_errInvalidColumnType, JET_errTooManyColumns.
  virtual Err AddColumn(Transaction& transaction, Column column, JET_COLUMNID* id) = 0;
  /// JET_errColumnNotFound.
  virtual Err FindColumn(const std::string& name, Column* column) = 0;
  virtual Err FindColumn(JET_COLUMNID id, Column* column) = 0;

  /// Starts a new record; JET_errAlreadyPrepared if one is being prepared.
  virtual Err PrepareInsert() = 0;
  virtual Err CancelUpdate() = 0;
  /// Sets a column of the prepared record; without a value it becomes NULL. JET_errColumnTooBig,
  /// JET_errInvalidBufferSize (a fixed column takes exactly its size), JET_errNullInvalid.
  virtual Err SetColumn(JET_COLUMNID id, std::optional<std::span<const std::byte>> value) = 0;
  /// Inserts the prepared record as part of `transaction`, which must be open; `*key` is the
  /// bookmark of the row. JET_errUpdateNotPrepared, JET_errRecordTooBig, JET_errNullInvalid.
  virtual Err Update(Transaction& transaction, uint64_t* key) = 0;

  /// Moves by `rows` (JET_MoveFirst, JET_MoveLast for the ends) over the rows that `transaction`
  /// sees. JET_errNoCurrentRecord past either end.
  virtual Err Move(const Transaction& transaction, int32_t rows) = 0;
  /// The whole value of a column of the current record, or of the prepared one if there is one and
  /// `copy_buffer`. JET_wrnColumnNull if it has none, JET_errNoCurrentRecord.
  virtual Err RetrieveColumn(JET_COLUMNID id, bool copy_buffer, std::vector<std::byte>* value) = 0;
};

}  // namespace backstop::engine
