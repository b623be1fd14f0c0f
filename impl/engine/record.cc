// SPDX-License-Identifier: MIT
#include "impl/engine/record.h"

#include <algorithm>

namespace backstop::engine {
namespace {

constexpr size_t kHeaderBytes = 4;  // last fixed column, last variable column, end of fixed data
constexpr size_t kTagBytes = 4;     // column, offset
constexpr uint16_t kNullVariable = 0x8000;
constexpr uint16_t kTagHasFlags = 0x4000;
constexpr std::byte kSeparateFlag{0x04};
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

/// In small pages a bit of the offset tells that a byte of flags comes before the value.
void EncodeLong(const RecordValues& values, RecordFormat format,
                const std::set<JET_COLUMNID>& separate, std::vector<std::byte>* record) {
  const auto begin = values.lower_bound(kFirstLongColumn);
  size_t at = static_cast<size_t>(std::distance(begin, values.end())) * kTagBytes;
  std::vector<std::byte> data;
  const size_t first = at;
  for (auto value = begin; value != values.end(); ++value) {
    const bool is_separate = separate.contains(value->first);
    const bool has_flags = format.large_pages || is_separate;
    at = first + data.size();
    AppendValue(record, static_cast<uint16_t>(value->first));
    const unsigned mark = has_flags && !format.large_pages ? kTagHasFlags : 0u;
    AppendValue(record, static_cast<uint16_t>(at | mark));
    if (has_flags) data.push_back(is_separate ? kSeparateFlag : std::byte{0});
    AppendBytes(&data, value->second);
  }
  AppendBytes(record, data);
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

size_t TagOffset(ConstBytes tags, size_t tag, RecordFormat format) {
  const unsigned mask = format.large_pages ? 0x7fff : 0x3fff;
  return Load<uint16_t>(tags, tag + 2) & mask;
}

std::optional<StoredValue> GetLong(ConstBytes record, const Column& column, RecordFormat format) {
  const ConstBytes tags = record.subspan(FindVariable(record).end);
  if (tags.empty()) return std::nullopt;
  const size_t first_data = TagOffset(tags, 0, format);
  for (size_t tag = 0; tag < first_data; tag += kTagBytes) {
    if (Load<uint16_t>(tags, tag) != column.id) continue;
    const size_t begin = TagOffset(tags, tag, format), next = tag + kTagBytes;
    const size_t end = next == first_data ? tags.size() : TagOffset(tags, next, format);
    const bool marked = (Load<uint16_t>(tags, tag + 2) & kTagHasFlags) != 0;
    const ConstBytes data = tags.subspan(begin, end - begin);
    if (!format.large_pages && !marked) return StoredValue{data};
    return StoredValue{data.subspan(1), (data[0] & kSeparateFlag) != std::byte{0}};
  }
  return std::nullopt;
}

/// Whether the tags rise and end within the record.
bool TagsAreWhole(ConstBytes tags, RecordFormat format) {
  if (tags.empty()) return true;
  if (tags.size() < kTagBytes) return false;
  const size_t first_data = TagOffset(tags, 0, format);
  if (first_data % kTagBytes != 0 || first_data == 0 || first_data > tags.size()) return false;
  for (size_t tag = 0; tag < first_data; tag += kTagBytes) {
    const size_t begin = TagOffset(tags, tag, format), next = tag + kTagBytes;
    const size_t end = next == first_data ? tags.size() : TagOffset(tags, next, format);
    const bool marked = (Load<uint16_t>(tags, tag + 2) & kTagHasFlags) != 0;
    const size_t least = format.large_pages || marked ? 1 : 0;
    if (begin > end || end > tags.size() || end - begin < least) return false;
  }
  return true;
}

bool VariablesAreWhole(ConstBytes record) {
  const size_t last = Load<uint8_t>(record, 1), offsets = Load<uint16_t>(record, 2);
  if (last + 1 < kFirstVariableColumn) return false;
  const size_t count = last + 1 - kFirstVariableColumn;
  if (offsets + count * sizeof(uint16_t) > record.size()) return false;
  size_t before = 0;
  for (size_t i = 0; i < count; ++i) {
    const unsigned raw = Load<uint16_t>(record, offsets + i * sizeof(uint16_t));
    const size_t end = raw & ~unsigned{kNullVariable};
    if (end < before) return false;
    before = end;
  }
  return FindVariable(record).end <= record.size();
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

RecordFormat RecordFormatFor(size_t page_bytes) { return {.large_pages = page_bytes > 8192}; }

std::vector<std::byte> EncodeRecord(const std::vector<Column>& columns, const RecordValues& values,
                                    RecordFormat format, const std::set<JET_COLUMNID>& separate) {
  std::vector<std::byte> record;
  EncodeFixed(columns, values, &record);
  EncodeVariable(values, &record);
  EncodeLong(values, format, separate, &record);
  return record;
}

std::optional<StoredValue> GetColumn(ConstBytes record, const Column& column, RecordFormat format) {
  if (!column.fixed() && !column.variable()) return GetLong(record, column, format);
  const auto value = column.fixed() ? GetFixed(record, column) : GetVariable(record, column);
  if (!value.has_value()) return std::nullopt;
  return StoredValue{*value};
}

bool IsRecord(ConstBytes record, const std::vector<Column>& columns, RecordFormat format) {
  if (record.size() < kHeaderBytes) return false;
  const JET_COLUMNID last = Load<uint8_t>(record, 0);
  size_t fixed = kHeaderBytes;
  for (const Column& column : columns) {
    if (!column.fixed() || column.id > last) continue;
    fixed = std::max<size_t>(fixed, column.offset + column.max_bytes);
  }
  if (fixed + BitmapBytes(last) > Load<uint16_t>(record, 2)) return false;
  if (!VariablesAreWhole(record)) return false;
  return TagsAreWhole(record.subspan(FindVariable(record).end), format);
}

}  // namespace backstop::engine
