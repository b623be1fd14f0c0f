// SPDX-License-Identifier: MIT
#include "impl/engine/record.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace backstop::engine {
namespace {

Column Placed(std::vector<Column>* columns, JET_COLTYP type, JET_GRBIT grbit, uint32_t max_bytes) {
  Column column{.type = type, .grbit = grbit, .max_bytes = max_bytes};
  EXPECT_EQ(PlaceColumn(*columns, &column), JET_errSuccess);
  columns->push_back(column);
  return column;
}

std::vector<Column> SomeColumns() {
  std::vector<Column> columns;
  Placed(&columns, JET_coltypLong, 0, 0);
  Placed(&columns, JET_coltypText, 0, 100);
  Placed(&columns, JET_coltypLongBinary, 0, 0);
  Placed(&columns, JET_coltypBit, 0, 0);
  Placed(&columns, JET_coltypBinary, JET_bitColumnFixed, 13);
  Placed(&columns, JET_coltypBinary, 0, 0);
  Placed(&columns, JET_coltypText, JET_bitColumnTagged, 0);
  for (int i = 0; i < 9; ++i) Placed(&columns, JET_coltypShort, 0, 0);
  return columns;
}

TEST(Record, AnyChoiceOfValuesIsReadBack) {
  const std::vector<Column> columns = SomeColumns();
  std::mt19937 random(5);
  for (int round = 0; round < 2000; ++round) {
    const RecordFormat format{.large_pages = round % 2 == 0};
    RecordValues values;
    for (const Column& column : columns) {
      if (random() % 3 == 0) continue;
      const size_t size = column.fixed() ? column.max_bytes : random() % 100;
      for (size_t i = 0; i < size; ++i) values[column.id].push_back(std::byte(random()));
      values[column.id];
    }
    const auto record = EncodeRecord(columns, values, format);
    ASSERT_TRUE(IsRecord(record, columns, format));
    for (const Column& column : columns) {
      const auto found = GetColumn(record, column, format);
      ASSERT_EQ(found.has_value(), values.contains(column.id)) << column.id;
      if (!found.has_value()) continue;
      const auto& value = values[column.id];
      ASSERT_TRUE(std::ranges::equal(found->bytes, value));
    }
  }
}

TEST(Record, AnyDamageStaysWithinTheRecordOrIsSeen) {
  const std::vector<Column> columns = SomeColumns();
  std::mt19937 random(6);
  for (int round = 0; round < 20000; ++round) {
    const RecordFormat format{.large_pages = round % 2 == 0};
    RecordValues values;
    for (const Column& column : columns) {
      if (random() % 3 != 0) values[column.id].resize(column.fixed() ? column.max_bytes : 9);
    }
    std::vector<std::byte> record = EncodeRecord(columns, values, format);
    record[random() % record.size()] ^= std::byte(1 + random() % 255);
    if (round % 3 == 0) record.resize(random() % record.size());
    if (!IsRecord(record, columns, format)) continue;
    for (const Column& column : columns) GetColumn(record, column, format);
  }
}

TEST(Record, AColumnAddedLaterIsNullInOlderRecords) {
  std::vector<Column> columns = SomeColumns();
  const auto record = EncodeRecord(columns, {}, {});
  for (const JET_COLTYP type : {JET_coltypLong, JET_coltypText, JET_coltypLongText}) {
    EXPECT_FALSE(GetColumn(record, Placed(&columns, type, 0, 0), {}).has_value());
  }
}

TEST(Record, ColumnsAreNumberedByKind) {
  const std::vector<Column> columns = SomeColumns();
  EXPECT_EQ(columns[0].id, 1u);
  EXPECT_EQ(columns[1].id, 128u);
  EXPECT_EQ(columns[2].id, 256u);
  EXPECT_EQ(columns[4].id, 3u);
  EXPECT_EQ(columns[4].offset, 9u);
  Column wrong{.type = 13};
  EXPECT_EQ(PlaceColumn(columns, &wrong), JET_errInvalidColumnType);
}

TEST(Record, ATableHasAtMost127FixedColumns) {
  std::vector<Column> columns;
  for (int i = 0; i < 127; ++i) Placed(&columns, JET_coltypBit, 0, 0);
  Column extra{.type = JET_coltypBit};
  EXPECT_EQ(PlaceColumn(columns, &extra), JET_errTooManyColumns);
}

}  // namespace
}  // namespace backstop::engine
