// SPDX-License-Identifier: MIT
// What is wrong with bytes that the engine gave out or left behind.
#pragma once

#include <string>

namespace backstop::harness {

/// A law of the contract about bytes, and how it was broken.
struct Breach {
  const char* rule;  ///< "INV-36", as in the contract
  std::string text;  ///< one sentence
};

}  // namespace backstop::harness
