// SPDX-License-Identifier: MIT
// Finds the functions of a C++ file by its braces.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace backstop::tidy {

/// Where a function lies in its file: lines count from 1, the signature included.
struct FunctionSpan {
  size_t first_line = 0;
  size_t lines = 0;
};

/// The functions defined in a text, those inside classes too, in the order of their ends. Lambdas
/// and local classes belong to the function around them; preprocessor lines are not looked at.
std::vector<FunctionSpan> FindFunctions(std::string_view text);

}  // namespace backstop::tidy
