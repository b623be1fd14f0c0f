// SPDX-License-Identifier: MIT
// Lists of names as they cross the API.
#pragma once

#include <string>
#include <vector>

namespace backstop::engine {

/// Each name with a NUL, then one more NUL.
inline std::string MultiString(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list.append(name).push_back('\0');
  list.push_back('\0');
  return list;
}

}  // namespace backstop::engine
