// SPDX-License-Identifier: MIT
#include "impl/engine/database_file.h"

#include <array>

#include "impl/engine/checksum.h"
#include "impl/engine/io.h"
#include "impl/engine/page.h"

namespace backstop::engine {
namespace {

constexpr uint32_t kReservedPages = 2;
constexpr uint32_t kPageBytesMin = 4096;
constexpr uint32_t kPageBytesMax = 32768;
constexpr uint64_t kInitialDbtime = 1;
/// A failing page is read 17 times in all (contract, JetReadFile row 13).
constexpr int kRetries = 16;
constexpr uint64_t kRetryPauseMicros = 500;

void FormatInitialPage(uint32_t number, PageView page) {
  switch (number) {
    case 1:
      return page.Format(kDatabaseObject, kPageRoot | kPageLeaf, 0, 0, kInitialDbtime);
    case 2:
    case 3:
      return page.Format(kDatabaseObject, kPageRoot | kPageLeaf | kPageSpaceTree, 0, 0,
                         kInitialDbtime);
    case kCatalogPage:
      return page.Format(kCatalogObject, kPageRoot | kPageLeaf, 0, 0, kInitialDbtime);
    case kShadowCatalogPage:
      return page.Format(kShadowCatalogObject, kPageRoot | kPageLeaf, 0, 0, kInitialDbtime);
    default:
      return page.Format(0, kPageEmpty, 0, 0, kInitialDbtime);
  }
}

Err ReadHeaderAt(env::File& file, uint64_t offset, size_t bytes, DatabaseHeader* header) {
  std::vector<std::byte> page(bytes);
  const env::IoStatus status = ReadFully(file, offset, page);
  if (status != env::IoStatus::kOk) return JET_errDatabaseCorrupted;
  return DecodeDatabaseHeader(page, header);
}

/// Whether the file is a log or a checkpoint: their headers say so in the same place.
bool IsOfAnotherKind(env::File& file) {
  constexpr size_t kFileType = 667;
  constexpr uint32_t kLog = 3;
  constexpr uint32_t kCheckpoint = 4;
  std::array<std::byte, kPageBytesMin> page;
  for (const uint64_t copy : {uint64_t{0}, uint64_t{kPageBytesMin}}) {
    if (ReadFully(file, copy, page) != env::IoStatus::kOk || !HeaderIsSealed(page)) continue;
    const auto type = Load<uint32_t>(page, kFileType);
    if (type == kLog || type == kCheckpoint) return true;
  }
  return false;
}

}  // namespace

Err ReadDatabaseHeader(env::Env& env, const std::string& path, DatabaseHeader* header) {
  std::unique_ptr<env::File> file;
  const env::IoStatus status = env.Open(path, env::OpenMode::kReadOnly, &file);
  if (status != env::IoStatus::kOk) return FromIo(status);
  Err err = JET_errDatabaseCorrupted;
  for (uint32_t copy = 0; err == JET_errDatabaseCorrupted && copy <= kPageBytesMax;
       copy = copy == 0 ? kPageBytesMin : copy * 2) {
    err = ReadHeaderAt(*file, copy, kPageBytesMin, header);
  }
  const bool other = err == JET_errDatabaseCorrupted && IsOfAnotherKind(*file);
  return other ? JET_errFileInvalidType : err;
}

DatabaseFile::DatabaseFile(env::Env& env, std::string path, uint32_t page_bytes)
    : env_(env), path_(std::move(path)), page_bytes_(page_bytes), ranges_(env) {}

Err DatabaseFile::Create(const DatabaseHeader& header, bool overwrite) {
  const auto mode = overwrite ? env::OpenMode::kCreateOrTruncate : env::OpenMode::kCreateNew;
  env::IoStatus status = env_.Open(path_, mode, &file_);
  if (status != env::IoStatus::kOk) return FromIo(status);
  std::vector<std::byte> image((kInitialPages + kReservedPages) * size_t{page_bytes_});
  EncodeDatabaseHeader(header, Bytes(image).first(page_bytes_));
  EncodeDatabaseHeader(header, Bytes(image).subspan(page_bytes_, page_bytes_));
  for (uint32_t number = 1; number <= kInitialPages; ++number) {
    const Bytes page = Bytes(image).subspan(Offset(number), page_bytes_);
    FormatInitialPage(number, PageView(page));
    SealPage(page, number);
  }
  status = WriteFully(*file_, 0, image);
  if (status == env::IoStatus::kOk) status = file_->Sync();
  if (status == env::IoStatus::kOk) status = env_.SyncDirectory(DirectoryOf(path_));
  return FromIo(status);
}

Err DatabaseFile::Open(DatabaseHeader* header, bool read_only) {
  const auto mode = read_only ? env::OpenMode::kReadOnly : env::OpenMode::kReadWrite;
  const env::IoStatus status = env_.Open(path_, mode, &file_);
  if (status != env::IoStatus::kOk) return FromIo(status);
  Err err = ReadHeaderAt(*file_, 0, page_bytes_, header);
  if (err == JET_errDatabaseCorrupted) err = ReadHeaderAt(*file_, page_bytes_, page_bytes_, header);
  if (err < 0) return err;
  return header->page_bytes == page_bytes_ ? JET_errSuccess : JET_errPageSizeMismatch;
}

Err DatabaseFile::WriteHeader(const DatabaseHeader& header) {
  std::vector<std::byte> page(page_bytes_);
  EncodeDatabaseHeader(header, page);
  for (const uint64_t offset : {uint64_t{0}, uint64_t{page_bytes_}}) {
    env::IoStatus status = WriteFully(*file_, offset, page);
    if (status == env::IoStatus::kOk) status = file_->Sync();
    if (status != env::IoStatus::kOk) return FromIo(status);
  }
  return JET_errSuccess;
}

uint32_t DatabaseFile::CountPages() {
  const uint64_t pages = file_->Size() / page_bytes_;
  return pages < kReservedPages ? 0 : static_cast<uint32_t>(pages - kReservedPages);
}

Err DatabaseFile::ReadPages(uint32_t first, Bytes pages) {
  if (TryRead(first, pages) >= 0) return JET_errSuccess;
  const auto count = static_cast<uint32_t>(pages.size() / page_bytes_);
  for (uint32_t i = 0; i < count; ++i) {
    const Bytes page = pages.subspan(size_t{i} * page_bytes_, page_bytes_);
    if (const Err err = ReadPage(first + i, page); err < 0) return err;
  }
  return JET_errSuccess;
}

/// One try was made together with the neighbours. The range is free during a pause, since what a
/// page waits for may be its writer.
Err DatabaseFile::ReadPage(uint32_t number, Bytes page) {
  Err err = JET_errSuccess;
  for (int retry = 0; retry < kRetries; ++retry) {
    if (retry > 0) env_.SleepMicros(kRetryPauseMicros);
    err = TryRead(number, page);
    if (err >= 0) return JET_errSuccess;
  }
  return err;
}

Err DatabaseFile::TryRead(uint32_t first, Bytes pages) {
  const uint64_t end = first + pages.size() / page_bytes_;
  const RangeHolder holder(ranges_, {first, end, false});
  const env::IoStatus status = ReadFully(*file_, Offset(first), pages);
  if (status != env::IoStatus::kOk) return FromIo(status);
  for (uint32_t number = first; number < end; ++number) {
    const size_t at = size_t{number - first} * page_bytes_;
    if (!PageIsSealed(pages.subspan(at, page_bytes_), number)) return JET_errReadVerifyFailure;
  }
  return JET_errSuccess;
}

Err DatabaseFile::WritePage(uint32_t number, Bytes page) {
  SealPage(page, number);
  const RangeHolder holder(ranges_, {number, uint64_t{number} + 1, true});
  return FromIo(WriteFully(*file_, Offset(number), page));
}

Err DatabaseFile::CutLastPage() {
  const env::IoStatus status = file_->SetSize(file_->Size() - page_bytes_);
  return status == env::IoStatus::kOk ? Sync() : FromIo(status);
}

Err DatabaseFile::FormatPages(uint32_t first, uint32_t end) {
  std::vector<std::byte> pages(size_t{end - first} * page_bytes_);
  for (uint32_t number = first; number < end; ++number) {
    const Bytes page = Bytes(pages).subspan(size_t{number - first} * page_bytes_, page_bytes_);
    PageView(page).Format(0, kPageEmpty, 0, 0, kInitialDbtime);
    SealPage(page, number);
  }
  const RangeHolder holder(ranges_, {first, end, true});
  env::IoStatus status = WriteFully(*file_, Offset(first), pages);
  if (status == env::IoStatus::kOk) status = file_->Sync();
  return FromIo(status);
}

}  // namespace backstop::engine
