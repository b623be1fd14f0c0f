// SPDX-License-Identifier: MIT
// Rows: building and inserting them, moving over them, reading their columns.
#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

#include "impl/api/table_call.h"
#include "impl/engine/cursor.h"
#include "impl/esent.h"

namespace backstop::api {
namespace {

using engine::Err;
using Value = std::optional<std::span<const std::byte>>;

Err PrepareUpdate(JET_SESID sesid, JET_TABLEID tableid, uint32_t prep) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (prep == JET_prepCancel) return call.cursor().CancelUpdate();
  if (prep != JET_prepInsert) return JET_errInvalidParameter;
  return call.cursor().PrepareInsert();
}

/// No bytes mean NULL, unless the caller asks for the value of length zero.
Value ValueFrom(const void* data, uint32_t size, JET_GRBIT grbit) {
  if (size == 0 && (grbit & JET_bitSetZeroLength) == 0) return std::nullopt;
  return std::span(static_cast<const std::byte*>(data), size);
}

Err SetColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID column, const void* data,
              uint32_t size, JET_GRBIT grbit) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (data == nullptr && size != 0) return JET_errInvalidParameter;
  return call.cursor().SetColumn(column, ValueFrom(data, size, grbit));
}

/// What fits of a value goes into the buffer.
Err CopyOut(std::span<const std::byte> value, void* buffer, uint32_t size, uint32_t* actual) {
  if (actual != nullptr) *actual = static_cast<uint32_t>(value.size());
  const size_t bytes = std::min<size_t>(value.size(), size);
  if (buffer != nullptr && bytes != 0) std::memcpy(buffer, value.data(), bytes);
  return bytes < value.size() ? JET_wrnBufferTruncated : JET_errSuccess;
}

Err Update(JET_SESID sesid, JET_TABLEID tableid, void* bookmark, uint32_t size, uint32_t* actual) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (const Err refused = call.CheckWritable(); refused < 0) return refused;
  uint64_t key = 0;
  const Err err =
      call.InTransaction([&] { return call.cursor().Update(call.transaction(), &key); });
  if (err < 0) return err;
  CopyOut(std::as_bytes(std::span(&key, 1)), bookmark, size, actual);
  return JET_errSuccess;
}

Err Move(JET_SESID sesid, JET_TABLEID tableid, int32_t rows) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  return call.cursor().Move(call.transaction(), rows);
}

Err RetrieveColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID column, void* data,
                   uint32_t size, uint32_t* actual, JET_GRBIT grbit) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  const bool copy_buffer = (grbit & JET_bitRetrieveCopy) != 0;
  std::vector<std::byte> value;
  const Err err = call.cursor().RetrieveColumn(column, copy_buffer, &value);
  if (err < 0) return err;
  const Err copied = CopyOut(value, data, size, actual);
  return err == JET_errSuccess ? copied : err;
}

}  // namespace
}  // namespace backstop::api

namespace api = backstop::api;

JET_ERR JET_API JetPrepareUpdate(JET_SESID sesid, JET_TABLEID tableid, uint32_t prep) {
  return api::PrepareUpdate(sesid, tableid, prep);
}

JET_ERR JET_API JetSetColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID columnid,
                             const void* pvData, uint32_t cbData, JET_GRBIT grbit, JET_SETINFO*) {
  return api::SetColumn(sesid, tableid, columnid, pvData, cbData, grbit);
}

JET_ERR JET_API JetUpdate(JET_SESID sesid, JET_TABLEID tableid, void* pvBookmark,
                          uint32_t cbBookmark, uint32_t* pcbActual) {
  return api::Update(sesid, tableid, pvBookmark, cbBookmark, pcbActual);
}

JET_ERR JET_API JetMove(JET_SESID sesid, JET_TABLEID tableid, int32_t cRow, JET_GRBIT) {
  return api::Move(sesid, tableid, cRow);
}

JET_ERR JET_API JetRetrieveColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID columnid,
                                  void* pvData, uint32_t cbData, uint32_t* pcbActual,
                                  JET_GRBIT grbit, JET_RETINFO*) {
  return api::RetrieveColumn(sesid, tableid, columnid, pvData, cbData, pcbActual, grbit);
}
