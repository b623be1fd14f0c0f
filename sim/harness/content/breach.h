// SPDX-License-Identifier: MIT
// What is wrong with bytes that the engine gave out or left behind.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace backstop::harness {

/// A law of the contract about bytes, and how it was broken.
struct Breach {
  const char* rule;  ///< "INV-36", as in the contract
  std::string text;  ///< one sentence
  /// The call that showed it, as an index into the history; none for what lies there at the end.
  std::optional<size_t> call = std::nullopt;
};

}  // namespace backstop::harness
