// SPDX-License-Identifier: MIT
// Tables as chains of leaf pages: appending rows, taking them back, walking them.
#include "impl/engine/database.h"

namespace backstop::engine {

Err Database::FindTable(env::MutexLock& lock, uint32_t object, uint32_t root, Table** table) {
  const auto known = tables_.find(object);
  if (known != tables_.end()) {
    *table = &known->second;
    return JET_errSuccess;
  }
  Table found{root, 1};
  for (uint32_t next = root; next != 0;) {
    Frame* frame = nullptr;
    if (const Err err = Pin(lock, next, &frame); err < 0) return err;
    const PageView page(frame->bytes);
    if (page.row_count() > 0) found.next_key = RowKey(page.Row(page.row_count() - 1)) + 1;
    found.last_page = next;
    next = page.next();
  }
  // If somebody else was faster, this one knows already what was appended since.
  *table = &tables_.try_emplace(object, found).first->second;
  return JET_errSuccess;
}

/// Changes of structure are not taken back: an empty page at the end of a table does no harm.
Err Database::AppendPage(env::MutexLock& lock, Transaction& transaction, uint32_t object,
                         Table* table) {
  const uint32_t last = table->last_page;
  uint32_t number = 0;
  Frame* fresh = nullptr;
  if (const Err err = FindEmptyPage(lock, &number, &fresh); err < 0) return err;
  if (table->last_page != last) return JET_errSuccess;
  Err err = Change(number, fresh,
                   {.transaction = transaction.id,
                    .object = object,
                    .flags = kPageLeaf,
                    .link = last,
                    .op = PageOp::kFormat});
  if (err < 0) return err;
  err = Change(
      last, frames_[last - 1].get(),
      {.transaction = transaction.id, .object = object, .link = number, .op = PageOp::kSetNext});
  if (err >= 0) table->last_page = number;
  return err;
}

Err Database::BeginChange(Transaction& transaction) {
  if (read_only_) return JET_errPermissionDenied;
  if (transaction.begin_logged || !logged_) return JET_errSuccess;
  std::vector<std::byte> fields;
  AppendValue(&fields, transaction.id);
  const Err err = log_.Append(RecordType::kBegin, fields);
  transaction.begin_logged = err >= 0;
  return err;
}

Err Database::InsertRow(Transaction& transaction, uint32_t object, uint32_t root, ConstBytes record,
                        uint64_t* key) {
  const size_t row_bytes = kRowOverhead + record.size();
  if (row_bytes > RowBytesMax(page_bytes())) return JET_errRecordTooBig;
  if (const Err err = BeginChange(transaction); err < 0) return err;
  env::MutexLock lock(mutex_);
  Table* table = nullptr;
  if (const Err err = FindTable(lock, object, root, &table); err < 0) return err;
  Frame* frame = nullptr;
  for (;;) {
    const uint32_t last = table->last_page;
    if (const Err err = Pin(lock, last, &frame); err < 0) return err;
    if (last != table->last_page) continue;
    if (PageView(frame->bytes).HasRoomFor(row_bytes)) break;
    if (const Err err = AppendPage(lock, transaction, object, table); err < 0) return err;
  }
  *key = table->next_key;
  const RowName name{id(), object, *key};
  versions_.Insert(name, transaction);
  const std::vector<std::byte> row = MakeRow(*key, record);
  const auto slot = static_cast<uint16_t>(PageView(frame->bytes).row_count());
  const Err err = Change(table->last_page, frame,
                         {.transaction = transaction.id,
                          .object = object,
                          .key = *key,
                          .slot = slot,
                          .op = PageOp::kInsert,
                          .row = row});
  if (err < 0) {
    versions_.TakeBack(name);
    return err;
  }
  ++table->next_key;
  transaction.inserts.push_back({id(), table->last_page, object, *key});
  return JET_errSuccess;
}

Err Database::TakeBackRow(uint32_t transaction, const InsertedRow& row) {
  env::MutexLock lock(mutex_);
  Frame* frame = nullptr;
  if (const Err err = Pin(lock, row.page, &frame); err < 0) return err;
  const PageView page(frame->bytes);
  const unsigned slot = page.LowerBound(row.row);
  if (slot == page.row_count() || RowKey(page.Row(slot)) != row.row) return JET_errInternalError;
  const Err err = Change(row.page, frame,
                         {.transaction = transaction,
                          .object = row.object,
                          .key = row.row,
                          .slot = static_cast<uint16_t>(slot),
                          .op = PageOp::kDelete});
  if (err >= 0) versions_.TakeBack({id(), row.object, row.row});
  return err;
}

Err Database::NextRow(const Transaction& transaction, uint32_t object, RowPlace* place,
                      std::vector<std::byte>* record) {
  env::MutexLock lock(mutex_);
  for (uint32_t number = place->page; number != 0;) {
    Frame* frame = nullptr;
    if (const Err err = Pin(lock, number, &frame); err < 0) return err;
    const PageView page(frame->bytes);
    const Versions::View view(versions_, transaction);
    for (unsigned slot = page.LowerBound(place->key + 1); slot < page.row_count(); ++slot) {
      const ConstBytes row = page.Row(slot);
      if (!view.Sees({id(), object, RowKey(row)})) continue;
      *place = {number, RowKey(row)};
      record->assign(RowRecord(row).begin(), RowRecord(row).end());
      return JET_errSuccess;
    }
    number = page.next();
  }
  return JET_errNoCurrentRecord;
}

Err Database::PreviousRow(const Transaction& transaction, uint32_t object, RowPlace* place,
                          std::vector<std::byte>* record) {
  env::MutexLock lock(mutex_);
  for (uint32_t number = place->page; number != 0;) {
    Frame* frame = nullptr;
    if (const Err err = Pin(lock, number, &frame); err < 0) return err;
    const PageView page(frame->bytes);
    const Versions::View view(versions_, transaction);
    for (unsigned slot = page.LowerBound(place->key); slot > 0; --slot) {
      const ConstBytes row = page.Row(slot - 1);
      if (!view.Sees({id(), object, RowKey(row)})) continue;
      *place = {number, RowKey(row)};
      record->assign(RowRecord(row).begin(), RowRecord(row).end());
      return JET_errSuccess;
    }
    number = page.previous();
  }
  return JET_errNoCurrentRecord;
}

Err Database::LastPage(uint32_t object, uint32_t root, uint32_t* page) {
  env::MutexLock lock(mutex_);
  Table* table = nullptr;
  if (const Err err = FindTable(lock, object, root, &table); err < 0) return err;
  *page = table->last_page;
  return JET_errSuccess;
}

Err Database::TakeNumber(uint32_t object, uint32_t root, uint64_t* key) {
  env::MutexLock lock(mutex_);
  Table* table = nullptr;
  if (const Err err = FindTable(lock, object, root, &table); err < 0) return err;
  *key = table->next_key++;
  return JET_errSuccess;
}

Err Database::CreateObject(Transaction& transaction, uint32_t* object, uint32_t* root) {
  if (const Err err = BeginChange(transaction); err < 0) return err;
  env::MutexLock lock(mutex_);
  Frame* frame = nullptr;
  if (const Err err = FindEmptyPage(lock, root, &frame); err < 0) return err;
  *object = ++last_object_;
  return Change(*root, frame,
                {.transaction = transaction.id,
                 .object = *object,
                 .flags = kPageRoot | kPageLeaf,
                 .op = PageOp::kFormat});
}

}  // namespace backstop::engine
