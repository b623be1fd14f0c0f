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
  switch (prep) {
    case JET_prepCancel:
      return call.cursor().CancelUpdate();
    case JET_prepInsert:
      return call.cursor().PrepareInsert();
    case JET_prepReplace:
    case JET_prepReplaceNoLock:
      return call.cursor().PrepareReplace(call.transaction());
    default:
      return JET_errInvalidParameter;
  }
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
  const bool append = (grbit & JET_bitSetAppendLV) != 0;
  return call.cursor().SetColumn(call.transaction(), column, ValueFrom(data, size, grbit), append);
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
  engine::Key key;
  const Err err =
      call.InTransaction([&] { return call.cursor().Update(call.transaction(), &key); });
  if (err < 0) return err;
  CopyOut(engine::BytesOf(key), bookmark, size, actual);
  return JET_errSuccess;
}

Err Move(JET_SESID sesid, JET_TABLEID tableid, int32_t rows) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  return call.cursor().Move(call.transaction(), rows);
}

Err Delete(JET_SESID sesid, JET_TABLEID tableid) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (const Err refused = call.CheckWritable(); refused < 0) return refused;
  return call.InTransaction([&] { return call.cursor().Delete(call.transaction()); });
}

Err MakeKey(JET_SESID sesid, JET_TABLEID tableid, const void* data, uint32_t size,
            JET_GRBIT grbit) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (data == nullptr && size != 0) return JET_errInvalidParameter;
  return call.cursor().MakeKey(std::span(static_cast<const std::byte*>(data), size), grbit);
}

Err Seek(JET_SESID sesid, JET_TABLEID tableid, JET_GRBIT grbit) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  return call.cursor().Seek(call.transaction(), grbit);
}

Err GetBookmark(JET_SESID sesid, JET_TABLEID tableid, void* bookmark, uint32_t size,
                uint32_t* actual) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  engine::Key key;
  if (const Err err = call.cursor().GetBookmark(&key); err < 0) return err;
  const Err copied = CopyOut(engine::BytesOf(key), bookmark, size, actual);
  return copied == JET_wrnBufferTruncated ? JET_errBufferTooSmall : copied;
}

Err GotoBookmark(JET_SESID sesid, JET_TABLEID tableid, const void* bookmark, uint32_t size) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  if (bookmark == nullptr || size == 0) return JET_errInvalidBookmark;
  const engine::Key key(static_cast<const char*>(bookmark), size);
  return call.cursor().GoTo(call.transaction(), key);
}

Err RetrieveColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID column, void* data,
                   uint32_t size, uint32_t* actual, JET_GRBIT grbit, const JET_RETINFO* info) {
  TableCall call(sesid, tableid);
  if (call.err() < 0) return call.err();
  const bool copy_buffer = (grbit & JET_bitRetrieveCopy) != 0;
  std::vector<std::byte> value;
  const Err err = call.cursor().RetrieveColumn(call.transaction(), column, copy_buffer, &value);
  if (err < 0) return err;
  const size_t skipped = info == nullptr ? 0 : std::min<size_t>(info->ibLongValue, value.size());
  const Err copied = CopyOut(std::span(value).subspan(skipped), data, size, actual);
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
                                  JET_GRBIT grbit, JET_RETINFO* pretinfo) {
  return api::RetrieveColumn(sesid, tableid, columnid, pvData, cbData, pcbActual, grbit, pretinfo);
}

JET_ERR JET_API JetDelete(JET_SESID sesid, JET_TABLEID tableid) {
  return api::Delete(sesid, tableid);
}

JET_ERR JET_API JetMakeKey(JET_SESID sesid, JET_TABLEID tableid, const void* pvData,
                           uint32_t cbData, JET_GRBIT grbit) {
  return api::MakeKey(sesid, tableid, pvData, cbData, grbit);
}

JET_ERR JET_API JetSeek(JET_SESID sesid, JET_TABLEID tableid, JET_GRBIT grbit) {
  return api::Seek(sesid, tableid, grbit);
}

JET_ERR JET_API JetGetBookmark(JET_SESID sesid, JET_TABLEID tableid, void* pvBookmark,
                               uint32_t cbMax, uint32_t* pcbActual) {
  return api::GetBookmark(sesid, tableid, pvBookmark, cbMax, pcbActual);
}

JET_ERR JET_API JetGotoBookmark(JET_SESID sesid, JET_TABLEID tableid, const void* pvBookmark,
                                uint32_t cbBookmark) {
  return api::GotoBookmark(sesid, tableid, pvBookmark, cbBookmark);
}
