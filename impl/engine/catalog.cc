// SPDX-License-Identifier: MIT
#include "impl/engine/catalog.h"

#include <algorithm>

namespace backstop::engine {
namespace {

enum ObjectType : uint16_t {
  kTableObject = 1,
  kColumnObject = 2,
  kIndexObject = 3,
  kLongValueObject = 4,
};
constexpr size_t kNameColumn = 9, kKeyColumnsColumn = 10;  // places in CatalogColumns
constexpr size_t kKeyColumnBytes = 4;                      // flags, identifier
constexpr TreeId kCatalog{kCatalogObject, kCatalogPage};

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
  kKeyColumns = 132,
};

constexpr uint32_t kDensity = 80;
constexpr uint32_t kAnsiCodePage = 1252;
constexpr uint32_t kLocale = 1033;

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
      {kKeyColumns, JET_coltypBinary, 0, 255, 0, "KeyFldIDs"},
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
  uint16_t type = 0;
  uint32_t id = 0, coltyp_or_root = 0, space_usage = 0, flags = 0;
  uint16_t record_offset = 0;
  std::string name;
  std::vector<JET_COLUMNID> key_columns;
};

ConstBytes Field(ConstBytes record, size_t column) {
  const auto value = GetColumn(record, CatalogColumns()[column], RecordFormat());
  return value.has_value() ? value->bytes : ConstBytes();
}

template <class T>
T FixedField(ConstBytes record, JET_COLUMNID id) {
  const ConstBytes value = Field(record, id - 1);
  return value.empty() ? T{} : Load<T>(value, 0);
}

std::vector<JET_COLUMNID> DecodeKeyColumns(ConstBytes list) {
  std::vector<JET_COLUMNID> columns;
  for (size_t at = 0; at + kKeyColumnBytes <= list.size(); at += kKeyColumnBytes) {
    columns.push_back(Load<uint16_t>(list, at + sizeof(uint16_t)));
  }
  return columns;
}

std::vector<std::byte> EncodeKeyColumns(const std::vector<JET_COLUMNID>& columns) {
  std::vector<std::byte> list;
  for (const JET_COLUMNID column : columns) {
    AppendValue(&list, uint16_t{0});
    AppendValue(&list, static_cast<uint16_t>(column));
  }
  return list;
}

Entry DecodeEntry(ConstBytes record) {
  const ConstBytes name = Field(record, kNameColumn);
  return {FixedField<uint32_t>(record, kObjidTable),
          FixedField<uint16_t>(record, kType),
          FixedField<uint32_t>(record, kId),
          FixedField<uint32_t>(record, kColtypOrRoot),
          FixedField<uint32_t>(record, kSpaceUsage),
          FixedField<uint32_t>(record, kFlags),
          FixedField<uint16_t>(record, kRecordOffset),
          std::string(reinterpret_cast<const char*>(name.data()), name.size()),
          DecodeKeyColumns(Field(record, kKeyColumnsColumn))};
}

RecordValues EncodeTable(const TableDefinition& table) {
  return {{kObjidTable, ValueOf(table.tree.object)},
          {kType, ValueOf<uint16_t>(kTableObject)},
          {kId, ValueOf(table.tree.object)},
          {kColtypOrRoot, ValueOf(table.tree.root)},
          {kSpaceUsage, ValueOf(kDensity)},
          {kFlags, ValueOf(uint32_t{0})},
          {kPagesOrLocale, ValueOf(uint32_t{1})},
          {kRootFlag, ValueOf(uint8_t{0xff})},
          {kName, TextOf(table.name)}};
}

RecordValues EncodeColumn(uint32_t object, const Column& column) {
  return {{kObjidTable, ValueOf(object)},
          {kType, ValueOf<uint16_t>(kColumnObject)},
          {kId, ValueOf(column.id)},
          {kColtypOrRoot, ValueOf(column.type)},
          {kSpaceUsage, ValueOf(column.max_bytes)},
          {kFlags, ValueOf(column.grbit)},
          {kPagesOrLocale, ValueOf(kAnsiCodePage)},
          {kRecordOffset, ValueOf(static_cast<uint16_t>(column.offset))},
          {kName, TextOf(column.name)}};
}

RecordValues EncodeIndex(const TableDefinition& table, const PrimaryIndex& index) {
  return {{kObjidTable, ValueOf(table.tree.object)},
          {kType, ValueOf<uint16_t>(kIndexObject)},
          {kId, ValueOf(table.tree.object)},
          {kColtypOrRoot, ValueOf(table.tree.root)},
          {kSpaceUsage, ValueOf(kDensity)},
          {kFlags, ValueOf(index.grbit | JET_bitIndexUnique | JET_bitIndexPrimary)},
          {kPagesOrLocale, ValueOf(kLocale)},
          {kName, TextOf(index.name)},
          {kKeyColumns, EncodeKeyColumns(index.columns)}};
}

RecordValues EncodeLongValues(const TableDefinition& table) {
  return {
      {kObjidTable, ValueOf(table.tree.object)}, {kType, ValueOf<uint16_t>(kLongValueObject)},
      {kId, ValueOf(table.long_values.object)},  {kColtypOrRoot, ValueOf(table.long_values.root)},
      {kSpaceUsage, ValueOf(kDensity)},          {kFlags, ValueOf(uint32_t{0})},
      {kPagesOrLocale, ValueOf(uint32_t{1})},    {kName, TextOf("LV")}};
}

Column ToColumn(const Entry& entry) {
  return {entry.id,          entry.coltyp_or_root, entry.flags,
          entry.space_usage, entry.record_offset,  entry.name};
}

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The catalog is sorted by table, then by kind, then by identifier: a table's entries follow it.
Key EntryKey(uint32_t object, uint16_t type, uint32_t id) {
  Key key;
  AppendBigEndian(&key, object);
  AppendBigEndian(&key, type);
  AppendBigEndian(&key, id);
  return key;
}

Err AddEntry(Database& database, Transaction& transaction, const Key& key,
             const RecordValues& values) {
  return database.InsertRow(
      transaction, kCatalog, key,
      EncodeRecord(CatalogColumns(), values, RecordFormatFor(database.page_bytes())));
}

/// The first entry that is seen from `*key` on.
Err NextEntry(Database& database, const Transaction& transaction, Key* key, Entry* entry) {
  std::vector<std::byte> record;
  const Err err = database.RowFrom(transaction, kCatalog, key, &record);
  if (err < 0) return err;
  if (!IsRecord(record, CatalogColumns(), RecordFormatFor(database.page_bytes()))) {
    return JET_errDatabaseCorrupted;
  }
  *entry = DecodeEntry(record);
  return err;
}

void AddToTable(const Entry& entry, TableDefinition* table) {
  if (entry.type == kColumnObject) table->columns.push_back(ToColumn(entry));
  if (entry.type == kIndexObject) table->index = {entry.name, entry.flags, entry.key_columns};
  if (entry.type == kLongValueObject) table->long_values = {entry.id, entry.coltyp_or_root};
}

/// Reads the entries of a table whose own entry is at `key`.
Err ReadTable(Database& database, const Transaction& transaction, Key key, TableDefinition* table) {
  *table = {};
  for (Entry entry;; key = KeyAfter(key)) {
    const Err err = NextEntry(database, transaction, &key, &entry);
    if (err == JET_errNoCurrentRecord) break;
    if (err < 0) return err;
    if (entry.type == kTableObject) {
      if (table->tree.object != 0) break;
      table->tree = {entry.object, entry.coltyp_or_root};
      table->name = entry.name;
      continue;
    }
    if (entry.object == table->tree.object) AddToTable(entry, table);
  }
  return table->tree.object == 0 ? JET_errObjectNotFound : JET_errSuccess;
}

/// Names must be unique among the rows of all transactions, ended or not.
struct Everything : Transaction {
  Everything() { sees_everything = true; }
};

}  // namespace

bool SameName(const std::string& a, const std::string& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

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

/// Only the tables' own entries are looked at: what lies between them is skipped.
Err FindTable(Database& database, const Transaction& transaction, const std::string& name,
              TableDefinition* table) {
  Key key;
  for (Entry entry;; key = EntryKey(entry.object + 1, 0, 0)) {
    const Err err = NextEntry(database, transaction, &key, &entry);
    if (err == JET_errNoCurrentRecord) return JET_errObjectNotFound;
    if (err < 0) return err;
    if (entry.type == kTableObject && SameName(entry.name, name)) {
      return ReadTable(database, transaction, std::move(key), table);
    }
  }
}

Err RefreshTable(Database& database, TableDefinition* table) {
  TableDefinition now;
  const Err err =
      ReadTable(database, Everything(), EntryKey(table->tree.object, kTableObject, 0), &now);
  if (err >= 0 && now.tree.object != table->tree.object) return JET_errObjectNotFound;
  if (err >= 0) *table = std::move(now);
  return err;
}

Err AddTable(Database& database, Transaction& transaction, const std::string& name,
             TableDefinition* table) {
  env::MutexLock lock(database.catalog_mutex());
  const Err found = FindTable(database, Everything(), name, table);
  if (found != JET_errObjectNotFound) return found < 0 ? found : JET_errTableDuplicate;
  table->name = name;
  if (const Err err = database.CreateObject(transaction, 0, &table->tree); err < 0) return err;
  const uint32_t object = table->tree.object;
  return AddEntry(database, transaction, EntryKey(object, kTableObject, object),
                  EncodeTable(*table));
}

namespace {

Err AddLongValues(Database& database, Transaction& transaction, TableDefinition* table) {
  const Err err = database.CreateObject(transaction, kPageLongValue, &table->long_values);
  if (err < 0) return err;
  const Key key = EntryKey(table->tree.object, kLongValueObject, table->long_values.object);
  return AddEntry(database, transaction, key, EncodeLongValues(*table));
}

}  // namespace

Err AddColumn(Database& database, Transaction& transaction, TableDefinition* table,
              Column* column) {
  env::MutexLock lock(database.catalog_mutex());
  if (const Err err = RefreshTable(database, table); err < 0) return err;
  if (table->Find(column->name) != nullptr) return JET_errColumnDuplicate;
  if (const Err err = PlaceColumn(table->columns, column); err < 0) return err;
  const uint32_t object = table->tree.object;
  Err err = AddEntry(database, transaction, EntryKey(object, kColumnObject, column->id),
                     EncodeColumn(object, *column));
  const bool first_long = column->id >= kFirstLongColumn && table->long_values.root == 0;
  if (err >= 0 && first_long) err = AddLongValues(database, transaction, table);
  if (err >= 0) table->columns.push_back(*column);
  return err;
}

Err AddIndex(Database& database, Transaction& transaction, TableDefinition* table,
             const PrimaryIndex& index) {
  env::MutexLock lock(database.catalog_mutex());
  if (const Err err = RefreshTable(database, table); err < 0) return err;
  if (table->index.has_value()) {
    return SameName(table->index->name, index.name) ? JET_errIndexDuplicate
                                                    : JET_errIndexHasPrimary;
  }
  Key any;
  std::vector<std::byte> record;
  const Err found = database.RowFrom(Everything(), table->tree, &any, &record);
  if (found != JET_errNoCurrentRecord) return found < 0 ? found : JET_errTableNotEmpty;
  const uint32_t object = table->tree.object;
  const Err err = AddEntry(database, transaction, EntryKey(object, kIndexObject, object),
                           EncodeIndex(*table, index));
  if (err >= 0) table->index = index;
  return err;
}

}  // namespace backstop::engine
