// SPDX-License-Identifier: MIT
// A position in a table and the record that is being prepared there: what the record calls of the
// API work on. Rows are kept in the order of their insertion.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/engine/transaction.h"

namespace backstop::engine {

/// One column as its table defines it.
struct Column {
  JET_COLUMNID id = 0;   ///< 1..127 fixed, 128..255 variable, from 256 long
  JET_COLTYP type = 0;   ///< JET_coltyp...
  JET_GRBIT grbit = 0;   ///< JET_bitColumn...
  uint32_t max_bytes = 0;
  uint32_t offset = 0;   ///< fixed columns: where the value starts in a record
  std::string name;
};

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
  /// Sets a column of the prepared record; `null` distinguishes NULL from the empty value.
  virtual Err SetColumn(JET_COLUMNID id, std::span<const std::byte> value, bool null) = 0;
  /// Inserts the prepared record as part of `transaction`, which must be open.
  virtual Err Update(Transaction& transaction) = 0;

  /// Moves by `rows` (JET_MoveFirst, JET_MoveLast for the ends) over the rows that `transaction`
  /// sees. JET_errNoCurrentRecord past either end.
  virtual Err Move(const Transaction& transaction, int32_t rows) = 0;
  /// The whole value of a column of the current record, or of the prepared one if `copy_buffer`.
  /// JET_wrnColumnNull if it has none.
  virtual Err RetrieveColumn(JET_COLUMNID id, bool copy_buffer, std::vector<std::byte>* value) = 0;
};

}  // namespace backstop::engine
