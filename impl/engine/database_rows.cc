// SPDX-License-Identifier: MIT
// Rows of trees: adding, replacing, deleting and taking that back.
#include "impl/engine/database.h"

namespace backstop::engine {
namespace {

size_t RowBytesOf(KeyView key, ConstBytes record) { return RowBytes(key.size(), record.size()); }

/// Whether a row of so many bytes can be at `slot`, where a row with its key may be already.
bool HasRoom(const PageView& page, unsigned slot, bool held, size_t row_bytes) {
  if (!held) return page.HasRoomFor(row_bytes);
  return page.FreeBytes() + page.Row(slot).size() >= row_bytes;
}

}  // namespace

Err Database::BeginChange(Transaction& transaction) {
  if (read_only_) return JET_errPermissionDenied;
  if (transaction.begin_logged || !logged_) return JET_errSuccess;
  std::vector<std::byte> fields;
  AppendValue(&fields, transaction.id);
  const Err err = log_.Append(RecordType::kBegin, fields);
  transaction.begin_logged = err >= 0;
  return err;
}

Err Database::InsertRow(Transaction& transaction, TreeId tree, KeyView key, ConstBytes record) {
  if (const Err err = BeginChange(transaction); err < 0) return err;
  env::MutexLock lock(mutex_);
  return WriteRow(lock, transaction, tree, {RowEdit::kInsert, key, record});
}

Err Database::AppendRow(Transaction& transaction, TreeId tree, ConstBytes record, Key* key) {
  if (const Err err = BeginChange(transaction); err < 0) return err;
  env::MutexLock lock(mutex_);
  uint64_t* next = nullptr;
  if (const Err err = FindNumber(lock, tree, sizeof(uint64_t), &next); err < 0) return err;
  *key = NumberedKey((*next)++);
  return WriteRow(lock, transaction, tree, {RowEdit::kInsert, *key, record});
}

Err Database::ReplaceRow(Transaction& transaction, TreeId tree, KeyView key, ConstBytes record) {
  if (const Err err = BeginChange(transaction); err < 0) return err;
  env::MutexLock lock(mutex_);
  return WriteRow(lock, transaction, tree, {RowEdit::kReplace, key, record});
}

Err Database::DeleteRow(Transaction& transaction, TreeId tree, KeyView key) {
  if (const Err err = BeginChange(transaction); err < 0) return err;
  env::MutexLock lock(mutex_);
  return WriteRow(lock, transaction, tree, {RowEdit::kDelete, key, {}});
}

Err Database::WriteRow(env::MutexLock& lock, Transaction& transaction, TreeId tree,
                       const Edit& edit) {
  Shrink();
  const size_t bytes = RowBytesOf(edit.key, edit.record);
  if (bytes > RowBytesMax(page_bytes())) return JET_errRecordTooBig;
  for (Path path;;) {
    if (const Err err = Descend(lock, tree, &edit.key, &path); err < 0) return err;
    const uint32_t number = path.back().page;
    const PageView page = At(number).view();
    const unsigned slot = page.LowerBound(edit.key);
    const bool held = page.Holds(slot, edit.key);
    const bool present = held && !page.deleted(slot);
    if (present == (edit.kind == RowEdit::kInsert)) return Refusal(transaction, tree, edit);
    if (edit.kind == RowEdit::kDelete || HasRoom(page, slot, held, bytes)) {
      return ApplyEdit(transaction, tree, edit, number, slot);
    }
    const Err err = MakeRoom(lock, transaction.id, tree, path, slot);
    if (err < 0) return err;
  }
}

/// What another transaction did meanwhile comes before what the row looks like because of it.
Err Database::Refusal(const Transaction& transaction, TreeId tree, const Edit& edit) {
  const Err err = versions_.CheckWrite({id(), tree.object, Key(edit.key)}, transaction);
  if (err < 0) return err;
  return edit.kind == RowEdit::kInsert ? JET_errKeyDuplicate : JET_errRecordDeleted;
}

Err Database::ApplyEdit(Transaction& transaction, TreeId tree, const Edit& edit, uint32_t number,
                        unsigned slot) {
  const PageView page = At(number).view();
  const bool held = page.Holds(slot, edit.key);
  RowState before;
  if (edit.kind != RowEdit::kInsert) {
    const ConstBytes record = RowRecord(page.Row(slot));
    before.emplace(record.begin(), record.end());
  }
  const RowName name{id(), tree.object, Key(edit.key)};
  if (const Err err = versions_.Add(name, transaction, before); err < 0) return err;
  const std::vector<std::byte> row = MakeRow(edit.key, edit.record);
  const PageOp write = held ? PageOp::kReplace : PageOp::kInsert;
  const Err err = Change({{.page = number,
                           .transaction = transaction.id,
                           .tree = tree,
                           .slot = static_cast<uint16_t>(slot),
                           .op = edit.kind == RowEdit::kDelete ? PageOp::kDelete : write,
                           .edit = edit.kind,
                           .data = row,
                           .old = before.has_value() ? ConstBytes(*before) : ConstBytes()}});
  if (err < 0) {
    versions_.TakeBack(name);
    return err;
  }
  transaction.changes.push_back({id(), tree, Key(edit.key), edit.kind, std::move(before)});
  return JET_errSuccess;
}

Err Database::TakeBack(uint32_t transaction, const RowChange& change) {
  env::MutexLock lock(mutex_);
  const bool absent = !change.before.has_value();
  const size_t bytes = absent ? 0 : RowBytesOf(change.key, *change.before);
  if (bytes > RowBytesMax(page_bytes())) return JET_errDatabaseCorrupted;
  const KeyView key = change.key;
  for (Path path;;) {
    if (const Err err = Descend(lock, change.tree, &key, &path); err < 0) return err;
    const uint32_t number = path.back().page;
    const PageView page = At(number).view();
    const unsigned slot = page.LowerBound(key);
    if (absent || HasRoom(page, slot, page.Holds(slot, key), bytes)) {
      const Err err = Restore(transaction, change, number, slot);
      const bool empty = err >= 0 && path.size() > 1 && At(number).view().row_count() == 0;
      return empty ? TidyLeaf(lock, change.tree, key) : err;
    }
    const Err err = MakeRoom(lock, transaction, change.tree, path, slot);
    if (err < 0) return err;
  }
}

/// Brings the row back to what it was before the change. One that was not there stays as deleted
/// while others may still see an older state of it.
Err Database::Restore(uint32_t transaction, const RowChange& change, uint32_t number,
                      unsigned slot) {
  const PageView page = At(number).view();
  const bool held = page.Holds(slot, change.key);
  const bool absent = !change.before.has_value();
  if (absent && !held) return JET_errInternalError;
  const RowName name{id(), change.tree.object, change.key};
  const PageOp leave = versions_.Count(name) > 1 ? PageOp::kDelete : PageOp::kRemove;
  const PageOp write = held ? PageOp::kReplace : PageOp::kInsert;
  const std::vector<std::byte> row =
      MakeRow(change.key, absent ? ConstBytes() : ConstBytes(*change.before));
  const Err err = Change({{.page = number,
                           .transaction = transaction,
                           .tree = change.tree,
                           .slot = static_cast<uint16_t>(slot),
                           .op = absent ? leave : write,
                           .edit = change.edit,
                           .undo = true,
                           .data = row}});
  if (err >= 0) versions_.TakeBack(name);
  return err;
}

Err Database::FindNumber(env::MutexLock& lock, TreeId tree, size_t bytes, uint64_t** next) {
  const auto known = next_numbers_.find(tree.object);
  uint64_t last = 0;
  for (bool released = known == next_numbers_.end(); released;) {
    released = false;
    Path path;
    if (const Err err = Descend(lock, tree, nullptr, &path); err < 0) return err;
    uint32_t number = path.back().page;
    while (At(number).view().row_count() == 0 && At(number).view().previous() != 0 && !released) {
      number = At(number).view().previous();
      if (const Err err = Load(lock, number, &released); err < 0) return err;
    }
    const PageView page = At(number).view();
    if (page.row_count() > 0) last = NumberOf(page.KeyOf(page.row_count() - 1).substr(0, bytes));
  }
  // If somebody else was faster, this one knows already what was given out since.
  *next = &next_numbers_.try_emplace(tree.object, last + 1).first->second;
  return JET_errSuccess;
}

Err Database::TakeNumber(TreeId tree, size_t number_bytes, uint64_t* number) {
  env::MutexLock lock(mutex_);
  uint64_t* next = nullptr;
  if (const Err err = FindNumber(lock, tree, number_bytes, &next); err < 0) return err;
  *number = (*next)++;
  return JET_errSuccess;
}

std::optional<uint64_t> Database::TakeKnownNumber(TreeId tree) {
  env::MutexLock lock(mutex_);
  const auto known = next_numbers_.find(tree.object);
  if (known == next_numbers_.end()) return std::nullopt;
  return known->second++;
}

void Database::StartNumbers(TreeId tree, uint64_t first) {
  env::MutexLock lock(mutex_);
  next_numbers_.try_emplace(tree.object, first);
}

Err Database::CreateObject(Transaction& transaction, uint32_t flags, TreeId* tree) {
  if (const Err err = BeginChange(transaction); err < 0) return err;
  env::MutexLock lock(mutex_);
  uint32_t root = 0;
  for (bool released = true; released;) {
    released = false;
    if (const Err err = FindEmptyPage(lock, &root, &released); err < 0) return err;
  }
  *tree = {++last_object_, root};
  std::vector<PageChange> changes = {{.page = root,
                                      .transaction = transaction.id,
                                      .tree = *tree,
                                      .flags = kPageRoot | kPageLeaf | flags,
                                      .op = PageOp::kFormat}};
  AddTaking(root, &changes);
  return Change(std::move(changes));
}

}  // namespace backstop::engine
