// SPDX-License-Identifier: MIT
#include "impl/engine/log_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "impl/engine/io.h"

namespace backstop::engine {
namespace {

constexpr size_t kDigits = 8;
constexpr std::string_view kExtension = ".log";

}  // namespace

std::string LogFiles::Archived(uint32_t generation) const {
  const bool of_backup = generation >= backup_.low && generation <= backup_.high;
  const std::string& directory = of_backup ? backup_.directory : directory_;
  return fmt::format("{}{}{:08X}{}", directory, base_, generation, kExtension);
}

std::string LogFiles::Reserve(int number) const {
  return fmt::format("{}{}res{:05}.jrs", directory_, base_, number);
}

Err LogFiles::MakeReserves(uint64_t bytes) const {
  for (const int number : {1, 2}) {
    std::unique_ptr<env::File> file;
    env::IoStatus status = env_.Open(Reserve(number), env::OpenMode::kCreateOrTruncate, &file);
    if (status == env::IoStatus::kOk) status = file->SetSize(bytes);
    if (status != env::IoStatus::kOk) return FromIo(status);
  }
  return JET_errSuccess;
}

Err LogFiles::List(std::vector<uint32_t>* generations) const {
  generations->clear();
  std::vector<std::string> names;
  const env::IoStatus status = env_.List(directory_, &names);
  if (status != env::IoStatus::kOk) return FromIo(status);
  for (const std::string& name : names) {
    if (name.size() != base_.size() + kDigits + kExtension.size()) continue;
    if (!name.starts_with(base_) || !name.ends_with(kExtension)) continue;
    const char* first = name.data() + base_.size();
    uint32_t generation = 0;
    const auto [end, error] = std::from_chars(first, first + kDigits, generation, 16);
    if (error == std::errc() && end == first + kDigits) generations->push_back(generation);
  }
  std::sort(generations->begin(), generations->end());
  return JET_errSuccess;
}

Err LogFiles::Open(const std::string& path, env::OpenMode mode, LogFile* log) const {
  const env::IoStatus status = env_.Open(path, mode, &log->file);
  if (status != env::IoStatus::kOk) return FromIo(status);
  if (log->file->Size() < kSegmentBytes) return JET_errFileIOBeyondEOF;
  std::array<std::byte, kSegmentBytes> page;
  const env::IoStatus read = ReadFully(*log->file, 0, page);
  if (read != env::IoStatus::kOk) return FromIo(read);
  if (const Err err = DecodeLogHeader(page, &log->header); err < 0) return err;
  const bool whole = log->file->Size() == uint64_t{log->header.segments} * kSegmentBytes;
  return whole ? JET_errSuccess : JET_errLogFileSizeMismatch;
}

Err LogFiles::Create(const LogHeader& header, LogFile* log) const {
  env::IoStatus status = env_.Open(Temporary(), env::OpenMode::kCreateOrTruncate, &log->file);
  if (status != env::IoStatus::kOk) return FromIo(status);
  std::array<std::byte, kSegmentBytes> page;
  EncodeLogHeader(header, page);
  status = log->file->SetSize(uint64_t{header.segments} * kSegmentBytes);
  if (status == env::IoStatus::kOk) status = WriteFully(*log->file, 0, page);
  if (status == env::IoStatus::kOk) status = log->file->Sync();
  log->header = header;
  return FromIo(status);
}

Err LogFiles::Archive(uint32_t generation) const {
  const env::IoStatus status = env_.Rename(Current(), Archived(generation));
  return status == env::IoStatus::kOk ? SyncDirectory() : FromIo(status);
}

Err LogFiles::Publish() const {
  const env::IoStatus status = env_.Rename(Temporary(), Current());
  return status == env::IoStatus::kOk ? SyncDirectory() : FromIo(status);
}

Err LogFiles::Remove(uint32_t generation) const {
  return FromIo(env_.Remove(Archived(generation)));
}

}  // namespace backstop::engine
