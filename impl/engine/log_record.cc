// SPDX-License-Identifier: MIT
#include "impl/engine/log_record.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace backstop::engine {
namespace {

/// The fields of a PageChange that have a fixed size, as the log holds them.
struct PageFields {
  uint64_t before, after, key;
  uint32_t database, page, transaction, object, flags, link;
  uint16_t slot;
  PageOp op;
  uint8_t unused[5];
};
static_assert(sizeof(PageFields) == 56);
static_assert(std::has_unique_object_representations_v<PageFields>);

uint32_t NextChain(ConstBytes record, uint32_t chain) {
  const RecordHeader header = Load<RecordHeader>(record, 0);
  const uint64_t seed =
      uint64_t{chain} << 24 | static_cast<uint64_t>(header.type) << 16 | header.size;
  const ConstBytes fields = record.subspan(kRecordHeaderBytes);
  return static_cast<uint32_t>(XXH3_64bits_withSeed(fields.data(), fields.size(), seed));
}

}  // namespace

std::vector<std::byte> SealRecord(RecordType type, ConstBytes fields, uint32_t* chain) {
  RecordHeader header{static_cast<uint16_t>(kRecordHeaderBytes + fields.size()), type, 0, 0};
  std::vector<std::byte> record;
  record.reserve(header.size);
  AppendValue(&record, header);
  AppendBytes(&record, fields);
  header.chain = *chain = NextChain(record, *chain);
  Store(record, 0, header);
  return record;
}

bool RecordFollows(ConstBytes bytes, uint32_t chain) {
  if (bytes.size() < kRecordHeaderBytes) return false;
  const RecordHeader header = Load<RecordHeader>(bytes, 0);
  if (header.size < kRecordHeaderBytes || header.size > bytes.size()) return false;
  return header.chain == NextChain(bytes.first(header.size), chain);
}

std::vector<std::byte> EncodePageChange(const PageChange& change) {
  const PageFields fields{change.before, change.after,       change.key,    change.database,
                          change.page,   change.transaction, change.object, change.flags,
                          change.link,   change.slot,        change.op,     {}};
  std::vector<std::byte> bytes;
  bytes.reserve(sizeof fields + change.row.size());
  AppendValue(&bytes, fields);
  AppendBytes(&bytes, change.row);
  return bytes;
}

Err DecodePageChange(ConstBytes bytes, PageChange* change) {
  if (bytes.size() < sizeof(PageFields)) return JET_errLogReadVerifyFailure;
  const PageFields fields = Load<PageFields>(bytes, 0);
  if (fields.op > PageOp::kSetNext) return JET_errLogReadVerifyFailure;
  *change = {.database = fields.database,
             .page = fields.page,
             .transaction = fields.transaction,
             .object = fields.object,
             .before = fields.before,
             .after = fields.after,
             .key = fields.key,
             .flags = fields.flags,
             .link = fields.link,
             .slot = fields.slot,
             .op = fields.op,
             .row = bytes.subspan(sizeof fields)};
  return JET_errSuccess;
}

void ApplyPageChange(const PageChange& change, PageView page) {
  switch (change.op) {
    case PageOp::kFormat:
      page.Format(change.object, change.flags, change.link, change.after);
      break;
    case PageOp::kInsert:
      page.InsertRow(change.slot, change.row);
      break;
    case PageOp::kDelete:
      page.DeleteRow(change.slot);
      break;
    case PageOp::kSetNext:
      page.set_next(change.link);
      break;
  }
  page.set_dbtime(change.after);
}

}  // namespace backstop::engine
