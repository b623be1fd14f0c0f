// SPDX-License-Identifier: MIT
#include "impl/engine/path.h"

#include <algorithm>

namespace backstop::engine {

std::string NormalPath(std::string_view path) {
  std::string normal(path);
  std::replace(normal.begin(), normal.end(), '\\', '/');
  return normal;
}

std::string NormalDirectory(std::string_view path) {
  std::string normal = path.empty() ? "." : NormalPath(path);
  if (normal.back() != '/') normal += '/';
  return normal;
}

std::string_view FileName(std::string_view normal_path) {
  return normal_path.substr(normal_path.find_last_of('/') + 1);
}

}  // namespace backstop::engine
