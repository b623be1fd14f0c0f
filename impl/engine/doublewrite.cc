// SPDX-License-Identifier: MIT
#include "impl/engine/doublewrite.h"

#include <xxhash.h>

#include <cstring>

#include "impl/engine/io.h"

namespace backstop::engine {

using env::IoStatus;

namespace {

constexpr size_t kHashBytes = sizeof(uint64_t);
constexpr size_t kHeadBytes = kHashBytes + sizeof(uint64_t);  ///< hash and identity

/// The checksum of a page is too weak to tell a torn one for certain.
uint64_t HashOf(ConstBytes copies) {
  return XXH3_64bits(copies.data() + kHashBytes, copies.size() - kHashBytes);
}

}  // namespace

Err Doublewrite::Open() {
  if (file_) return JET_errSuccess;
  IoStatus status = env_.Open(path_, env::OpenMode::kCreateOrTruncate, &file_);
  there_ = status == IoStatus::kOk;
  if (there_) status = env_.SyncDirectory(DirectoryOf(path_));
  if (status != IoStatus::kOk) file_.reset();
  return FromIo(status);
}

Err Doublewrite::Save(uint64_t identity, const std::vector<PageImage>& pages) {
  if (const Err err = Open(); err < 0) return err;
  std::vector<std::byte> copies(kHashBytes);
  copies.reserve(kHeadBytes + pages.size() * EntryBytes());
  AppendValue(&copies, identity);
  for (const PageImage& page : pages) {
    AppendValue(&copies, uint64_t{page.number});
    copies.insert(copies.end(), page.bytes.begin(), page.bytes.end());
  }
  const uint64_t hash = HashOf(copies);
  std::memcpy(copies.data(), &hash, sizeof hash);
  IoStatus status = WriteFully(*file_, 0, copies);
  if (status == IoStatus::kOk) status = file_->SetSize(copies.size());
  if (status == IoStatus::kOk) status = file_->Sync();
  return FromIo(status);
}

/// Where the buffer is not whole, no page was written after it: then all pages are those of the
/// flush before, which was synced.
Err Doublewrite::Restore(uint64_t identity, DatabaseFile& file) {
  std::unique_ptr<env::File> copies;
  const IoStatus opened = env_.Open(path_, env::OpenMode::kReadOnly, &copies);
  if (opened == IoStatus::kNotFound) return JET_errSuccess;
  if (opened != IoStatus::kOk) return FromIo(opened);
  there_ = true;
  std::vector<std::byte> all(copies->Size());
  const IoStatus status = ReadFully(*copies, 0, all);
  if (status != IoStatus::kOk) return FromIo(status);
  if (all.size() < kHeadBytes || Load<uint64_t>(all, 0) != HashOf(all)) return JET_errSuccess;
  if (Load<uint64_t>(all, kHashBytes) != identity) return JET_errSuccess;
  for (size_t at = kHeadBytes; at + EntryBytes() <= all.size(); at += EntryBytes()) {
    const auto number = static_cast<uint32_t>(Load<uint64_t>(all, at));
    if (number > file.CountPages()) return JET_errDatabaseCorrupted;
    const Err err = file.WritePage(number, Bytes(all).subspan(at + kNumberBytes, page_bytes_));
    if (err < 0) return err;
  }
  return file.Sync();
}

void Doublewrite::Remove() {
  if (!there_) return;
  there_ = false;
  file_.reset();
  env_.Remove(path_);
}

}  // namespace backstop::engine
