// SPDX-License-Identifier: MIT
// Paths as callers give them, brought into the form the engine compares and opens.
#pragma once

#include <string>
#include <string_view>

namespace backstop::engine {

/// The path with '/' for '\'.
std::string NormalPath(std::string_view path);
/// The same with a '/' at the end; "./" for an empty path.
std::string NormalDirectory(std::string_view path);
/// What comes after the last '/'.
std::string_view FileName(std::string_view normal_path);

}  // namespace backstop::engine
