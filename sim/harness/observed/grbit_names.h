// SPDX-License-Identifier: MIT
// Names of flag bits as they stand in recordings.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace backstop::observed {

/// Reads numbers (decimal or 0x) and names of esent.h joined by '|'; nothing if a part is neither.
std::optional<uint32_t> ParseGrbit(std::string_view text);

}  // namespace backstop::observed
