// SPDX-License-Identifier: MIT
// JetBackup: a whole backup in one call, into a directory.
//
// The directory holds copies of the databases, an empty patch file beside each, and the logs. An
// atomic backup lies in its sub-directory "new": it is written to "temp" first, and moves when it
// is whole; meanwhile the one before lies in "old".
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/engine/instance.h"
#include "impl/env/env.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Sub-directories of an atomic backup, with the '/'.
inline constexpr const char* kAtomicNew = "new/";
inline constexpr const char* kAtomicOld = "old/";
inline constexpr const char* kAtomicTemp = "temp/";

/// "a.edb" has the patch file "a.pat".
inline constexpr const char* kPatchExtension = ".pat";
std::string PatchFile(const std::string& path);

/// Used by one thread, which is inside the gate of the instance.
class WholeBackup {
 public:
  /// Told of the progress; may call the engine.
  using Status = std::function<void(JET_SNT what, uint32_t done, uint32_t total)>;

  /// `path`: null or empty for none.
  WholeBackup(env::Env& env, Instance& instance, const char* path, JET_GRBIT grbit, Status status);

  /// Contract JetBackup.
  Err Run();

 private:
  bool incremental() const { return (grbit_ & JET_bitBackupIncremental) != 0; }
  bool atomic() const { return (grbit_ & JET_bitBackupAtomic) != 0; }

  Err Copy();
  void Tell(JET_SNT what);
  Err CheckDirectory();
  Err ClearDirectory(const std::string& directory);
  Err CopyEverything();
  Err CopyLogs();
  /// Copies a file of the backup into the target directory.
  Err CopyFile(const std::string& name);
  Err CopyOpenFile(JET_HANDLE handle, env::File& to);
  Err MakeEmpty(const std::string& path);
  Err Promote();
  Err MoveAll(const std::string& from, const std::string& to);

  env::Env& env_;
  Instance& instance_;
  Backup& backup_;
  ApiGate::LongCall long_call_;
  bool has_path_;
  std::string directory_;
  std::string target_;  ///< where the files go
  JET_GRBIT grbit_;
  Status status_;
  uint32_t done_ = 0;   ///< files
  uint32_t total_ = 0;  ///< as far as known
};

}  // namespace backstop::engine
