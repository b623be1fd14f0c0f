// SPDX-License-Identifier: MIT
// What a step JetExternalRestore2 given=KIND is given: a backup that the engine itself made before
// the first step, with what KIND says done to its files or to the arguments.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/engine/process.h"
#include "sim/harness/jet_api.h"

namespace backstop::observed {

/// Arguments of JetExternalRestore2. Texts may be empty for a null pointer.
struct GivenArguments {
  std::string system_path;
  std::string log_path;
  std::string backup_path;
  std::string old_name;
  std::string new_name;
  bool map_is_null = false;
  uint32_t low = 0;
  uint32_t high = 0;
  std::string base = "edb";
  std::string target_name;
  std::string target_log_path;
};

class GivenRestore {
 public:
  /// Both must outlive the object.
  GivenRestore(const harness::JetApi& api, env::Env& env) : api_(api), env_(env) {}

  /// Makes two backups of databases with logs of their own, with nothing running before or after.
  /// An error of the engine, or JET_errSuccess.
  JET_ERR Prepare();

  /// Lays out the files of a kind. `instance` is the name of the instance that it is about, and
  /// `directory` where that lives.
  GivenArguments Arrange(const std::string& kind, const std::string& instance,
                         const std::string& directory);

 private:
  struct Backup {
    uint32_t low = 0;
    uint32_t high = 0;
    std::vector<std::byte> copy;
  };

  JET_ERR Make(const std::string& directory, Backup* backup);
  JET_ERR Run(JET_INSTANCE instance, const std::string& directory, Backup* backup);
  JET_ERR CopyAll(JET_INSTANCE instance, const std::string& directory, Backup* backup);
  JET_ERR ReadWhole(JET_INSTANCE instance, const std::string& name, std::vector<std::byte>* bytes);
  void Copy(const std::string& from, const std::string& to);
  void Clear(const std::string& directory);

  const harness::JetApi& api_;
  env::Env& env_;
  Backup first_;
  Backup second_;
};

}  // namespace backstop::observed
