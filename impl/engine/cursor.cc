// SPDX-License-Identifier: MIT
// Moving over the rows of a table, seeking them and reading their columns.
#include "impl/engine/cursor.h"

#include "impl/engine/index_key.h"
#include "impl/engine/long_value.h"
#include "impl/engine/table_cursor.h"

namespace backstop::engine {
namespace {

constexpr JET_GRBIT kSeekForward = JET_bitSeekEQ | JET_bitSeekGE | JET_bitSeekGT;
constexpr JET_GRBIT kSeekAny = kSeekForward | JET_bitSeekLT | JET_bitSeekLE;

}  // namespace

/// What a move found is the current row, if it is a record at all.
Err TableCursor::Found(Err err) {
  if (err >= 0 && !IsRecord(record_, table_.columns, format_)) err = JET_errDatabaseCorrupted;
  on_row_ = err >= 0;
  deleted_ = false;
  return err;
}

Err TableCursor::Move(const Transaction& transaction, int32_t rows) {
  if (rows == JET_MoveFirst || rows == JET_MoveLast) {
    return MoveToEnd(transaction, rows == JET_MoveFirst);
  }
  Err err = on_row_ || rows != 0 ? JET_errSuccess : NoRecord();
  for (int32_t left = rows; left != 0 && err >= 0; left += left > 0 ? -1 : 1) {
    err = Step(transaction, left > 0);
  }
  return err;
}

Err TableCursor::MoveToEnd(const Transaction& transaction, bool first) {
  place_.clear();
  return Found(first ? database_.RowFrom(transaction, table_.tree, &place_, &record_)
                     : database_.LastRow(transaction, table_.tree, &place_, &record_));
}

/// Past an end the cursor stays just beyond the last row it saw, so that a step back finds it.
Err TableCursor::Step(const Transaction& transaction, bool forward) {
  if (forward && on_row_) place_ = KeyAfter(place_);
  return Found(forward ? database_.RowFrom(transaction, table_.tree, &place_, &record_)
                       : database_.RowBelow(transaction, table_.tree, &place_, &record_));
}

Err TableCursor::MakeKey(std::span<const std::byte> value, JET_GRBIT grbit) {
  if (!table_.index.has_value()) RefreshTable(database_, &table_);
  if (!table_.index.has_value()) return JET_errNoCurrentIndex;
  if ((grbit & JET_bitNormalizedKey) != 0) {
    search_.assign(reinterpret_cast<const char*>(value.data()), value.size());
    search_columns_ = table_.index->columns.size();
    return JET_errSuccess;
  }
  if ((grbit & JET_bitNewKey) != 0) {
    search_.clear();
    search_columns_ = 0;
  } else if (search_columns_ == 0 || search_columns_ == table_.index->columns.size()) {
    return JET_errKeyNotMade;
  }
  const Column* column = table_.Find(table_.index->columns[search_columns_]);
  if (column == nullptr) return JET_errColumnNotFound;
  const bool null = value.empty() && (grbit & JET_bitKeyDataZeroLength) == 0;
  if (!null && column->fixed() && value.size() != column->max_bytes)
    return JET_errInvalidBufferSize;
  AppendToKey(*column, null ? std::nullopt : std::optional<ConstBytes>(value), &search_);
  ++search_columns_;
  return JET_errSuccess;
}

/// A key of fewer columns than the index stands before all rows that begin with it.
Err TableCursor::Seek(const Transaction& transaction, JET_GRBIT grbit) {
  if (search_columns_ == 0) return JET_errKeyNotMade;
  if ((grbit & kSeekAny) == 0) return JET_errInvalidParameter;
  const bool forward = (grbit & kSeekForward) != 0;
  const bool past_equal = (grbit & (JET_bitSeekGT | JET_bitSeekLE)) != 0;
  place_ = past_equal ? KeyAfter(search_) : search_;
  const Err err = Found(forward ? database_.RowFrom(transaction, table_.tree, &place_, &record_)
                                : database_.RowBelow(transaction, table_.tree, &place_, &record_));
  if (err == JET_errNoCurrentRecord) return JET_errRecordNotFound;
  if (err < 0) return err;
  const bool equal = place_ == search_;
  if (!equal && (grbit & JET_bitSeekEQ) != 0) {
    on_row_ = false;
    return JET_errRecordNotFound;
  }
  const bool wanted_equal = (grbit & (JET_bitSeekGE | JET_bitSeekLE)) != 0;
  return !equal && wanted_equal ? JET_wrnSeekNotEqual : JET_errSuccess;
}

Err TableCursor::GetBookmark(Key* key) {
  if (!on_row_) return NoRecord();
  *key = place_;
  return JET_errSuccess;
}

Err TableCursor::GoTo(const Transaction& transaction, KeyView key) {
  place_ = key;
  const Err err = Found(database_.RowFrom(transaction, table_.tree, &place_, &record_));
  if (err < 0 && err != JET_errNoCurrentRecord) return err;
  on_row_ = err >= 0 && place_ == key;
  place_ = key;
  return on_row_ ? JET_errSuccess : JET_errRecordDeleted;
}

/// Nothing: an empty value.
Err TableCursor::ReadPrepared(const Transaction& transaction, JET_COLUMNID id,
                              std::vector<std::byte>* value) {
  const auto found = prepared_->values.find(id);
  if (found == prepared_->values.end()) return JET_wrnColumnNull;
  if (!prepared_->separate.contains(id)) {
    *value = found->second;
    return JET_errSuccess;
  }
  return ReadLongValue(database_, transaction, table_.long_values,
                       engine::Load<uint32_t>(found->second, 0), value);
}

Err TableCursor::ReadStored(const Transaction& transaction, const Column& column,
                            std::vector<std::byte>* value) {
  const auto found = GetColumn(record_, column, format_);
  if (!found.has_value()) return JET_wrnColumnNull;
  if (!found->separate) {
    value->assign(found->bytes.begin(), found->bytes.end());
    return JET_errSuccess;
  }
  if (found->bytes.size() != kLongValueIdBytes) return JET_errDatabaseCorrupted;
  return ReadLongValue(database_, transaction, table_.long_values,
                       engine::Load<uint32_t>(found->bytes, 0), value);
}

Err TableCursor::RetrieveColumn(const Transaction& transaction, JET_COLUMNID id, bool copy_buffer,
                                std::vector<std::byte>* value) {
  Column column;
  const bool prepared = copy_buffer && prepared_.has_value();
  if (!prepared && !on_row_) return NoRecord();
  if (const Err err = FindColumn(id, &column); err < 0) return err;
  value->clear();
  return prepared ? ReadPrepared(transaction, id, value) : ReadStored(transaction, column, value);
}

}  // namespace backstop::engine
