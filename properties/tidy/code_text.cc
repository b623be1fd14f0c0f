// SPDX-License-Identifier: MIT
#include "properties/tidy/code_text.h"

#include <algorithm>
#include <cctype>

namespace backstop::tidy {
namespace {

// The apostrophe of 1'000 follows a word that begins with a digit; that of u8'x' does not.
bool IsDigitSeparator(std::string_view text, size_t apostrophe) {
  size_t start = apostrophe;
  while (start > 0 && (IsWord(text[start - 1]) || text[start - 1] == '\'')) --start;
  return start < apostrophe && std::isdigit(static_cast<unsigned char>(text[start])) != 0;
}

// Where the search text ends after `from`, or the end of everything.
size_t EndOf(std::string_view text, std::string_view what, size_t from) {
  const size_t at = text.find(what, from);
  return at == kNone ? text.size() : at + what.size();
}

size_t EndOfQuoted(std::string_view text, size_t quote) {
  size_t i = quote + 1;
  while (i < text.size() && text[i] != text[quote] && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
  return std::min(i + 1, text.size());
}

size_t EndOfRaw(std::string_view text, size_t quote) {
  const size_t open = text.find('(', quote);
  if (open == kNone) return text.size();
  const std::string_view delimiter = text.substr(quote + 1, open - quote - 1);
  return EndOf(text, ")" + std::string(delimiter) + "\"", open);
}

// The end of the comment that begins at `at`, or `at` when none does. Keeps the line end.
size_t EndOfComment(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at, 2);
  if (rest == "//") return std::min(text.find('\n', at), text.size());
  if (rest == "/*") return EndOf(text, "*/", at + 2);
  return at;
}

// The end of the literal that begins at `at`, or `at` when none does.
size_t EndOfLiteral(std::string_view text, size_t at) {
  if (text[at] == '"') {
    return at > 0 && text[at - 1] == 'R' ? EndOfRaw(text, at) : EndOfQuoted(text, at);
  }
  return text[at] == '\'' && !IsDigitSeparator(text, at) ? EndOfQuoted(text, at) : at;
}

void Blank(std::string& text, size_t from, size_t to) {
  for (size_t i = from; i < to; ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

}  // namespace

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string CodeOnly(std::string_view text) {
  std::string code(text);
  for (size_t i = 0; i < text.size();) {
    if (const size_t end = EndOfComment(text, i); end != i) {
      Blank(code, i, end);
      i = end;
    } else if (const size_t close = EndOfLiteral(text, i); close != i) {
      Blank(code, i + 1, close - 1);
      i = close;
    } else {
      ++i;
    }
  }
  return code;
}

std::string WithoutDirectives(std::string code) {
  bool directive = false;
  for (size_t start = 0; start < code.size();) {
    const size_t end = std::min(code.find('\n', start), code.size());
    const size_t first = code.find_first_not_of(' ', start);
    directive = directive || (first < end && code[first] == '#');
    const bool continues = end > start && code[end - 1] == '\\';
    if (directive) Blank(code, start, end);
    directive = directive && continues;
    start = end + 1;
  }
  return code;
}

}  // namespace backstop::tidy
