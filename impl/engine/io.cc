// SPDX-License-Identifier: MIT
#include "impl/engine/io.h"

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

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "./" : path.substr(0, slash + 1);
}

}  // namespace backstop::engine
