// SPDX-License-Identifier: MIT
// Which databases a range of archived log generations speaks of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

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
/// seen; nothing for logs that cannot be read.
std::vector<std::string> DatabasesInLogs(env::Env& env, const LogRange& logs, Mention mention);

}  // namespace backstop::engine
