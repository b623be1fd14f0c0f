// SPDX-License-Identifier: MIT
#include "impl/engine/record.h"

#include <algorithm>

namespace backstop::engine {
namespace {

constexpr size_t kHeaderBytes = 4;  // last fixed column, last variable column, end of fixed data
constexpr size_t kTagBytes = 4;     // column, offset
constexpr uint16_t kNullVariable = 0x8000;
constexpr uint16_t kTagOffsetMask = 0x7fff;
constexpr uint32_t kVariableBytesMax = 255;
constexpr uint32_t kLongBytesMax = 0x7fffffff;
constexpr JET_COLUMNID kLastLongColumn = 1023;

/// 0 for types without a fixed size, nothing for what is no type.
std::optional<uint32_t> TypeBytes(JET_COLTYP type) {
  switch (type) {
    case JET_coltypBit:
    case JET_coltypUnsignedByte:
      return 1;
    case JET_coltypShort:
    case JET_coltypUnsignedShort:
      return 2;
    case JET_coltypLong:
    case JET_coltypUnsignedLong:
    case JET_coltypIEEESingle:
      return 4;
    case JET_coltypCurrency:
    case JET_coltypIEEEDouble:
    case JET_coltypDateTime:
    case JET_coltypLongLong:
      return 8;
    case JET_coltypGUID:
      return 16;
    case JET_coltypBinary:
    case JET_coltypText:
    case JET_coltypLongBinary:
    case JET_coltypLongText:
      return 0;
    default:
      return std::nullopt;
  }
}

bool IsLong(const Column& column) {
  return column.type == JET_coltypLongBinary || column.type == JET_coltypLongText ||
         (column.grbit & JET_bitColumnTagged) != 0;
}

struct Region {
  JET_COLUMNID first, last;
};

JET_COLUMNID HighestIn(const std::vector<Column>& columns, Region region) {
  JET_COLUMNID highest = region.first - 1;
  for (const Column& column : columns) {
    if (column.id <= region.last) highest = std::max(highest, column.id);
  }
  return highest;
}

constexpr Region kFixed{kFirstFixedColumn, kFirstVariableColumn - 1};
constexpr Region kVariable{kFirstVariableColumn, kFirstLongColumn - 1};
constexpr Region kLong{kFirstLongColumn, kLastLongColumn};

/// Where the values of the fixed columns end.
size_t FixedEnd(const std::vector<Column>& columns) {
  size_t end = kHeaderBytes;
  for (const Column& column : columns) {
    if (column.fixed()) end = std::max<size_t>(end, column.offset + column.max_bytes);
  }
  return end;
}

size_t BitmapBytes(JET_COLUMNID last_fixed) { return (last_fixed + 7) / 8; }

void EncodeFixed(const std::vector<Column>& columns, const RecordValues& values,
                 std::vector<std::byte>* record) {
  const JET_COLUMNID last = HighestIn(columns, kFixed);
  const size_t bitmap = FixedEnd(columns);
  record->resize(bitmap + BitmapBytes(last));
  for (const Column& column : columns) {
    if (!column.fixed()) continue;
    const auto value = values.find(column.id);
    if (value != values.end()) {
      StoreBytes(*record, column.offset, value->second);
    } else {
      const unsigned bit = column.id - kFirstFixedColumn;
      (*record)[bitmap + bit / 8] |= std::byte{1} << (bit % 8);
    }
  }
  Store(*record, 0, static_cast<uint8_t>(last));
  Store(*record, 2, static_cast<uint16_t>(record->size()));
}

void EncodeVariable(const RecordValues& values, std::vector<std::byte>* record) {
  const auto begin = values.lower_bound(kFirstVariableColumn);
  const auto end = values.lower_bound(kFirstLongColumn);
  const JET_COLUMNID last = begin == end ? kFirstVariableColumn - 1 : std::prev(end)->first;
  Store(*record, 1, static_cast<uint8_t>(last));
  std::vector<std::byte> data;
  for (JET_COLUMNID id = kFirstVariableColumn; id <= last; ++id) {
    const auto value = values.find(id);
    if (value != values.end()) AppendBytes(&data, value->second);
    const uint16_t null = value == values.end() ? kNullVariable : 0;
    AppendValue(record, static_cast<uint16_t>(data.size() | null));
  }
  AppendBytes(record, data);
}

void EncodeLong(const RecordValues& values, std::vector<std::byte>* record) {
  const auto begin = values.lower_bound(kFirstLongColumn);
  size_t at = static_cast<size_t>(std::distance(begin, values.end())) * kTagBytes;
  for (auto value = begin; value != values.end(); ++value) {
    AppendValue(record, static_cast<uint16_t>(value->first));
    AppendValue(record, static_cast<uint16_t>(at));
    at += value->second.size();
  }
  for (auto value = begin; value != values.end(); ++value) AppendBytes(record, value->second);
}

std::optional<ConstBytes> GetFixed(ConstBytes record, const Column& column) {
  const JET_COLUMNID last = Load<uint8_t>(record, 0);
  if (column.id > last) return std::nullopt;
  const size_t bitmap = Load<uint16_t>(record, 2) - BitmapBytes(last);
  const unsigned bit = column.id - kFirstFixedColumn;
  const bool null = (record[bitmap + bit / 8] >> (bit % 8) & std::byte{1}) != std::byte{0};
  if (null) return std::nullopt;
  return record.subspan(column.offset, column.max_bytes);
}

/// The end offsets of the variable columns, and where their data starts.
struct VariableArea {
  size_t offsets, data, end;
};

VariableArea FindVariable(ConstBytes record) {
  const size_t count = Load<uint8_t>(record, 1) + size_t{1} - kFirstVariableColumn;
  const size_t offsets = Load<uint16_t>(record, 2);
  const size_t data = offsets + count * sizeof(uint16_t);
  const size_t last = count == 0 ? 0 : Load<uint16_t>(record, data - 2) & ~kNullVariable;
  return {offsets, data, data + last};
}

std::optional<ConstBytes> GetVariable(ConstBytes record, const Column& column) {
  if (column.id > Load<uint8_t>(record, 1)) return std::nullopt;
  const VariableArea area = FindVariable(record);
  const size_t index = column.id - kFirstVariableColumn;
  const auto end_at = [&](size_t i) {
    return Load<uint16_t>(record, area.offsets + i * sizeof(uint16_t));
  };
  if ((end_at(index) & kNullVariable) != 0) return std::nullopt;
  const size_t begin = index == 0 ? 0 : end_at(index - 1) & ~kNullVariable;
  return record.subspan(area.data + begin, end_at(index) - begin);
}

std::optional<ConstBytes> GetLong(ConstBytes record, const Column& column) {
  const ConstBytes tags = record.subspan(FindVariable(record).end);
  if (tags.empty()) return std::nullopt;
  const size_t first_data = Load<uint16_t>(tags, 2) & kTagOffsetMask;
  for (size_t at = 0; at < first_data; at += kTagBytes) {
    if (Load<uint16_t>(tags, at) != column.id) continue;
    const size_t begin = Load<uint16_t>(tags, at + 2) & kTagOffsetMask;
    const bool last = at + kTagBytes == first_data;
    const size_t end =
        last ? tags.size() : Load<uint16_t>(tags, at + kTagBytes + 2) & kTagOffsetMask;
    return tags.subspan(begin, end - begin);
  }
  return std::nullopt;
}

}  // namespace

Err PlaceColumn(const std::vector<Column>& columns, Column* column) {
  const std::optional<uint32_t> bytes = TypeBytes(column->type);
  if (!bytes.has_value()) return JET_errInvalidColumnType;
  const bool fixed = !IsLong(*column) && (*bytes != 0 || (column->grbit & JET_bitColumnFixed) != 0);
  const Region region = IsLong(*column) ? kLong : fixed ? kFixed : kVariable;
  column->id = HighestIn(columns, region) + 1;
  if (column->id > region.last) return JET_errTooManyColumns;
  const uint32_t most = IsLong(*column) ? kLongBytesMax : kVariableBytesMax;
  const uint32_t asked = column->max_bytes == 0 ? most : std::min(column->max_bytes, most);
  column->max_bytes = *bytes != 0 ? *bytes : asked;
  column->offset = fixed ? static_cast<uint32_t>(FixedEnd(columns)) : 0;
  return JET_errSuccess;
}

std::vector<std::byte> EncodeRecord(const std::vector<Column>& columns,
                                    const RecordValues& values) {
  std::vector<std::byte> record;
  EncodeFixed(columns, values, &record);
  EncodeVariable(values, &record);
  EncodeLong(values, &record);
  return record;
}

std::optional<ConstBytes> GetColumn(ConstBytes record, const Column& column) {
  if (column.fixed()) return GetFixed(record, column);
  return column.variable() ? GetVariable(record, column) : GetLong(record, column);
}

}  // namespace backstop::engine
