// SPDX-License-Identifier: MIT
// Restore of copies that lie where they are wanted: everything is checked before anything is
// changed, then the copies are redone.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "impl/engine/dialect.h"
#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/env/env.h"

namespace backstop::engine {

/// Where a database lies now, and where it was when the logs were written.
struct RestoreMapEntry {
  std::string old_path;
  std::string new_path;
};

struct RestoreRequest {
  StorageSettings storage;  ///< where the log goes on; the sizes are taken from the logs
  std::string backup_path;  ///< directory of the logs, ends with '/'
  uint32_t low = 0;
  uint32_t high = 0;
  std::vector<RestoreMapEntry> map;
  /// Without a map: databases that the logs name are looked for where they were.
  bool has_map = false;
  /// A database that the logs have made and that is not there is built from them, and one that they
  /// have not made is done without, if no database is given; else JET_errAttachedDatabaseMismatch.
  bool builds_missing = true;
  /// Whether some instance of the process uses a file.
  std::function<bool(const std::string& path)> in_use;
  /// For copies that still have to be put in place, after the logs were checked. May be empty.
  std::function<Err(std::vector<RestoreMapEntry>* map)> place_copies;
};

/// Contract JetExternalRestore, rows 11 to 17; precedence as recorded: the logs given, those that
/// are there, the copies' headers, their trailers, the range they need, the data in the logs.
Err Restore(env::Env& env, const Dialect& dialect, RestoreRequest request);

/// The paths of the databases that the logs of a range name, in order of their first appearance.
/// Nothing for logs that are no logs. JET_errDiskIO.
Err DatabasesInLogs(env::Env& env, const RestoreRequest& request, std::vector<std::string>* paths);

}  // namespace backstop::engine
