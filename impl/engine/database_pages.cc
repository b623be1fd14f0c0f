// SPDX-License-Identifier: MIT
// The pages of a database in memory: loading, changing, redoing, finding room.
#include <algorithm>

#include "impl/engine/database.h"

namespace backstop::engine {
namespace {

/// A database grows by so many pages at a time.
constexpr uint32_t kGrowthPages = 8;

}  // namespace

Err Database::Pin(env::MutexLock& lock, uint32_t number, Frame** frame) {
  if (number == 0 || number > frames_.size()) return JET_errDatabaseCorrupted;
  if (frames_[number - 1] == nullptr) {
    lock.Unlock();
    auto loaded = std::make_unique<Frame>();
    loaded->bytes.resize(page_bytes());
    const Err err = file_.ReadPages(number, loaded->bytes);
    lock.Lock();
    if (err < 0) return err;
    // Whoever was faster may have changed its copy already.
    if (frames_[number - 1] == nullptr) frames_[number - 1] = std::move(loaded);
  }
  *frame = frames_[number - 1].get();
  return JET_errSuccess;
}

Err Database::Change(uint32_t number, Frame* frame, PageChange change) {
  PageView page(frame->bytes);
  change.database = id();
  change.page = number;
  change.before = page.dbtime();
  change.after = std::max(dbtime_, change.before) + 1;
  if (logged_) {
    const Err err = log_.Append(RecordType::kPage, EncodePageChange(change));
    if (err < 0) return err;
  }
  dbtime_ = change.after;
  ApplyPageChange(change, page);
  frame->dirty = true;
  return JET_errSuccess;
}

Err Database::Redo(const PageChange& change) {
  env::MutexLock lock(mutex_);
  Frame* frame = nullptr;
  if (const Err err = Pin(lock, change.page, &frame); err < 0) return err;
  PageView page(frame->bytes);
  last_object_ = std::max(last_object_, change.object);
  dbtime_ = std::max(dbtime_, change.after);
  if (page.dbtime() >= change.after) return JET_errSuccess;
  if (page.dbtime() != change.before) return JET_errDatabaseCorrupted;
  ApplyPageChange(change, page);
  frame->dirty = true;
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

Err Database::FindEmptyPage(env::MutexLock& lock, uint32_t* number, Frame** frame) {
  for (;;) {
    if (empty_hint_ > frames_.size()) {
      if (const Err err = Extend(lock); err < 0) return err;
    }
    *number = empty_hint_;
    if (const Err err = Pin(lock, *number, frame); err < 0) return err;
    if ((PageView((*frame)->bytes).flags() & kPageEmpty) != 0) return JET_errSuccess;
    empty_hint_ = std::max(empty_hint_, *number + 1);  // others may have looked further meanwhile
  }
}

/// The record comes first: redo then repairs pages that a crash left half made.
Err Database::Extend(env::MutexLock& lock) {
  while (extending_) extended_.Wait(lock);
  if (empty_hint_ <= frames_.size()) return JET_errSuccess;
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
