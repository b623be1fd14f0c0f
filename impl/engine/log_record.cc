// SPDX-License-Identifier: MIT
#include "impl/engine/log_record.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace backstop::engine {
namespace {

/// The fields of a PageChange that have a fixed size, as the log holds them.
struct PageFields {
  uint64_t before, after;
  uint32_t database, page, transaction, object, root, flags, previous, next;
  uint32_t data_bytes, old_bytes;
  uint16_t slot;
  PageOp op;
  RowEdit edit;
  uint8_t undo, unused[3];
};
static_assert(sizeof(PageFields) == 64);
static_assert(std::has_unique_object_representations_v<PageFields>);

/// A row in a list: its size, whether it is deleted, and the row.
struct ListedRow {
  bool deleted = false;
  ConstBytes row;
};
constexpr size_t kListedOverhead = sizeof(uint16_t) + sizeof(uint8_t);

/// False at the end of the list, and where it is broken.
bool TakeRow(ConstBytes* rows, ListedRow* listed) {
  if (rows->size() < kListedOverhead) return false;
  const size_t size = Load<uint16_t>(*rows, 0);
  if (size < kKeySizeBytes || rows->size() - kListedOverhead < size) return false;
  *listed = {Load<uint8_t>(*rows, sizeof(uint16_t)) != 0, rows->subspan(kListedOverhead, size)};
  *rows = rows->subspan(kListedOverhead + size);
  return true;
}

uint64_t HeaderSeed(const RecordHeader& header, uint32_t chain) {
  return uint64_t{chain} << 24 | static_cast<uint64_t>(header.type) << 16 | header.size;
}

uint8_t HeaderCheck(const RecordHeader& header, uint32_t chain) {
  const uint64_t seed = HeaderSeed(header, chain);
  return static_cast<uint8_t>(XXH3_64bits(&seed, sizeof seed));
}

uint32_t NextChain(ConstBytes record, uint32_t chain) {
  const RecordHeader header = Load<RecordHeader>(record, 0);
  const uint64_t seed = HeaderSeed(header, chain);
  const ConstBytes fields = record.subspan(kRecordHeaderBytes);
  return static_cast<uint32_t>(XXH3_64bits_withSeed(fields.data(), fields.size(), seed));
}

}  // namespace

std::vector<std::byte> SealRecord(RecordType type, ConstBytes fields, uint32_t* chain) {
  RecordHeader header{static_cast<uint16_t>(kRecordHeaderBytes + fields.size()), type, 0, 0};
  header.check = HeaderCheck(header, *chain);
  std::vector<std::byte> record;
  record.reserve(header.size);
  AppendValue(&record, header);
  AppendBytes(&record, fields);
  header.chain = *chain = NextChain(record, *chain);
  Store(record, 0, header);
  return record;
}

bool HeaderFollows(const RecordHeader& header, uint32_t chain) {
  return header.size >= kRecordHeaderBytes && header.check == HeaderCheck(header, chain);
}

bool RecordFollows(ConstBytes bytes, uint32_t chain) {
  if (bytes.size() < kRecordHeaderBytes) return false;
  const RecordHeader header = Load<RecordHeader>(bytes, 0);
  if (!HeaderFollows(header, chain) || header.size > bytes.size()) return false;
  return header.chain == NextChain(bytes.first(header.size), chain);
}

void AppendPageChange(std::vector<std::byte>* fields, const PageChange& change) {
  const PageFields fixed{change.before,
                         change.after,
                         change.database,
                         change.page,
                         change.transaction,
                         change.tree.object,
                         change.tree.root,
                         change.flags,
                         change.previous,
                         change.next,
                         static_cast<uint32_t>(change.data.size()),
                         static_cast<uint32_t>(change.old.size()),
                         change.slot,
                         change.op,
                         change.edit,
                         change.undo,
                         {}};
  fields->reserve(fields->size() + sizeof fixed + change.data.size() + change.old.size());
  AppendValue(fields, fixed);
  AppendBytes(fields, change.data);
  AppendBytes(fields, change.old);
}

Err DecodePageChanges(ConstBytes fields, std::vector<PageChange>* changes) {
  changes->clear();
  while (!fields.empty()) {
    if (fields.size() < sizeof(PageFields)) return JET_errLogFileCorrupt;
    const auto fixed = Load<PageFields>(fields, 0);
    const size_t bytes = sizeof fixed + size_t{fixed.data_bytes} + fixed.old_bytes;
    if (fields.size() < bytes || fixed.op > PageOp::kSetPrevious || fixed.edit > RowEdit::kDelete) {
      return JET_errLogFileCorrupt;
    }
    changes->push_back({.database = fixed.database,
                        .page = fixed.page,
                        .transaction = fixed.transaction,
                        .tree = {fixed.object, fixed.root},
                        .before = fixed.before,
                        .after = fixed.after,
                        .flags = fixed.flags,
                        .previous = fixed.previous,
                        .next = fixed.next,
                        .slot = fixed.slot,
                        .op = fixed.op,
                        .edit = fixed.edit,
                        .undo = fixed.undo != 0,
                        .data = fields.subspan(sizeof fixed, fixed.data_bytes),
                        .old = fields.subspan(sizeof fixed + fixed.data_bytes, fixed.old_bytes)});
    fields = fields.subspan(bytes);
  }
  return JET_errSuccess;
}

void AppendPageRow(std::vector<std::byte>* rows, ConstBytes row, bool deleted) {
  AppendValue(rows, static_cast<uint16_t>(row.size()));
  AppendValue(rows, static_cast<uint8_t>(deleted));
  AppendBytes(rows, row);
}

void AppendPageRow(std::vector<std::byte>* rows, const PageView& page, unsigned slot) {
  AppendPageRow(rows, page.Row(slot), page.deleted(slot));
}

namespace {

bool CanFormat(const PageChange& change, const PageView& page) {
  ConstBytes rows = change.data;
  size_t bytes = 0;
  for (ListedRow listed; TakeRow(&rows, &listed);) {
    if (!IsRow(listed.row, (change.flags & kPageLeaf) != 0)) return false;
    bytes += listed.row.size() + kTagBytes;
  }
  return rows.empty() && bytes <= RowSpace(page.bytes(), (change.flags & kPageRoot) != 0);
}

/// The slots fall, so that removing one does not move the next.
bool CanPurge(const PageChange& change, const PageView& page) {
  unsigned limit = page.row_count();
  for (size_t at = 0; at + sizeof(uint16_t) <= change.data.size(); at += sizeof(uint16_t)) {
    const unsigned slot = Load<uint16_t>(change.data, at);
    if (slot >= limit) return false;
    limit = slot;
  }
  return true;
}

void ApplyFormat(const PageChange& change, PageView page) {
  page.Format(change.tree.object, change.flags, change.previous, change.next, change.after);
  ConstBytes rows = change.data;
  for (ListedRow listed; TakeRow(&rows, &listed);) {
    const unsigned slot = page.row_count();
    page.InsertRow(slot, listed.row);
    page.set_deleted(slot, listed.deleted);
  }
}

void ApplyPurge(const PageChange& change, PageView page) {
  for (size_t at = 0; at + sizeof(uint16_t) <= change.data.size(); at += sizeof(uint16_t)) {
    page.DeleteRow(Load<uint16_t>(change.data, at));
  }
}

void ApplyTruncate(const PageChange& change, PageView page) {
  while (page.row_count() > change.slot) page.DeleteRow(page.row_count() - 1);
  page.set_next(change.next);
}

}  // namespace

bool CanApply(const PageChange& change, const PageView& page) {
  const bool at_row = change.slot < page.row_count();
  switch (change.op) {
    case PageOp::kFormat:
      return CanFormat(change, page);
    case PageOp::kInsert:
      return change.slot <= page.row_count() && IsRow(change.data, page.leaf()) &&
             page.HasRoomFor(change.data.size());
    case PageOp::kReplace:
      return at_row && IsRow(change.data, page.leaf()) &&
             page.FreeBytes() + page.Row(change.slot).size() >= change.data.size();
    case PageOp::kRemove:
    case PageOp::kDelete:
      return at_row;
    case PageOp::kPurge:
      return CanPurge(change, page);
    case PageOp::kTruncate:
      return change.slot <= page.row_count();
    case PageOp::kSetPrevious:
      return true;
  }
  return false;
}

void ApplyPageChange(const PageChange& change, PageView page) {
  switch (change.op) {
    case PageOp::kFormat:
      ApplyFormat(change, page);
      break;
    case PageOp::kInsert:
      page.InsertRow(change.slot, change.data);
      break;
    case PageOp::kReplace:
      page.DeleteRow(change.slot);
      page.InsertRow(change.slot, change.data);
      break;
    case PageOp::kRemove:
      page.DeleteRow(change.slot);
      break;
    case PageOp::kDelete:
      page.set_deleted(change.slot, true);
      break;
    case PageOp::kPurge:
      ApplyPurge(change, page);
      break;
    case PageOp::kTruncate:
      ApplyTruncate(change, page);
      break;
    case PageOp::kSetPrevious:
      page.set_previous(change.previous);
      break;
  }
  page.set_dbtime(change.after);
}

}  // namespace backstop::engine
