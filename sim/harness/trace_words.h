// SPDX-License-Identifier: MIT
// Names as single words of a trace line.
#pragma once

#include <string>
#include <string_view>

namespace backstop::harness {

/// By Faults.
inline constexpr std::string_view kFaultWords[] = {"no", "yes", "heavy"};

/// The empty name becomes "-"; blanks, '%', other unprintable bytes and a lone "-" become %XX.
std::string Escape(const std::string& word);
/// The inverse; false if a %XX is malformed.
bool Unescape(std::string_view word, std::string* name);

}  // namespace backstop::harness
