// SPDX-License-Identifier: MIT
// The doublewrite buffer of a database: copies of the pages that a flush is about to write in
// place, so that a page torn by a power loss can be made whole again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "impl/engine/bytes.h"
#include "impl/engine/database_file.h"
#include "impl/engine/err.h"
#include "impl/env/env.h"

namespace backstop::engine {

/// A page on its way to the file.
struct PageImage {
  uint32_t number = 0;
  std::vector<std::byte> bytes;
};

/// Used by one thread at a time. It holds the pages of the last flush only: those of an earlier one
/// are whole in the file, because every flush ends with a sync.
class Doublewrite {
 public:
  /// `database` is the path of the database; the buffer lies beside it.
  Doublewrite(env::Env& env, const std::string& database, uint32_t page_bytes)
      : env_(env), path_(database + ".dwb"), page_bytes_(page_bytes) {}

  /// Keeps copies of the pages; returns when these are durable.
  /// `identity` tells this file from a copy of it that somebody puts in its place.
  Err Save(uint64_t identity, const std::vector<PageImage>& pages);
  /// After a crash: writes the pages of the last flush once more, if they are of this very file.
  Err Restore(uint64_t identity, DatabaseFile& file);
  /// After a clean shutdown nothing is left that could need it.
  void Remove();

 private:
  /// A copy is its page number, in as many bytes as an entry needs to stay aligned, and the page.
  static constexpr size_t kNumberBytes = 8;
  size_t EntryBytes() const { return kNumberBytes + page_bytes_; }
  Err Open();

  env::Env& env_;
  const std::string path_;
  const uint32_t page_bytes_;
  std::unique_ptr<env::File> file_;
  bool there_ = false;  ///< the file is known to exist
};

}  // namespace backstop::engine
