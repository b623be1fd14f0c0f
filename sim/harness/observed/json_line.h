// SPDX-License-Identifier: MIT
// A line of JSON from a file that may hold anything.
#pragma once

#include <exception>
#include <nlohmann/json.hpp>
#include <string>

namespace backstop::observed {

/// Throws std::exception if the text is no JSON, or nested deeper than any recording.
nlohmann::json ParseJsonLine(const std::string& text);

/// What a person needs of a message of the JSON library about one line: not its number, nor that it
/// was the only line that the library saw.
std::string PlainMessage(const std::exception& failure);

}  // namespace backstop::observed
