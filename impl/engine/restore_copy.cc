// SPDX-License-Identifier: MIT
#include "impl/engine/restore_copy.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "impl/engine/database_file.h"
#include "impl/engine/io.h"
#include "impl/engine/log_format.h"
#include "impl/engine/log_time.h"

namespace backstop::engine {
namespace {

constexpr uint64_t kHeaderPages = 2;

Err OpenFile(env::Env& env, const std::string& path, env::OpenMode mode,
             std::unique_ptr<env::File>* file) {
  return FromIo(env.Open(path, mode, file));
}

/// Where the trailer page of a file begins.
uint64_t TrailerOffset(uint64_t bytes, uint32_t page_bytes) { return bytes - page_bytes; }

bool SameBackup(const JET_BKINFO& a, const JET_BKINFO& b) {
  return LogPosition::FromJet(a.lgposMark) == LogPosition::FromJet(b.lgposMark) &&
         a.genLow == b.genLow;
}

}  // namespace

Err OpenCopy(env::Env& env, const std::string& path, uint32_t page_bytes, RestoreCopy* copy) {
  copy->path = path;
  std::unique_ptr<env::File> file;
  if (path.empty()) return JET_errFileAccessDenied;
  if (!env.Exists(DirectoryOf(path))) return JET_errInvalidPath;
  if (const Err err = OpenFile(env, path, env::OpenMode::kReadWrite, &file); err < 0) return err;
  const Err err = ReadDatabaseHeader(env, path, &copy->header);
  if (err < 0) return err;
  if (copy->header.page_bytes != page_bytes) return JET_errPageSizeMismatch;
  if (copy->header.full_cur.genLow == 0) return JET_errRestoreOfNonBackupDatabase;
  return file->Size() <= kHeaderPages * page_bytes ? JET_errDatabaseCorrupted : JET_errSuccess;
}

Err CheckTrailer(env::Env& env, const JET_SIGNATURE& log_signature, RestoreCopy* copy) {
  const uint32_t page_bytes = copy->header.page_bytes;
  std::unique_ptr<env::File> file;
  const Err err = OpenFile(env, copy->path, env::OpenMode::kReadOnly, &file);
  if (err < 0) return err;
  std::vector<std::byte> page(page_bytes);
  const uint64_t at = TrailerOffset(file->Size(), page_bytes);
  if (ReadFully(*file, at, page) != env::IoStatus::kOk) return JET_errDiskIO;
  copy->has_trailer = file->Size() % page_bytes == 0 && DecodeTrailer(page, &copy->trailer);
  const bool restored_before = copy->header.full_cur.genHigh != 0;
  if (!copy->has_trailer && !restored_before) return JET_errBadPatchPage;
  const bool of_header =
      !copy->has_trailer || (SameSignature(copy->trailer.signature, copy->header.signature) &&
                             SameBackup(copy->trailer.backup, copy->header.full_cur));
  const bool of_logs = SameSignature(copy->header.log_signature, log_signature);
  return of_header && of_logs ? JET_errSuccess : JET_errDatabasePatchFileMismatch;
}

Err PrepareCopy(env::Env& env, const RestoreCopy& copy, uint32_t high) {
  DatabaseHeader header = copy.header;
  DatabaseFile file(env, copy.path, header.page_bytes);
  DatabaseHeader ignored;
  if (const Err err = file.Open(&ignored); err < 0) return err;
  header.full_cur.genHigh = high;
  header.generation_max_required = std::max(header.generation_max_required, copy.last_needed());
  header.generation_max_committed =
      std::max(header.generation_max_committed, header.generation_max_required);
  if (const Err err = file.WriteHeader(header); err < 0) return err;
  return copy.has_trailer ? file.CutLastPage() : JET_errSuccess;
}

}  // namespace backstop::engine
