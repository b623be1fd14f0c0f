// SPDX-License-Identifier: MIT
// Runs Spin on a model.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace backstop::model::testing {

struct SpinResult {
  uint64_t states = 0;
  uint64_t transitions = 0;
  uint64_t errors = 0;
  bool complete = false;  ///< the search reached its end
  std::string output;     ///< of everything that was run
};

/// Makes a verifier of the model in `directory`, which must exist, and searches every state. Needs
/// spin and a C compiler.
SpinResult RunSpin(const std::string& model, const std::filesystem::path& directory);

}  // namespace backstop::model::testing
