// SPDX-License-Identifier: MIT
// The cursor on a table of a real database.
#pragma once

#include <optional>
#include <set>

#include "impl/engine/catalog.h"
#include "impl/engine/cursor.h"
#include "impl/engine/database.h"

namespace backstop::engine {

class TableCursor final : public Cursor {
 public:
  TableCursor(Storage& storage, Database& database, TableDefinition table)
      : storage_(storage),
        database_(database),
        format_(RecordFormatFor(database.page_bytes())),
        table_(std::move(table)) {}

  // cursor_table.cc
  Err AddColumn(Transaction& transaction, Column column, JET_COLUMNID* id) override;
  Err FindColumn(const std::string& name, Column* column) override;
  Err FindColumn(JET_COLUMNID id, Column* column) override;
  Err CreateIndex(Transaction& transaction, const std::string& name, JET_GRBIT grbit,
                  const std::vector<std::string>& columns) override;
  Err SetIndex(const std::string& name) override;

  // cursor_update.cc
  Err PrepareInsert() override;
  Err PrepareReplace(const Transaction& transaction) override;
  Err CancelUpdate() override;
  Err SetColumn(const Transaction& transaction, JET_COLUMNID id,
                std::optional<std::span<const std::byte>> value, bool append) override;
  Err Update(Transaction& transaction, Key* key) override;
  Err Delete(Transaction& transaction) override;

  // cursor.cc
  Err Move(const Transaction& transaction, int32_t rows) override;
  Err MakeKey(std::span<const std::byte> value, JET_GRBIT grbit) override;
  Err Seek(const Transaction& transaction, JET_GRBIT grbit) override;
  Err GetBookmark(Key* key) override;
  Err GoTo(const Transaction& transaction, KeyView key) override;
  Err RetrieveColumn(const Transaction& transaction, JET_COLUMNID id, bool copy_buffer,
                     std::vector<std::byte>* value) override;

 private:
  /// A record that is being prepared.
  struct Prepared {
    bool replaces = false;
    RecordValues values;
    std::set<JET_COLUMNID> separate;  ///< their values are identifiers of long values
    std::vector<uint32_t> unused;     ///< long values that the record no longer has
  };

  Err MoveToEnd(const Transaction& transaction, bool first);
  Err Step(const Transaction& transaction, bool forward);
  Err Found(Err err);
  Err NoRecord() const { return deleted_ ? JET_errRecordDeleted : JET_errNoCurrentRecord; }
  Err ReadAgain(const Transaction& transaction);
  Err NextAutoincrement(const Column& column, uint64_t* next);
  Err FindAutoincrement(const Column& column, uint64_t* next);
  void DropValue(JET_COLUMNID id);
  Err PutLongValuesAside(Transaction& transaction);
  Err PutAside(Transaction& transaction, JET_COLUMNID id);
  Err WriteRecord(Transaction& transaction, Key* key);
  Key KeyOf(const RecordValues& values) const;
  Err ReadPrepared(const Transaction& transaction, JET_COLUMNID id, std::vector<std::byte>* value);
  Err ReadStored(const Transaction& transaction, const Column& column,
                 std::vector<std::byte>* value);

  Storage& storage_;
  Database& database_;
  const RecordFormat format_;
  TableDefinition table_;
  Key place_;  ///< of the row last visited, or where it is looked for
  bool on_row_ = false;
  bool deleted_ = false;  ///< the row at `place_` was, through this cursor
  std::vector<std::byte> record_;
  std::optional<Prepared> prepared_;
  Key search_;
  size_t search_columns_ = 0;  ///< of the index that `search_` has
};

}  // namespace backstop::engine
