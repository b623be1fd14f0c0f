// SPDX-License-Identifier: MIT
// A position in a table and the record that is being prepared there: what the record calls of the
// API work on. Rows are in the order of the primary index, or of their insertion.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/key.h"
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

  /// Makes the primary index of an empty table. JET_errIndexDuplicate, JET_errIndexHasPrimary,
  /// JET_errColumnNotFound, JET_errTableNotEmpty.
  virtual Err CreateIndex(Transaction& transaction, const std::string& name, JET_GRBIT grbit,
                          const std::vector<std::string>& columns) = 0;
  /// JET_errIndexNotFound unless it is the primary one, which has no name or its own.
  virtual Err SetIndex(const std::string& name) = 0;

  /// Starts a new record, or changes of the current one; JET_errAlreadyPrepared if a record is
  /// being prepared, JET_errNoCurrentRecord.
  virtual Err PrepareInsert() = 0;
  virtual Err PrepareReplace(const Transaction& transaction) = 0;
  virtual Err CancelUpdate() = 0;
  /// Sets a column of the prepared record; without a value it becomes NULL. JET_errColumnTooBig,
  /// JET_errInvalidBufferSize (a fixed column takes exactly its size), JET_errNullInvalid. With
  /// `append` the value goes behind the one that a long column has.
  virtual Err SetColumn(const Transaction& transaction, JET_COLUMNID id,
                        std::optional<std::span<const std::byte>> value, bool append) = 0;
  /// Writes the prepared record as part of `transaction`, which must be open; `*key` is the
  /// bookmark of the row. JET_errUpdateNotPrepared, JET_errRecordTooBig, JET_errNullInvalid,
  /// JET_errKeyDuplicate, JET_errWriteConflict, JET_errIllegalOperation (a replacement would change
  /// the key). If it fails the caller rolls back to where it began.
  virtual Err Update(Transaction& transaction, Key* key) = 0;
  /// Deletes the current row. JET_errNoCurrentRecord, JET_errRecordDeleted, JET_errWriteConflict.
  virtual Err Delete(Transaction& transaction) = 0;

  /// Moves by `rows` (JET_MoveFirst, JET_MoveLast for the ends) over the rows that `transaction`
  /// sees. JET_errNoCurrentRecord past either end.
  virtual Err Move(const Transaction& transaction, int32_t rows) = 0;
  /// Adds a column to the search key; `grbit` is JET_bitNewKey and others. JET_errNoCurrentIndex,
  /// JET_errKeyNotMade.
  virtual Err MakeKey(std::span<const std::byte> value, JET_GRBIT grbit) = 0;
  /// Goes to the row that JET_bitSeek... asks for. JET_wrnSeekNotEqual, JET_errRecordNotFound,
  /// JET_errKeyNotMade.
  virtual Err Seek(const Transaction& transaction, JET_GRBIT grbit) = 0;
  /// JET_errNoCurrentRecord.
  virtual Err GetBookmark(Key* key) = 0;
  /// JET_errRecordDeleted if there is no such row.
  virtual Err GoTo(const Transaction& transaction, KeyView key) = 0;
  /// The whole value of a column of the current record, or of the prepared one if there is one and
  /// `copy_buffer`. JET_wrnColumnNull if it has none, JET_errNoCurrentRecord.
  virtual Err RetrieveColumn(const Transaction& transaction, JET_COLUMNID id, bool copy_buffer,
                             std::vector<std::byte>* value) = 0;
};

}  // namespace backstop::engine
