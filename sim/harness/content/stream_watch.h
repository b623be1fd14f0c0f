// SPDX-License-Identifier: MIT
// Looks into the pages that a backup's reads deliver. Where in the stream they belong is judged by
// stream_position.h; here, what the pages say of themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/call.h"
#include "sim/harness/content/breach.h"
#include "sim/harness/content/pages.h"

namespace backstop::harness {

/// Follows the streams of one run. Reads of one file may overlap and return in any order.
class StreamWatch {
 public:
  void BeginRun();

  /// A file was opened for backup; `size` is what the opening told, in pages.
  void OpenedDatabase(model::FileRef file, std::string path, uint32_t size);
  void OpenedLog(model::FileRef file, uint32_t generation);
  /// A read delivered whole pages of that file.
  void Delivered(model::FileRef file, PageBytes pages);

  /// The first law that was broken in this run.
  const std::optional<Breach>& breach() const { return breach_; }
  /// The databases that were delivered to their end in this run, by path.
  const std::set<std::string>& copied() const { return copied_; }

 private:
  struct Stream {
    std::string path;         ///< of a database; empty for logs and unknown files
    uint32_t generation = 0;  ///< of a log
    uint32_t size = 0;
    uint32_t delivered = 0;
    unsigned headers = 0;
    std::vector<std::byte> header;
    std::optional<BackupMark> trailer;
  };

  Stream& Of(model::FileRef file);
  void LookAtDatabase(Stream& stream, PageBytes page);
  void LookAtHeader(Stream& stream, PageBytes page);
  void LookAtLog(const Stream& stream, PageBytes page);
  void CompareTrailer(const Stream& stream);
  void Break(const char* rule, const Stream& stream, const char* what);

  std::vector<Stream> streams_;  ///< by FileRef
  std::set<std::string> copied_;
  std::optional<Breach> breach_;
};

}  // namespace backstop::harness
