// SPDX-License-Identifier: MIT
// Just enough lexing of C++ to search in its code without meeting comments and literals.
#pragma once

#include <string>
#include <string_view>

namespace backstop::tidy {

/// What `find` gives where there is nothing.
inline constexpr size_t kNone = std::string_view::npos;

/// True for the characters of identifiers and numbers.
bool IsWord(char c);

/// The text with comments and the insides of string and character literals turned into blanks.
/// Lines and columns stay where they were.
std::string CodeOnly(std::string_view text);

/// Code with its preprocessor lines turned into blanks, those they continue on too.
std::string WithoutDirectives(std::string code);

}  // namespace backstop::tidy
