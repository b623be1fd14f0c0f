// SPDX-License-Identifier: MIT
#include "impl/engine/backup_source.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "impl/engine/io.h"

namespace backstop::engine {
namespace {

constexpr uint32_t kHeaderPages = 2;
constexpr uint32_t kTrailerPages = 1;

class DatabaseSource final : public BackupSource {
 public:
  DatabaseSource(AttachedDatabase& database, const JET_BKINFO& full_cur)
      : database_(database),
        full_cur_(full_cur),
        page_bytes_(database.page_bytes()),
        header_(std::make_unique_for_overwrite<std::byte[]>(page_bytes_)) {
    // The header first: its required range must cover every page that is counted after it.
    database.CopyHeader(full_cur, {header_.get(), page_bytes_});
    pages_ = database.page_count();
  }

  uint64_t size() const override {
    return uint64_t{kHeaderPages + pages_ + kTrailerPages} * page_bytes_;
  }
  unsigned first_read_pages() const override { return kHeaderPages + 1; }
  AttachedDatabase* database() const override { return &database_; }

  Err Read(uint64_t offset, std::span<std::byte> to) override {
    auto page = static_cast<uint32_t>(offset / page_bytes_);
    while (!to.empty()) {
      const uint32_t run = RunFrom(page, static_cast<uint32_t>(to.size() / page_bytes_));
      if (const Err err = ReadRun(page, to.first(size_t{run} * page_bytes_)); err < 0) return err;
      page += run;
      to = to.subspan(size_t{run} * page_bytes_);
    }
    return JET_errSuccess;
  }

 private:
  bool IsData(uint32_t page) const { return page >= kHeaderPages && page < kHeaderPages + pages_; }

  /// How many of the pages wanted from `page` on can be had at once.
  uint32_t RunFrom(uint32_t page, uint32_t wanted) const {
    return IsData(page) ? std::min(wanted, kHeaderPages + pages_ - page) : 1;
  }

  Err ReadRun(uint32_t page, std::span<std::byte> to) {
    if (IsData(page)) return database_.ReadPages(page - kHeaderPages + 1, to);
    if (page < kHeaderPages) {
      std::copy_n(header_.get(), page_bytes_, to.begin());
    } else {
      database_.MakeTrailer(full_cur_, to);
    }
    return JET_errSuccess;
  }

  AttachedDatabase& database_;
  JET_BKINFO full_cur_;
  uint32_t page_bytes_;
  std::unique_ptr<std::byte[]> header_;
  uint32_t pages_ = 0;
};

class LogSource final : public BackupSource {
 public:
  LogSource(LogStream& log, std::unique_ptr<env::File> file, uint32_t generation)
      : log_(log), file_(std::move(file)), size_(file_->Size()), generation_(generation) {}

  uint64_t size() const override { return size_; }
  unsigned first_read_pages() const override { return kLogReadPages; }
  uint32_t generation() const override { return generation_; }

  Err Read(uint64_t offset, std::span<std::byte> to) override {
    if (ReadFully(*file_, offset, to) != env::IoStatus::kOk) return JET_errDiskIO;
    return log_.VerifyArchived(generation_, offset, to);
  }

 private:
  LogStream& log_;
  std::unique_ptr<env::File> file_;
  uint64_t size_;
  uint32_t generation_;
};

/// The original engine crashes when such a file is read. Here no first read is ever long enough, so
/// that it is refused and nothing changes.
class OtherSource final : public BackupSource {
 public:
  explicit OtherSource(uint64_t size) : size_(size) {}

  uint64_t size() const override { return size_; }
  unsigned first_read_pages() const override { return std::numeric_limits<unsigned>::max(); }
  Err Read(uint64_t, std::span<std::byte>) override { return JET_errInvalidParameter; }

 private:
  uint64_t size_;
};

Err OpenForCopying(env::Env& env, const std::string& path, std::unique_ptr<env::File>* file) {
  const env::IoStatus status = env.Open(path, env::OpenMode::kReadOnly, file);
  return status == env::IoStatus::kNotFound ? JET_errMissingFileToBackup : FromIo(status);
}

}  // namespace

std::unique_ptr<BackupSource> OpenDatabaseSource(AttachedDatabase& database,
                                                 const JET_BKINFO& full_cur) {
  return std::make_unique<DatabaseSource>(database, full_cur);
}

Err OpenLogSource(env::Env& env, LogStream& log, const std::string& path, uint32_t generation,
                  std::unique_ptr<BackupSource>* source) {
  std::unique_ptr<env::File> file;
  if (const Err err = OpenForCopying(env, path, &file); err < 0) return err;
  *source = std::make_unique<LogSource>(log, std::move(file), generation);
  return JET_errSuccess;
}

Err OpenOtherSource(env::Env& env, const std::string& path, std::unique_ptr<BackupSource>* source) {
  std::unique_ptr<env::File> file;
  if (const Err err = OpenForCopying(env, path, &file); err < 0) return err;
  *source = std::make_unique<OtherSource>(file->Size());
  return JET_errSuccess;
}

}  // namespace backstop::engine
