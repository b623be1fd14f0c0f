// SPDX-License-Identifier: MIT
#include "impl/engine/io.h"

#include <algorithm>
#include <vector>

namespace backstop::engine {

env::IoStatus ReadFully(env::File& file, uint64_t offset, Bytes to) {
  while (!to.empty()) {
    const env::IoResult result = file.ReadAt(offset, to);
    if (result.status != env::IoStatus::kOk) return result.status;
    if (result.bytes == 0) return env::IoStatus::kIoError;
    offset += result.bytes;
    to = to.subspan(result.bytes);
  }
  return env::IoStatus::kOk;
}

env::IoStatus WriteFully(env::File& file, uint64_t offset, ConstBytes from) {
  while (!from.empty()) {
    const env::IoResult result = file.WriteAt(offset, from);
    if (result.status != env::IoStatus::kOk) return result.status;
    if (result.bytes == 0) return env::IoStatus::kIoError;
    offset += result.bytes;
    from = from.subspan(result.bytes);
  }
  return env::IoStatus::kOk;
}

env::IoStatus CopyFile(env::Env& env, const std::string& from, const std::string& to) {
  constexpr size_t kChunk = 256 * 1024;
  std::unique_ptr<env::File> source;
  std::unique_ptr<env::File> target;
  env::IoStatus status = env.Open(from, env::OpenMode::kReadOnly, &source);
  if (status == env::IoStatus::kOk) {
    status = env.Open(to, env::OpenMode::kCreateOrTruncate, &target);
  }
  if (status != env::IoStatus::kOk) return status;
  std::vector<std::byte> chunk;
  const uint64_t size = source->Size();
  for (uint64_t at = 0; status == env::IoStatus::kOk && at < size; at += chunk.size()) {
    chunk.resize(static_cast<size_t>(std::min<uint64_t>(kChunk, size - at)));
    status = ReadFully(*source, at, chunk);
    if (status == env::IoStatus::kOk) status = WriteFully(*target, at, chunk);
  }
  return status == env::IoStatus::kOk ? target->Sync() : status;
}

void MakeDirectories(env::Env& env, const std::string& directory) {
  for (size_t slash = directory.find('/', 1); slash != std::string::npos;
       slash = directory.find('/', slash + 1)) {
    env.MakeDirectory(directory.substr(0, slash));
  }
}

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "./" : path.substr(0, slash + 1);
}

}  // namespace backstop::engine
