// SPDX-License-Identifier: MIT
// Which of the known names somebody may have meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backstop::model {

/// Whether the names are equal but for the case of their letters.
bool SameName(std::string_view a, std::string_view b);

/// Edits of one letter that turn one name into the other, in any case.
size_t EditDistance(std::string_view a, std::string_view b);

/// At most three names that are near to `name` or contain it, the nearest first.
std::vector<std::string> NearNames(std::string_view name, const std::vector<std::string>& known);

}  // namespace backstop::model
