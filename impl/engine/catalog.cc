// SPDX-License-Identifier: MIT
#include "impl/engine/catalog.h"

#include <algorithm>

namespace backstop::engine {
namespace {

enum ObjectType : int16_t { kTableObject = 1, kColumnObject = 2 };

enum CatalogColumn : JET_COLUMNID {
  kObjidTable = 1,
  kType = 2,
  kId = 3,
  kColtypOrRoot = 4,
  kSpaceUsage = 5,
  kFlags = 6,
  kPagesOrLocale = 7,
  kRootFlag = 8,
  kRecordOffset = 9,
  kName = 128,
};

constexpr uint32_t kDensity = 80;
constexpr uint32_t kAnsiCodePage = 1252;

const std::vector<Column>& CatalogColumns() {
  static const std::vector<Column> columns = {
      {kObjidTable, JET_coltypLong, JET_bitColumnFixed, 4, 4, "ObjidTable"},
      {kType, JET_coltypShort, JET_bitColumnFixed, 2, 8, "Type"},
      {kId, JET_coltypLong, JET_bitColumnFixed, 4, 10, "Id"},
      {kColtypOrRoot, JET_coltypLong, JET_bitColumnFixed, 4, 14, "ColtypOrPgnoFDP"},
      {kSpaceUsage, JET_coltypLong, JET_bitColumnFixed, 4, 18, "SpaceUsage"},
      {kFlags, JET_coltypLong, JET_bitColumnFixed, 4, 22, "Flags"},
      {kPagesOrLocale, JET_coltypLong, JET_bitColumnFixed, 4, 26, "PagesOrLocale"},
      {kRootFlag, JET_coltypBit, JET_bitColumnFixed, 1, 30, "RootFlag"},
      {kRecordOffset, JET_coltypShort, JET_bitColumnFixed, 2, 31, "RecordOffset"},
      {kName, JET_coltypText, 0, 255, 0, "Name"},
  };
  return columns;
}

template <class T>
std::vector<std::byte> ValueOf(const T& value) {
  std::vector<std::byte> bytes;
  AppendValue(&bytes, value);
  return bytes;
}

std::vector<std::byte> TextOf(const std::string& text) {
  const ConstBytes bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// A row of the catalog, taken apart.
struct Entry {
  uint32_t object = 0;
  int16_t type = 0;
  uint32_t id = 0, coltyp_or_root = 0, space_usage = 0, flags = 0;
  uint16_t record_offset = 0;
  std::string name;
};

template <class T>
T FixedField(ConstBytes record, JET_COLUMNID id) {
  const auto value = GetColumn(record, CatalogColumns()[id - 1]);
  return value.has_value() ? Load<T>(*value, 0) : T{};
}

Entry DecodeEntry(ConstBytes record) {
  const auto name = GetColumn(record, CatalogColumns().back()).value_or(ConstBytes());
  return {FixedField<uint32_t>(record, kObjidTable),
          FixedField<int16_t>(record, kType),
          FixedField<uint32_t>(record, kId),
          FixedField<uint32_t>(record, kColtypOrRoot),
          FixedField<uint32_t>(record, kSpaceUsage),
          FixedField<uint32_t>(record, kFlags),
          FixedField<uint16_t>(record, kRecordOffset),
          std::string(reinterpret_cast<const char*>(name.data()), name.size())};
}

RecordValues EncodeTable(const TableDefinition& table) {
  return {{kObjidTable, ValueOf(table.object)},
          {kType, ValueOf<int16_t>(kTableObject)},
          {kId, ValueOf(table.object)},
          {kColtypOrRoot, ValueOf(table.root)},
          {kSpaceUsage, ValueOf(kDensity)},
          {kFlags, ValueOf(uint32_t{0})},
          {kPagesOrLocale, ValueOf(uint32_t{1})},
          {kRootFlag, ValueOf(uint8_t{0xff})},
          {kName, TextOf(table.name)}};
}

RecordValues EncodeColumn(uint32_t object, const Column& column) {
  return {{kObjidTable, ValueOf(object)},
          {kType, ValueOf<int16_t>(kColumnObject)},
          {kId, ValueOf(column.id)},
          {kColtypOrRoot, ValueOf(column.type)},
          {kSpaceUsage, ValueOf(column.max_bytes)},
          {kFlags, ValueOf(column.grbit)},
          {kPagesOrLocale, ValueOf(kAnsiCodePage)},
          {kRecordOffset, ValueOf(static_cast<uint16_t>(column.offset))},
          {kName, TextOf(column.name)}};
}

Column ToColumn(const Entry& entry) {
  return {entry.id,          entry.coltyp_or_root, entry.flags,
          entry.space_usage, entry.record_offset,  entry.name};
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool SameName(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

Err AddEntry(Database& database, Transaction& transaction, const RecordValues& values) {
  uint64_t key = 0;
  return database.InsertRow(transaction, kCatalogObject, kCatalogPage,
                            EncodeRecord(CatalogColumns(), values), &key);
}

/// Names must be unique among the rows of all transactions, ended or not.
struct Everything : Transaction {
  Everything() { sees_everything = true; }
};

}  // namespace

const Column* TableDefinition::Find(const std::string& column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& each) { return SameName(each.name, column); });
  return found == columns.end() ? nullptr : &*found;
}

const Column* TableDefinition::Find(JET_COLUMNID id) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [id](const Column& c) { return c.id == id; });
  return found == columns.end() ? nullptr : &*found;
}

Err FindTable(Database& database, const Transaction& transaction, const std::string& name,
              TableDefinition* table) {
  *table = {};
  RowPlace place{kCatalogPage, 0};
  for (std::vector<std::byte> record;;) {
    const Err err = database.NextRow(transaction, kCatalogObject, &place, &record);
    if (err == JET_errNoCurrentRecord) break;
    if (err < 0) return err;
    const Entry entry = DecodeEntry(record);
    if (entry.type == kTableObject && SameName(entry.name, name)) {
      *table = {entry.object, entry.coltyp_or_root, entry.name, {}};
    } else if (entry.type == kColumnObject && entry.object == table->object) {
      table->columns.push_back(ToColumn(entry));
    }
  }
  return table->object == 0 ? JET_errObjectNotFound : JET_errSuccess;
}

Err RefreshTable(Database& database, TableDefinition* table) {
  TableDefinition now;
  const Err err = FindTable(database, Everything(), table->name, &now);
  if (err >= 0) *table = std::move(now);
  return err;
}

Err AddTable(Database& database, Transaction& transaction, const std::string& name,
             TableDefinition* table) {
  env::MutexLock lock(database.catalog_mutex());
  const Err found = FindTable(database, Everything(), name, table);
  if (found != JET_errObjectNotFound) return found < 0 ? found : JET_errTableDuplicate;
  table->name = name;
  const Err err = database.CreateObject(transaction, &table->object, &table->root);
  return err < 0 ? err : AddEntry(database, transaction, EncodeTable(*table));
}

Err AddColumn(Database& database, Transaction& transaction, TableDefinition* table,
              Column* column) {
  env::MutexLock lock(database.catalog_mutex());
  if (const Err err = RefreshTable(database, table); err < 0) return err;
  if (table->Find(column->name) != nullptr) return JET_errColumnDuplicate;
  if (const Err err = PlaceColumn(table->columns, column); err < 0) return err;
  const Err err = AddEntry(database, transaction, EncodeColumn(table->object, *column));
  if (err >= 0) table->columns.push_back(*column);
  return err;
}

}  // namespace backstop::engine
