// SPDX-License-Identifier: MIT
// Runs Spin on an exported model.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace backstop::model {

struct SpinResult {
  uint64_t states = 0;
  uint64_t transitions = 0;
  uint64_t errors = 0;
  /// CPU time of the search alone, without making the verifier and compiling it.
  double seconds = 0;
  bool complete = false;  ///< the search reached its end
  std::string output;     ///< of everything that was run
};

enum class Verifier : uint8_t {
  kQuicklyMade,  ///< cc -O0
  kFast,         ///< cc -O2
};

/// Makes a verifier of the model in `directory`, which must exist, and searches every state. Needs
/// spin and a C compiler; `output` tells what went wrong. Not for several threads at a time.
SpinResult RunSpin(const std::string& model, const std::filesystem::path& directory,
                   Verifier verifier = Verifier::kQuicklyMade);

}  // namespace backstop::model
