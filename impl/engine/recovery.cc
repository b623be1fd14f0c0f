// SPDX-License-Identifier: MIT
#include "impl/engine/recovery.h"

#include <utility>

namespace backstop::engine {

Err Recovery::Redo(LogReader& reader, ConstBytes attachments) {
  first_generation_ = reader.position().generation;
  std::vector<Attachment> list;
  if (const Err err = DecodeAttachments(attachments, &list); err < 0) return err;
  for (const Attachment& attachment : list) {
    if (const Err err = RedoAttach(attachment, false); err < 0) return err;
  }
  for (;;) {
    Record record;
    bool end = false;
    if (const Err err = reader.Next(&record, &end); err < 0) return err;
    if (end) return JET_errSuccess;
    if (const Err err = RedoRecord(record); err < 0) return err;
  }
}

namespace {

/// The fields that a record of the type has at least.
size_t FieldBytes(RecordType type) {
  switch (type) {
    case RecordType::kBegin:
    case RecordType::kCommit:
    case RecordType::kRollback:
    case RecordType::kDetach:
      return sizeof(uint32_t);
    case RecordType::kExtend:
      return 3 * sizeof(uint32_t);
    default:
      return 0;
  }
}

}  // namespace

Err Recovery::RedoRecord(const Record& record) {
  if (record.fields.size() < FieldBytes(record.type)) return JET_errLogFileCorrupt;
  switch (record.type) {
    case RecordType::kBegin:
      open_[Load<uint32_t>(record.fields, 0)];
      return JET_errSuccess;
    case RecordType::kCommit:
    case RecordType::kRollback:
      open_.erase(Load<uint32_t>(record.fields, 0));
      return JET_errSuccess;
    case RecordType::kPages:
      return RedoPages(record.fields);
    case RecordType::kExtend:
      return RedoExtend(record.fields);
    case RecordType::kCreate:
    case RecordType::kAttach: {
      std::vector<Attachment> list;
      if (const Err err = DecodeAttachments(record.fields, &list); err < 0) return err;
      if (list.empty()) return JET_errLogFileCorrupt;
      return RedoAttach(list.front(), record.type == RecordType::kCreate);
    }
    case RecordType::kDetach:
      return RedoDetach(Load<uint32_t>(record.fields, 0));
    case RecordType::kNone:
    case RecordType::kEndOfGeneration:
    case RecordType::kBackup:
      return JET_errSuccess;
  }
  return JET_errLogFileCorrupt;
}

/// A database that is not attached here was shut down cleanly later on: it needs nothing.
Err Recovery::RedoPages(ConstBytes fields) {
  std::vector<PageChange> changes;
  if (const Err err = DecodePageChanges(fields, &changes); err < 0) return err;
  for (const PageChange& change : changes) {
    if (const Err err = NoteRowChange(change); err < 0) return err;
    const auto database = databases_.find(change.database);
    if (database == databases_.end()) continue;
    if (const Err err = database->second->Redo(change); err < 0) return err;
  }
  return JET_errSuccess;
}

/// Changes are taken back in the reverse order, so each undo answers the last one.
Err Recovery::NoteRowChange(const PageChange& change) {
  if (change.edit == RowEdit::kNone) return JET_errSuccess;
  if (!IsRow(change.data, true)) return JET_errLogFileCorrupt;
  std::vector<RowChange>& rows = open_[change.transaction];
  if (change.undo) {
    // Redo may begin within a transaction that ended before the checkpoint was placed.
    if (!rows.empty()) rows.pop_back();
    return JET_errSuccess;
  }
  RowState before;
  if (change.edit != RowEdit::kInsert) before.emplace(change.old.begin(), change.old.end());
  rows.push_back(
      {change.database, change.tree, Key(RowKey(change.data)), change.edit, std::move(before)});
  return JET_errSuccess;
}

Err Recovery::RedoExtend(ConstBytes fields) {
  const auto database = databases_.find(Load<uint32_t>(fields, 0));
  if (database == databases_.end()) return JET_errSuccess;
  return database->second->RedoExtend(Load<uint32_t>(fields, 4), Load<uint32_t>(fields, 8));
}

std::string Recovery::PlaceOf(const std::string& path) const {
  if (restore_ == nullptr) return path;
  const auto place = restore_->places.find(path);
  return place == restore_->places.end() ? path : place->second;
}

Err Recovery::CheckRedoable(const Database& database) const {
  const DatabaseHeader& header = database.header_as_opened();
  if (header.full_cur.genLow == 0 || header.full_cur.genHigh != 0) return JET_errSuccess;
  if (restore_ != nullptr) return JET_errFileNotFound;  // nobody asked for it
  const bool covered = header.full_cur.genLow >= first_generation_;
  return covered ? JET_errSoftRecoveryOnBackupDatabase : JET_errRequiredLogFilesMissing;
}

Err Recovery::CheckNoneMissing() const {
  const bool ignores = restore_ == nullptr ? ignores_missing_ : !restore_->all_databases;
  return missing_.empty() || ignores ? JET_errSuccess : JET_errAttachedDatabaseMismatch;
}

Err Recovery::RedoAttach(const Attachment& logged, bool create) {
  if (databases_.contains(logged.id)) return JET_errSuccess;
  Attachment attachment = logged;
  attachment.path = PlaceOf(logged.path);
  const Err err = Open(attachment, create);
  if (err >= 0) missing_.erase(attachment.id);
  if (err != JET_errFileNotFound) return err;
  missing_[attachment.id] = attachment;  // fine if it is detached later on
  return JET_errSuccess;
}

/// A file that is gone or was never finished is made again by the record that made it first. A file
/// of another database that took the place is left alone: this one must have been detached.
Err Recovery::Open(const Attachment& attachment, bool create) {
  auto database = std::make_unique<Database>(env_, log_, versions_, attachment, page_bytes_);
  Err err = database->Open();
  bool unmade = err == JET_errFileNotFound || err == JET_errDatabaseCorrupted;
  if (err >= 0 && database->SameFile()) {
    unmade = database->page_count() < kInitialPages;
  } else if (err >= 0) {
    err = JET_errFileNotFound;
  }
  if (err >= 0) err = CheckRedoable(*database);
  const bool builds = restore_ == nullptr || restore_->builds_missing;
  if (create && unmade && builds) {
    database = std::make_unique<Database>(env_, log_, versions_, attachment, page_bytes_);
    err = database->Create(true, true, true);
  }
  // Redo counts a header like any page that it cannot read.
  if (err == JET_errDatabaseCorrupted && restore_ == nullptr) err = JET_errReadVerifyFailure;
  if (err >= 0) err = database->RestoreTornPages();
  if (err >= 0) databases_[attachment.id] = std::move(database);
  return err;
}

Err Recovery::RedoDetach(uint32_t id) {
  missing_.erase(id);
  const auto database = databases_.find(id);
  if (database == databases_.end()) return JET_errSuccess;
  const Err err = database->second->ShutDown();
  databases_.erase(database);
  return err;
}

std::vector<std::byte> Recovery::Attached() const {
  std::vector<Attachment> list;
  for (const auto& [id, database] : databases_) list.push_back(database->identity());
  return EncodeAttachments(list);
}

Err Recovery::Undo() {
  log_.SetAttachments(Attached());
  for (auto& [transaction, rows] : open_) {
    for (; !rows.empty(); rows.pop_back()) {
      const auto database = databases_.find(rows.back().database);
      if (database == databases_.end()) continue;
      const Err err = database->second->TakeBack(transaction, rows.back());
      if (err < 0) return err;
    }
    std::vector<std::byte> fields;
    AppendValue(&fields, transaction);
    if (const Err err = log_.Append(RecordType::kRollback, fields); err < 0) return err;
  }
  return JET_errSuccess;
}

Err Recovery::Finish() {
  if (const Err err = CheckNoneMissing(); err < 0) return err;
  while (!databases_.empty()) {
    auto [id, database] = std::move(*databases_.begin());
    databases_.erase(databases_.begin());
    if (database->header_as_opened().generation_max_required > log_.current_generation()) {
      return JET_errRequiredLogFilesMissing;
    }
    if (const Err err = database->ShutDown(); err < 0) return err;
    if (restore_ != nullptr && restore_->verify_pages) {
      if (const Err err = database->VerifyPages(); err < 0) return err;
    }
    std::vector<std::byte> fields;
    AppendValue(&fields, id);
    const Err err = log_.AppendAttachmentChange(RecordType::kDetach, fields, Attached());
    if (err < 0) return err;
  }
  return log_.Flush();
}

}  // namespace backstop::engine
