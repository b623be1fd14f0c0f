// SPDX-License-Identifier: MIT
// Files of text lines, plain or compressed.
#pragma once

#include <functional>
#include <string>

namespace backstop::observed {

/// Takes a line without its end; false, with a cause in `*why`, stops the reading.
using LineVisitor = std::function<bool(const std::string& line, std::string* why)>;

/// Gives each line that is not empty to `visit`. A file whose name ends in ".zst" is decompressed.
/// On failure `*error` names the file, the line where there is one, and the cause.
bool ForEachLine(const std::string& path, const LineVisitor& visit, std::string* error);

}  // namespace backstop::observed
