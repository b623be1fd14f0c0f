// SPDX-License-Identifier: MIT
// Preparing and writing records.
#include <algorithm>
#include <cstring>

#include "impl/engine/index_key.h"
#include "impl/engine/long_value.h"
#include "impl/engine/table_cursor.h"

namespace backstop::engine {
namespace {

bool IsLong(JET_COLUMNID id) { return id >= kFirstLongColumn; }

/// Columns of other types are not counted up.
bool CountsUp(const Column& column) {
  return (column.grbit & JET_bitColumnAutoincrement) != 0 && column.max_bytes <= sizeof(uint64_t);
}

uint64_t AsNumber(ConstBytes value) {
  uint64_t number = 0;
  std::memcpy(&number, value.data(), std::min(value.size(), sizeof number));
  return number;
}

}  // namespace

Err TableCursor::NextAutoincrement(const Column& column, uint64_t* next) {
  if (!table_.index.has_value()) return database_.TakeNumber(table_.tree, sizeof *next, next);
  std::optional<uint64_t> known = database_.TakeKnownNumber(table_.tree);
  if (!known.has_value()) {
    if (const Err err = FindAutoincrement(column, next); err < 0) return err;
    database_.StartNumbers(table_.tree, *next);
    known = database_.TakeKnownNumber(table_.tree);
  }
  *next = known.value_or(0);
  return JET_errSuccess;
}

/// In the order of another key the highest value may be anywhere.
Err TableCursor::FindAutoincrement(const Column& column, uint64_t* next) {
  Transaction everything;
  everything.sees_everything = true;
  *next = 1;
  std::vector<std::byte> record;
  for (Key key;; key = KeyAfter(key)) {
    const Err err = database_.RowFrom(everything, table_.tree, &key, &record);
    if (err == JET_errNoCurrentRecord) return JET_errSuccess;
    if (err < 0) return err;
    if (!IsRecord(record, table_.columns, format_)) return JET_errDatabaseCorrupted;
    const auto value = GetColumn(record, column, format_);
    if (value.has_value()) *next = std::max(*next, AsNumber(value->bytes) + 1);
  }
}

Err TableCursor::PrepareInsert() {
  if (prepared_.has_value()) return JET_errAlreadyPrepared;
  Prepared fresh;
  for (const Column& column : table_.columns) {
    if (!CountsUp(column)) continue;
    uint64_t next = 0;
    if (const Err err = NextAutoincrement(column, &next); err < 0) return err;
    AppendBytes(&fresh.values[column.id],
                std::as_bytes(std::span(&next, 1)).first(column.max_bytes));
  }
  prepared_ = std::move(fresh);
  return JET_errSuccess;
}

/// The record may have changed since the cursor came to it.
Err TableCursor::ReadAgain(const Transaction& transaction) {
  return on_row_ ? GoTo(transaction, Key(place_)) : NoRecord();
}

Err TableCursor::PrepareReplace(const Transaction& transaction) {
  if (prepared_.has_value()) return JET_errAlreadyPrepared;
  if (const Err err = RefreshTable(database_, &table_); err < 0) return err;
  if (const Err err = ReadAgain(transaction); err < 0) return err;
  Prepared present{.replaces = true};
  for (const Column& column : table_.columns) {
    const auto value = GetColumn(record_, column, format_);
    if (!value.has_value()) continue;
    present.values[column.id].assign(value->bytes.begin(), value->bytes.end());
    if (value->separate) present.separate.insert(column.id);
  }
  prepared_ = std::move(present);
  return JET_errSuccess;
}

Err TableCursor::CancelUpdate() {
  if (!prepared_.has_value()) return JET_errUpdateNotPrepared;
  prepared_.reset();
  return JET_errSuccess;
}

void TableCursor::DropValue(JET_COLUMNID id) {
  if (prepared_->separate.erase(id) > 0) {
    prepared_->unused.push_back(engine::Load<uint32_t>(prepared_->values[id], 0));
  }
  prepared_->values.erase(id);
}

Err TableCursor::SetColumn(const Transaction& transaction, JET_COLUMNID id,
                           std::optional<std::span<const std::byte>> value, bool append) {
  if (!prepared_.has_value()) return JET_errUpdateNotPrepared;
  Column column;
  if (const Err err = FindColumn(id, &column); err < 0) return err;
  if (!value.has_value() && !append) {
    if ((column.grbit & JET_bitColumnNotNULL) != 0) return JET_errNullInvalid;
    DropValue(id);
    return JET_errSuccess;
  }
  std::vector<std::byte> whole;
  if (append && IsLong(id)) {
    if (const Err err = ReadPrepared(transaction, id, &whole); err < 0) return err;
  }
  if (value.has_value()) AppendBytes(&whole, *value);
  if (whole.size() > column.max_bytes) return JET_errColumnTooBig;
  if (column.fixed() && whole.size() != column.max_bytes) return JET_errInvalidBufferSize;
  DropValue(id);
  prepared_->values[id] = std::move(whole);
  return JET_errSuccess;
}

Err TableCursor::PutAside(Transaction& transaction, JET_COLUMNID id) {
  std::vector<std::byte>& value = prepared_->values[id];
  uint32_t long_value = 0;
  const Err err = WriteLongValue(database_, transaction, table_.long_values, value, &long_value);
  if (err < 0) return err;
  value.clear();
  AppendValue(&value, long_value);
  prepared_->separate.insert(id);
  return JET_errSuccess;
}

/// Long values leave the record, the largest first, until it fits into a page.
Err TableCursor::PutLongValuesAside(Transaction& transaction) {
  if (table_.long_values.root == 0) return JET_errSuccess;
  const size_t most = RowBytesMax(database_.page_bytes()) - RowBytes(kKeyBytesMax, 0);
  for (;;) {
    JET_COLUMNID largest = 0;
    size_t bytes = kLongValueIdBytes;
    for (const auto& [id, value] : prepared_->values) {
      if (!IsLong(id) || prepared_->separate.contains(id) || value.size() <= bytes) continue;
      largest = id;
      bytes = value.size();
    }
    const bool fits =
        EncodeRecord(table_.columns, prepared_->values, format_, prepared_->separate).size() <=
        most;
    if (largest == 0 || fits) return JET_errSuccess;
    if (const Err err = PutAside(transaction, largest); err < 0) return err;
  }
}

Key TableCursor::KeyOf(const RecordValues& values) const {
  Key key;
  for (const JET_COLUMNID id : table_.index->columns) {
    const Column* column = table_.Find(id);
    const auto value = values.find(id);
    if (column == nullptr) continue;
    AppendToKey(*column,
                value == values.end() ? std::nullopt : std::optional<ConstBytes>(value->second),
                &key);
  }
  return key;
}

Err TableCursor::WriteRecord(Transaction& transaction, Key* key) {
  const bool keyed = table_.index.has_value();
  *key = keyed ? KeyOf(prepared_->values) : place_;
  if (keyed && prepared_->replaces && *key != place_) return JET_errIllegalOperation;
  if (const Err err = PutLongValuesAside(transaction); err < 0) return err;
  const std::vector<std::byte> record =
      EncodeRecord(table_.columns, prepared_->values, format_, prepared_->separate);
  if (prepared_->replaces) {
    const Err err = database_.ReplaceRow(transaction, table_.tree, *key, record);
    if (err >= 0) record_ = record;
    return err;
  }
  if (keyed) return database_.InsertRow(transaction, table_.tree, *key, record);
  return database_.AppendRow(transaction, table_.tree, record, key);
}

Err TableCursor::Update(Transaction& transaction, Key* key) {
  if (!prepared_.has_value()) return JET_errUpdateNotPrepared;
  const auto missing = [this](JET_COLUMNID id) { return !prepared_->values.contains(id); };
  for (const Column& column : table_.columns) {
    if ((column.grbit & JET_bitColumnNotNULL) != 0 && missing(column.id)) return JET_errNullInvalid;
  }
  if (table_.index.has_value() && (table_.index->grbit & JET_bitIndexDisallowNull) != 0) {
    if (std::ranges::any_of(table_.index->columns, missing)) return JET_errNullInvalid;
  }
  const Prepared before = *prepared_;
  Err err = WriteRecord(transaction, key);
  for (const uint32_t unused : prepared_->unused) {
    if (err >= 0) err = DeleteLongValue(database_, transaction, table_.long_values, unused);
  }
  if (err < 0) {
    prepared_ = before;
  } else {
    prepared_.reset();
  }
  return err;
}

Err TableCursor::Delete(Transaction& transaction) {
  if (const Err err = ReadAgain(transaction); err < 0) return err;
  Err err = database_.DeleteRow(transaction, table_.tree, place_);
  for (const Column& column : table_.columns) {
    const auto value = GetColumn(record_, column, format_);
    if (err < 0 || !value.has_value() || !value->separate) continue;
    err = DeleteLongValue(database_, transaction, table_.long_values,
                          engine::Load<uint32_t>(value->bytes, 0));
  }
  if (err >= 0) {
    on_row_ = false;
    deleted_ = true;
  }
  return err;
}

}  // namespace backstop::engine
