// SPDX-License-Identifier: MIT
// Columns and the bytes of a record: fixed columns with a bitmap of nulls, variable columns with an
// array of end offsets, long columns with an array of tags.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "impl/engine/bytes.h"
#include "impl/engine/err.h"
#include "impl/esent.h"

namespace backstop::engine {

inline constexpr JET_COLUMNID kFirstFixedColumn = 1;
inline constexpr JET_COLUMNID kFirstVariableColumn = 128;
inline constexpr JET_COLUMNID kFirstLongColumn = 256;

/// One column as its table defines it.
struct Column {
  JET_COLUMNID id = 0;  ///< 1..127 fixed, 128..255 variable, from 256 long
  JET_COLTYP type = 0;  ///< JET_coltyp...
  JET_GRBIT grbit = 0;  ///< JET_bitColumn...
  uint32_t max_bytes = 0;
  uint32_t offset = 0;  ///< fixed columns: where the value starts in a record
  std::string name;

  bool fixed() const { return id < kFirstVariableColumn; }
  bool variable() const { return id >= kFirstVariableColumn && id < kFirstLongColumn; }
};

/// Gives a new column its identifier and place behind `columns`, by type and flags; `max_bytes` 0
/// becomes the most that the type allows. JET_errInvalidColumnType, JET_errTooManyColumns.
Err PlaceColumn(const std::vector<Column>& columns, Column* column);

/// Columns without a value are NULL.
using RecordValues = std::map<JET_COLUMNID, std::vector<std::byte>>;

/// How long columns are marked depends on the page size: a value in a large page has always a byte
/// of flags before it.
struct RecordFormat {
  bool large_pages = false;
};
RecordFormat RecordFormatFor(size_t page_bytes);

/// The columns in `separate` have the identifiers of long values that are kept elsewhere.
std::vector<std::byte> EncodeRecord(const std::vector<Column>& columns, const RecordValues& values,
                                    RecordFormat format,
                                    const std::set<JET_COLUMNID>& separate = {});

/// A value as a record has it; points into the record.
struct StoredValue {
  ConstBytes bytes;
  bool separate = false;  ///< `bytes` is the identifier of a long value
};
/// Nothing: NULL.
std::optional<StoredValue> GetColumn(ConstBytes record, const Column& column, RecordFormat format);
/// Whether the parts of a record lie within it: then GetColumn does not reach out of it.
bool IsRecord(ConstBytes record, const std::vector<Column>& columns, RecordFormat format);

}  // namespace backstop::engine
