// SPDX-License-Identifier: MIT
// The pages of a database in memory: loading, changing, redoing, finding room.
#include <algorithm>

#include "impl/engine/database.h"

namespace backstop::engine {
namespace {

/// A database grows by so many pages at a time.
constexpr uint32_t kGrowthPages = 8;

}  // namespace

Err Database::Load(env::MutexLock& lock, uint32_t number, bool* released) {
  if (number == 0 || number > frames_.size()) return JET_errDatabaseCorrupted;
  if (frames_[number - 1] != nullptr) return JET_errSuccess;
  *released = true;
  lock.Unlock();
  auto loaded = std::make_unique<Frame>();
  loaded->bytes.resize(page_bytes());
  const Err err = file_.ReadPages(number, loaded->bytes);
  if (err >= 0) loaded->sound = loaded->view().IsWellFormed();
  lock.Lock();
  if (err < 0) return err;
  // Whoever was faster may have changed its copy already.
  if (frames_[number - 1] == nullptr) frames_[number - 1] = std::move(loaded);
  return JET_errSuccess;
}

/// All changes of one call are in one record, so that redo does all of them or none.
Err Database::Change(std::vector<PageChange> changes) {
  uint64_t dbtime = dbtime_;
  std::vector<std::byte> record;
  std::map<uint32_t, uint64_t> changed;  // several changes of a page follow each other
  for (PageChange& change : changes) {
    const auto [last, first] = changed.try_emplace(change.page, At(change.page).view().dbtime());
    change.database = id();
    change.before = last->second;
    change.after = last->second = dbtime = std::max(dbtime, change.before) + 1;
    if (logged_) AppendPageChange(&record, change);
  }
  if (logged_) {
    if (const Err err = log_.Append(RecordType::kPages, record); err < 0) return err;
  }
  dbtime_ = dbtime;
  for (const PageChange& change : changes) {
    Frame& frame = At(change.page);
    ApplyPageChange(change, frame.view());
    frame.dirty = frame.sound = true;
  }
  return JET_errSuccess;
}

Err Database::Redo(const PageChange& change) {
  env::MutexLock lock(mutex_);
  bool released = false;
  if (const Err err = Load(lock, change.page, &released); err < 0) return err;
  Frame& frame = At(change.page);
  const PageView page = frame.view();
  last_object_ = std::max(last_object_, change.tree.object);
  dbtime_ = std::max(dbtime_, change.after);
  if (page.dbtime() >= change.after) return JET_errSuccess;
  if (page.dbtime() != change.before) return JET_errDatabaseCorrupted;
  const bool usable = frame.sound || change.op == PageOp::kFormat;
  if (!usable || !CanApply(change, page)) return JET_errDatabaseCorrupted;
  ApplyPageChange(change, page);
  frame.dirty = frame.sound = true;
  return JET_errSuccess;
}

/// The file may hold some of these pages, whole or torn, and even newer ones.
Err Database::RedoExtend(uint32_t first, uint32_t end) {
  const uint32_t present = std::min(std::max(file_.CountPages() + 1, first), end);
  std::vector<std::byte> page(page_bytes());
  for (uint32_t number = first; number < present; ++number) {
    if (file_.ReadPages(number, page) >= 0) continue;
    if (const Err err = file_.FormatPages(number, number + 1); err < 0) return err;
  }
  if (present < end) {
    if (const Err err = file_.FormatPages(present, end); err < 0) return err;
  }
  env::MutexLock lock(mutex_);
  if (frames_.size() + 1 < end) SetPageCount(end - 1);
  return JET_errSuccess;
}

Err Database::IsEmpty(env::MutexLock& lock, uint32_t number, bool* empty, bool* released) {
  if (const Err err = Load(lock, number, released); err < 0) return err;
  *empty = (At(number).view().flags() & kPageEmpty) != 0;
  return JET_errSuccess;
}

/// Pages are taken from the front and never given back, so in each of the two parts that the shadow
/// catalog separates the empty ones come last.
Err Database::FindFirstEmptyPage(env::MutexLock& lock) {
  bool empty = false, released = false;
  if (const Err err = IsEmpty(lock, kShadowCatalogPage - 1, &empty, &released); err < 0) return err;
  uint32_t low = empty ? kCatalogPage + 1 : kShadowCatalogPage + 1;
  auto high = empty ? kShadowCatalogPage - 1 : static_cast<uint32_t>(frames_.size() + 1);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (const Err err = IsEmpty(lock, middle, &empty, &released); err < 0) return err;
    if (empty) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  first_empty_ = std::max(first_empty_, low);
  return JET_errSuccess;
}

Err Database::FindEmptyPage(env::MutexLock& lock, uint32_t* number, bool* released) {
  if (first_empty_ == 0) {
    *released = true;
    if (const Err err = FindFirstEmptyPage(lock); err < 0) return err;
  }
  for (bool empty = false;;) {
    if (first_empty_ > frames_.size()) {
      *released = true;
      if (const Err err = Extend(lock); err < 0) return err;
    }
    *number = first_empty_;
    if (const Err err = IsEmpty(lock, *number, &empty, released); err < 0) return err;
    if (empty) return JET_errSuccess;
    first_empty_ = std::max(first_empty_, *number + 1);  // others may have looked further meanwhile
  }
}

/// The record comes first: redo then repairs pages that a crash left half made.
Err Database::Extend(env::MutexLock& lock) {
  while (extending_) extended_.Wait(lock);
  if (first_empty_ <= frames_.size()) return JET_errSuccess;
  extending_ = true;
  const auto first = static_cast<uint32_t>(frames_.size() + 1);
  const uint32_t end = first + kGrowthPages;
  lock.Unlock();
  std::vector<std::byte> fields;
  AppendValue(&fields, id());
  AppendValue(&fields, first);
  AppendValue(&fields, end);
  Err err = logged_ ? log_.Append(RecordType::kExtend, fields) : JET_errSuccess;
  if (err >= 0) err = log_.Flush();
  if (err >= 0) err = file_.FormatPages(first, end);
  lock.Lock();
  if (err >= 0) SetPageCount(end - 1);
  extending_ = false;
  extended_.NotifyAll();
  return err;
}

}  // namespace backstop::engine
