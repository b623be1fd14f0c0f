// SPDX-License-Identifier: MIT
#include "sim/harness/observed/json_line.h"

#include <stdexcept>
#include <string_view>

namespace backstop::observed {
namespace {

/// Whether lists and objects are nested no deeper than in any recording; deeper ones could exhaust
/// the stack.
bool IsShallow(const std::string& text) {
  constexpr int kDeepest = 32;
  int depth = 0;
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') ++at;
    if (quoted) continue;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > kDeepest) return false;
  }
  return true;
}

void CutUpTo(std::string_view prefix, std::string_view end, std::string* text) {
  const size_t at = text->starts_with(prefix) ? text->find(end) : std::string::npos;
  if (at != std::string::npos) text->erase(0, at + end.size());
}

}  // namespace

nlohmann::json ParseJsonLine(const std::string& text) {
  if (!IsShallow(text)) throw std::invalid_argument("lists and objects are nested too deep");
  // The parser takes it for the end of the text.
  if (text.find('\0') != text.npos) throw std::invalid_argument("the line holds a NUL byte");
  return nlohmann::json::parse(text);
}

std::string PlainMessage(const std::exception& failure) {
  std::string text = failure.what();
  CutUpTo("[json.", "] ", &text);
  CutUpTo("parse error at line 1, ", "line 1, ", &text);
  return text;
}

}  // namespace backstop::observed
