// SPDX-License-Identifier: MIT
// Strings as template arguments: clause ids and the words from which the documents are made.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace backstop::model {

template <size_t N>
struct Text {
  char chars[N]{};

  // NOLINTNEXTLINE(google-explicit-constructor): a literal is meant to convert.
  consteval Text(const char (&literal)[N]) { std::copy_n(literal, N, chars); }
  constexpr std::string_view view() const { return {chars, N - 1}; }
};

}  // namespace backstop::model
