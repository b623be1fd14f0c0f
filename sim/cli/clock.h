// SPDX-License-Identifier: MIT
// Real time, for budgets, progress and fresh seeds only: nothing that a run decides depends on it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace backstop::cli {

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// CPU time of this process so far, in seconds: on a busy machine the fairer measure of a rate.
double CpuSeconds();

/// A seed that differs from one call of the program to the next.
inline uint64_t FreshSeed() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<uint64_t>(now.count()) % 1'000'000'007;
}

/// Reads "90", "90s", "500ms", "10m" or "2h" as seconds; false if it is none of these.
bool ParseDuration(const std::string& text, double* seconds);

}  // namespace backstop::cli
