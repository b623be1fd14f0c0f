// SPDX-License-Identifier: MIT
// The pages of a database in memory: loading, changing, redoing, finding room.
#include <algorithm>

#include "impl/engine/database.h"

namespace backstop::engine {
namespace {

/// A database grows by a quarter, within these limits.
constexpr size_t kGrowthPagesMin = 8;
constexpr size_t kGrowthPagesMax = 1024;

/// What pages in memory may take before those that can be read again leave it.
constexpr size_t kCacheBytes = 16 << 20;

Key FreePageKey(uint32_t number) {
  Key key;
  AppendBigEndian(&key, number);
  return key;
}

}  // namespace

void Database::Shrink() {
  const size_t most = kCacheBytes / page_bytes();
  if (resident_ <= std::max(most, shrink_above_) || flushing_) return;
  for (auto& frame : frames_) {
    if (frame == nullptr || frame->dirty) continue;
    frame.reset();
    --resident_;
  }
  shrink_above_ = 2 * resident_;  // looking through all of them has to pay off
}

Err Database::Load(env::MutexLock& lock, uint32_t number, bool* released) {
  if (number == 0) return JET_errDatabaseCorrupted;
  // A page that was referred to was written once.
  if (number > frames_.size()) return JET_errReadLostFlushVerifyFailure;
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
  if (frames_[number - 1] != nullptr) return JET_errSuccess;
  frames_[number - 1] = std::move(loaded);
  ++resident_;
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
  if (change.page > frames_.size()) return JET_errFileIOBeyondEOF;
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
  if (first == 0 || end < first || end - first > kGrowthPagesMax) return JET_errLogFileCorrupt;
  // Whatever comes before was there when this was logged.
  if (file_.CountPages() + 1 < first) return JET_errFileIOBeyondEOF;
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

/// JET_errSuccess and 0 if none is listed.
Err Database::FindFreePage(env::MutexLock& lock, uint32_t* number, bool* released) {
  *number = 0;
  if (const Err err = Load(lock, kFreePagesPage, released); err < 0) return err;
  const Frame& frame = At(kFreePagesPage);
  if (!frame.sound) return JET_errDatabaseCorrupted;
  const PageView list = At(kFreePagesPage).view();
  if (list.row_count() == 0) return JET_errSuccess;
  *number = static_cast<uint32_t>(NumberOf(list.KeyOf(0)));
  bool empty = false;
  const Err err = IsEmpty(lock, *number, &empty, released);
  return err >= 0 && !empty && !*released ? JET_errDatabaseCorrupted : err;
}

void Database::AddTaking(uint32_t number, std::vector<PageChange>* changes) {
  const PageView list = At(kFreePagesPage).view();
  const Key key = FreePageKey(number);
  const unsigned slot = list.LowerBound(key);
  if (!list.Holds(slot, key)) return;
  changes->push_back({.page = kFreePagesPage,
                      .tree = {kDatabaseObject, kFreePagesPage},
                      .slot = static_cast<uint16_t>(slot),
                      .op = PageOp::kRemove});
}

/// The list is one page. Pages that it has no room for are empty all the same and may be found when
/// the database is opened again.
void Database::AddFreeing(std::vector<uint32_t> pages, std::vector<std::vector<std::byte>>* rows,
                          std::vector<PageChange>* changes) {
  const TreeId tree{kDatabaseObject, kFreePagesPage};
  const PageView list = At(kFreePagesPage).view();
  std::sort(pages.begin(), pages.end());
  size_t room = list.FreeBytes();
  unsigned listed = 0;
  rows->reserve(pages.size());
  for (const uint32_t number : pages) {
    changes->push_back({.page = number, .flags = kPageEmpty, .op = PageOp::kFormat});
    const Key key = FreePageKey(number);
    const std::vector<std::byte> row = MakeBranchRow(key, 1);
    if (room < row.size() + kTagBytes) continue;
    room -= row.size() + kTagBytes;
    rows->push_back(row);
    const auto slot = static_cast<uint16_t>(list.LowerBound(key) + listed++);
    changes->push_back({.page = kFreePagesPage,
                        .tree = tree,
                        .slot = slot,
                        .op = PageOp::kInsert,
                        .data = rows->back()});
  }
}

Err Database::FindEmptyPage(env::MutexLock& lock, uint32_t* number, bool* released) {
  if (const Err err = FindFreePage(lock, number, released); err < 0) return err;
  if (*number != 0 || *released) return JET_errSuccess;
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
  const size_t growth = std::clamp(frames_.size() / 4, kGrowthPagesMin, kGrowthPagesMax);
  const auto end = static_cast<uint32_t>(first + growth);
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
