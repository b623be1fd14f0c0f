// SPDX-License-Identifier: MIT
#include "sim/harness/report/utf8_text.h"

namespace backstop::report {

using nlohmann::ordered_json;

bool IsUtf8(const std::string& text) {
  try {
    return !ordered_json(text).dump().empty();
  } catch (const ordered_json::exception&) {
    return false;
  }
}

std::string Utf8(const std::string& text) {
  return ordered_json::parse(JsonText(text, -1)).get<std::string>();
}

std::string JsonText(const ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace backstop::report
