// SPDX-License-Identifier: MIT
// Where the generations of one log stream lie.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/log_format.h"
#include "impl/env/env.h"

namespace backstop::engine {

/// An open log file and its header.
struct LogFile {
  std::unique_ptr<env::File> file;
  LogHeader header;
};

/// Thread-safe: keeps only names.
class LogFiles {
 public:
  LogFiles(env::Env& env, std::string directory, std::string base)
      : env_(env), directory_(std::move(directory)), base_(std::move(base)) {}

  /// From now on the archived generations [low, high] are those of a backup in another directory,
  /// which ends with '/'. They do not appear in List.
  void TakeFromBackup(std::string directory, uint32_t low, uint32_t high) {
    backup_ = {std::move(directory), low, high};
  }

  std::string Current() const { return directory_ + base_ + ".log"; }
  std::string Archived(uint32_t generation) const;
  /// The archived generations on disk in ascending order.
  Err List(std::vector<uint32_t>* generations) const;

  /// Opens a file and reads its header. JET_errFileIOBeyondEOF if it has none,
  /// JET_errLogFileCorrupt, JET_errLogFileSizeMismatch if the file is not as long as its header
  /// says.
  Err Open(const std::string& path, env::OpenMode mode, LogFile* log) const;
  /// Writes a new, empty file durably under a temporary name.
  Err Create(const LogHeader& header, LogFile* log) const;
  /// Gives the file named "current" its number, durably.
  Err Archive(uint32_t generation) const;
  /// Gives the file that was created its name, durably.
  Err Publish() const;
  Err Remove(uint32_t generation) const;
  /// Whether there is a file that was created and not published.
  bool HasTemporary() const { return env_.Exists(Temporary()); }
  /// Makes files of this size that stay for as long as the stream lives here.
  Err MakeReserves(uint64_t bytes) const;
  /// Whether a stream was begun here, which copies of its files do not tell.
  bool HasReserves() const { return env_.Exists(Reserve(1)); }
  Err SyncDirectory() const { return FromIo(env_.SyncDirectory(directory_)); }

 private:
  std::string Reserve(int number) const;
  std::string Temporary() const { return directory_ + base_ + "tmp.log"; }

  struct Backup {
    std::string directory;
    uint32_t low = 1;
    uint32_t high = 0;
  };

  env::Env& env_;
  std::string directory_;
  std::string base_;
  Backup backup_;
};

}  // namespace backstop::engine
