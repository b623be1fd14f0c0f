// SPDX-License-Identifier: MIT
// Tables and their columns.
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "impl/api/session_call.h"
#include "impl/api/table_call.h"
#include "impl/engine/cursor.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::AttachedDatabase;
using engine::Column;
using engine::Cursor;
using engine::Err;

constexpr size_t kNameBytesMax = 64;

bool IsName(JET_PCSTR name) {
  return name != nullptr && *name != '\0' && strnlen(name, kNameBytesMax + 1) <= kNameBytesMax;
}

using MakeCursor = Err (*)(engine::Storage&, AttachedDatabase&, engine::Transaction&,
                           const std::string&, std::unique_ptr<Cursor>*);

Err OpenCursor(JET_SESID sesid, JET_DBID dbid, JET_PCSTR name, MakeCursor make,
               JET_TABLEID* tableid) {
  SessionCall call(sesid);
  if (call.err() < 0) return call.err();
  AttachedDatabase* database = call.session().FindDatabase(dbid);
  if (database == nullptr) return JET_errInvalidDatabaseId;
  if (!IsName(name)) return JET_errInvalidName;
  if (tableid == nullptr) return JET_errInvalidParameter;
  std::unique_ptr<Cursor> cursor;
  const Err err = make(call.storage(), *database, call.transaction(), name, &cursor);
  if (err >= 0) *tableid = call.session().AddTable(dbid, std::move(cursor));
  return err;
}

Err AddColumn(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR name, const JET_COLUMNDEF* definition,
              JET_COLUMNID* columnid) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (!IsName(name)) return JET_errInvalidName;
  if (definition == nullptr || definition->cbStruct != sizeof *definition) {
    return JET_errInvalidParameter;
  }
  const Column column{.type = definition->coltyp,
                      .grbit = definition->grbit,
                      .max_bytes = definition->cbMax,
                      .name = name};
  JET_COLUMNID id = 0;
  const Err err = call.cursor().AddColumn(call.transaction(), column, &id);
  if (err >= 0 && columnid != nullptr) *columnid = id;
  return err;
}

Err GetColumnInfo(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR name, void* result, uint32_t size,
                  uint32_t level) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (name == nullptr || result == nullptr || level != JET_ColInfo) return JET_errInvalidParameter;
  if (size < sizeof(JET_COLUMNDEF)) return JET_errInvalidBufferSize;
  Column column;
  if (const Err err = call.cursor().FindColumn(std::string(name), &column); err < 0) return err;
  JET_COLUMNDEF definition = {};
  definition.cbStruct = sizeof definition;
  definition.columnid = column.id;
  definition.coltyp = column.type;
  definition.cbMax = column.max_bytes;
  definition.grbit = column.grbit;
  std::memcpy(result, &definition, sizeof definition);
  return JET_errSuccess;
}

/// The names in a list of key columns; nothing if it is not such a list of ascending columns.
std::optional<std::vector<std::string>> KeyColumns(const char* list, uint32_t size) {
  std::vector<std::string> names;
  for (std::string_view rest(list, size); !rest.empty() && rest.front() != '\0';) {
    const size_t end = rest.find('\0');
    if (end == std::string_view::npos || rest.front() != '+' || end == 1) return std::nullopt;
    names.emplace_back(rest.substr(1, end - 1));
    rest.remove_prefix(end + 1);
  }
  if (names.empty()) return std::nullopt;
  return names;
}

Err CreateIndex(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR name, JET_GRBIT grbit,
                const char* key, uint32_t size) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (!IsName(name)) return JET_errInvalidName;
  if (key == nullptr) return JET_errInvalidParameter;
  if ((grbit & JET_bitIndexPrimary) == 0) return JET_errFeatureNotAvailable;
  const auto columns = KeyColumns(key, size);
  if (!columns) return JET_errIndexInvalidDef;
  return call.cursor().CreateIndex(call.transaction(), name, grbit, *columns);
}

}  // namespace
}  // namespace backstop::api

namespace api = backstop::api;
using backstop::engine::Cursor;

JET_ERR JET_API JetCreateTable(JET_SESID sesid, JET_DBID dbid, JET_PCSTR szTableName, uint32_t,
                               uint32_t, JET_TABLEID* ptableid) {
  return api::OpenCursor(sesid, dbid, szTableName, &Cursor::Create, ptableid);
}

JET_ERR JET_API JetOpenTable(JET_SESID sesid, JET_DBID dbid, JET_PCSTR szTableName, const void*,
                             uint32_t, JET_GRBIT, JET_TABLEID* ptableid) {
  return api::OpenCursor(sesid, dbid, szTableName, &Cursor::Open, ptableid);
}

JET_ERR JET_API JetCloseTable(JET_SESID sesid, JET_TABLEID tableid) {
  api::SessionCall call(sesid, api::AfterStopService::kAllowed);
  if (call.err() < 0) return call.err();
  return call.session().CloseTable(tableid) ? JET_errSuccess : JET_errInvalidTableId;
}

JET_ERR JET_API JetAddColumn(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szColumnName,
                             const JET_COLUMNDEF* pcolumndef, const void*, uint32_t,
                             JET_COLUMNID* pcolumnid) {
  return api::AddColumn(sesid, tableid, szColumnName, pcolumndef, pcolumnid);
}

JET_ERR JET_API JetGetTableColumnInfo(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szColumnName,
                                      void* pvResult, uint32_t cbMax, uint32_t InfoLevel) {
  return api::GetColumnInfo(sesid, tableid, szColumnName, pvResult, cbMax, InfoLevel);
}

JET_ERR JET_API JetCreateIndex(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szIndexName,
                               JET_GRBIT grbit, const char* szKey, uint32_t cbKey, uint32_t) {
  return api::CreateIndex(sesid, tableid, szIndexName, grbit, szKey, cbKey);
}

JET_ERR JET_API JetSetCurrentIndex(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szIndexName) {
  api::TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  return call.cursor().SetIndex(szIndexName == nullptr ? "" : szIndexName);
}
