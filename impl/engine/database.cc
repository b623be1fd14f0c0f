// SPDX-License-Identifier: MIT
// Opening, flushing and closing a database, and what a backup asks of it.
#include "impl/engine/database.h"

#include <xxhash.h>

#include <algorithm>

#include "impl/engine/log_time.h"

namespace backstop::engine {

Database::Database(env::Env& env, Log& log, Versions& versions, Attachment identity,
                   uint32_t page_bytes)
    : env_(env),
      log_(log),
      versions_(versions),
      identity_(std::move(identity)),
      file_(env, identity_.path, page_bytes),
      doublewrite_(env, identity_.path, page_bytes),
      catalog_mutex_(env, "catalog"),
      mutex_(env, "pages"),
      extended_(env, "pages extended"),
      header_mutex_(env, "header") {}

Err Database::Create(bool logged, bool shadowed, bool overwrite) {
  logged_ = logged;
  header_.page_bytes = file_.page_bytes();
  header_.signature = identity_.signature;
  header_.log_signature = log_.signature();
  header_.logged = logged;
  header_.shadowed = shadowed;
  header_.last_object = last_object_;
  header_.attached = log_.TipPosition();
  header_.attach_time = LogTimeNow(env_);
  header_.generation_min_required = header_.generation_max_required =
      header_.generation_max_committed = header_.attached.generation;
  if (const Err err = file_.Create(header_, overwrite); err < 0) return err;
  SetPageCount(kInitialPages);
  return JET_errSuccess;
}

Err Database::Open(bool read_only) {
  if (const Err err = file_.Open(&header_, read_only); err < 0) return err;
  read_only_ = read_only;
  logged_ = header_.logged && !read_only;
  dbtime_ = header_.dbtime;
  last_object_ = header_.last_object;
  if (ToMillis(identity_.signature.logtimeCreate) == 0) identity_.signature = header_.signature;
  SetPageCount(file_.CountPages());
  return JET_errSuccess;
}

Err Database::CheckAttachable() const {
  if (header_.state == kDatabaseClean) return JET_errSuccess;
  const bool copy = header_.full_cur.genLow != 0 && header_.full_cur.genHigh == 0;
  return copy ? JET_errSoftRecoveryOnBackupDatabase : JET_errDatabaseDirtyShutdown;
}

Err Database::CheckCatalog() {
  std::vector<std::byte> page(page_bytes());
  return file_.ReadPages(kCatalogPage, page);
}

Err Database::Attach() {
  if (read_only_) return JET_errSuccess;
  const JET_SIGNATURE none = {};
  const DatabaseHeader before = header_;
  if (!SameSignature(header_.log_signature, log_.signature())) {
    // Backups are known by positions in a log stream: those of another stream mean nothing here.
    header_.full_prev = header_.inc_prev = header_.copy_prev = header_.diff_prev = {};
  }
  header_.log_signature = logged_ ? log_.signature() : none;
  header_.state = kDatabaseDirty;
  header_.attached = log_.TipPosition();
  header_.attach_time = LogTimeNow(env_);
  header_.generation_min_required = header_.generation_max_required =
      header_.generation_max_committed = header_.attached.generation;
  const Err err = file_.WriteHeader(header_);
  if (err >= 0) return err;
  // One copy may say already that the database is attached. Recovery would mend that, too.
  header_ = before;
  file_.WriteHeader(header_);
  return err;
}

void Database::SetPageCount(uint32_t pages) { frames_.resize(pages); }

Err Database::Flush() {
  std::vector<PageImage> pages = TakeDirtyPages();
  Err err = JET_errSuccess;
  if (!pages.empty()) {
    err = WritePages(&pages);
    EndFlush(pages, err);
  }
  return err;
}

std::vector<PageImage> Database::TakeDirtyPages() {
  std::vector<PageImage> pages;
  env::MutexLock lock(mutex_);
  for (uint32_t number = 1; number <= frames_.size(); ++number) {
    Frame* frame = frames_[number - 1].get();
    if (frame == nullptr || !frame->dirty) continue;
    frame->dirty = false;
    pages.push_back({number, frame->bytes});
  }
  flushing_ = !pages.empty();
  return pages;
}

void Database::EndFlush(const std::vector<PageImage>& pages, Err err) {
  env::MutexLock lock(mutex_);
  flushing_ = false;
  if (err >= 0) return;
  for (const PageImage& page : pages) At(page.number).dirty = true;
}

Err Database::WritePages(std::vector<PageImage>* pages) {
  if (const Err err = log_.Flush(); err < 0) return err;
  if (const Err err = UpdateHeaderForFlush(); err < 0) return err;
  if (const Err err = doublewrite_.Save(FileIdentity(), *pages); err < 0) return err;
  for (PageImage& page : *pages) {
    if (const Err err = file_.WritePage(page.number, page.bytes); err < 0) return err;
  }
  return file_.Sync();
}

/// Before pages that hold changes of a generation are written, the header says that redo must
/// reach this generation.
Err Database::UpdateHeaderForFlush() {
  env::MutexLock lock(header_mutex_);
  const DatabaseHeader header = HeaderWithRanges();
  if (header.generation_max_required <= header_.generation_max_required &&
      header.last_object == header_.last_object) {
    return JET_errSuccess;
  }
  header_ = header;
  return file_.WriteHeader(header_);
}

uint64_t Database::FileIdentity() const {
  std::vector<std::byte> identity;
  AppendValue(&identity, header_.signature);
  AppendValue(&identity, header_.attached.ToJet());
  AppendValue(&identity, header_.full_cur);
  return XXH3_64bits(identity.data(), identity.size());
}

DatabaseHeader Database::HeaderWithRanges() {
  DatabaseHeader header = header_;
  if (read_only_) return header;
  const Log::Generations generations = log_.CurrentGenerations();
  header.generation_min_required = generations.checkpoint;
  header.generation_max_required = header.generation_max_committed = generations.current;
  header.max_required_created = generations.current_created;
  env::MutexLock lock(mutex_);
  header.dbtime = dbtime_;
  header.last_object = last_object_;
  return header;
}

Err Database::ShutDown() {
  if (read_only_) return JET_errSuccess;
  if (const Err err = Flush(); err < 0) return err;
  env::MutexLock lock(header_mutex_);
  DatabaseHeader header = HeaderWithRanges();
  header.state = kDatabaseClean;
  header.generation_min_required = header.generation_max_required = 0;
  header.generation_max_committed = 0;
  header.max_required_created = {};
  header.full_cur = {};
  header.consistent = header.detached = log_.TipPosition();
  header.consistent_time = header.detach_time = LogTimeNow(env_);
  header_ = header;
  if (const Err err = file_.WriteHeader(header_); err < 0) return err;
  doublewrite_.Remove();
  return JET_errSuccess;
}

Err Database::VerifyPages() {
  constexpr uint32_t kRun = 64;
  const uint32_t pages = page_count();
  std::vector<std::byte> buffer;
  for (uint32_t first = 1; first <= pages; first += kRun) {
    const uint32_t run = std::min(kRun, pages - first + 1);
    buffer.resize(size_t{run} * page_bytes());
    if (const Err err = file_.ReadPages(first, buffer); err < 0) return err;
  }
  return JET_errSuccess;
}

uint32_t Database::page_count() {
  env::MutexLock lock(mutex_);
  return static_cast<uint32_t>(frames_.size());
}

void Database::CopyHeader(const JET_BKINFO& full_cur, std::span<std::byte> page) {
  env::MutexLock lock(header_mutex_);
  DatabaseHeader header = HeaderWithRanges();
  header.full_cur = full_cur;
  EncodeDatabaseHeader(header, page);
}

Err Database::ReadPages(uint32_t first, std::span<std::byte> pages) {
  return file_.ReadPages(first, pages);
}

void Database::MakeTrailer(const JET_BKINFO& full_cur, std::span<std::byte> page) {
  env::MutexLock lock(header_mutex_);
  const DatabaseHeader header = HeaderWithRanges();
  EncodeTrailer(header, full_cur, header.generation_max_required, page);
}

JET_DBINFOMISC4 Database::Info() {
  env::MutexLock lock(header_mutex_);
  return ToInfo(header_);
}

Err Database::StampBackup(const JET_DBINFOMISC4& fields) {
  env::MutexLock lock(header_mutex_);
  header_.full_prev = fields.bkinfoFullPrev;
  header_.inc_prev = fields.bkinfoIncPrev;
  header_.copy_prev = fields.bkinfoCopyPrev;
  header_.diff_prev = fields.bkinfoDiffPrev;
  return file_.WriteHeader(header_);
}

}  // namespace backstop::engine
