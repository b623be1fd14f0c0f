// SPDX-License-Identifier: MIT
// What a file name says about the log stream it belongs to.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace backstop::engine {

/// Whether a file name ends like that of a log.
bool HasLogExtension(std::string_view file_name);

/// The generation of an archived log: base name, five or eight upper-case hexadecimal digits
/// (C-35), extension. Nothing for any other name, that of the current log included.
std::optional<uint32_t> ArchivedGeneration(std::string_view file_name, std::string_view base_name);

}  // namespace backstop::engine
