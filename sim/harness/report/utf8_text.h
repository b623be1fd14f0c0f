// SPDX-License-Identifier: MIT
// Text from outside, such as the names of files, may hold bytes that are no UTF-8. JSON and XML
// take nothing else.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace backstop::report {

bool IsUtf8(const std::string& text);

/// The text with U+FFFD in the place of what is no UTF-8.
std::string Utf8(const std::string& text);

/// The JSON with U+FFFD in the place of what is no UTF-8; `indent` as of nlohmann::json::dump.
std::string JsonText(const nlohmann::ordered_json& json, int indent);

}  // namespace backstop::report
