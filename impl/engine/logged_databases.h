// SPDX-License-Identifier: MIT
// Which databases a range of archived log generations speaks of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/env/env.h"

namespace backstop::engine {

/// Generations that lie beside each other under their numbers.
struct LogRange {
  std::string directory;  ///< ends with '/'
  std::string base_name;
  uint32_t low = 0;
  uint32_t high = 0;
};

/// What the logs say of a database.
enum class Mention : uint8_t {
  kAny,
  kMade,      ///< its creation is logged
  kAttached,  ///< it existed when it was attached
};

/// The paths of the databases, in order of their first appearance. What lies behind damage is not
/// seen, nor are logs that are no logs. JET_errDiskIO.
Err DatabasesInLogs(env::Env& env, const LogRange& logs, Mention mention,
                    std::vector<std::string>* paths);

}  // namespace backstop::engine
