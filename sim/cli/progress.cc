// SPDX-License-Identifier: MIT
#include "sim/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace backstop::cli {
namespace {

constexpr double kTerminalInterval = 0.2;
constexpr double kLogInterval = 30;

}  // namespace

Progress::Progress(bool quiet)
    : quiet_(quiet),
      terminal_(::isatty(STDERR_FILENO) == 1),
      next_(terminal_ ? kTerminalInterval : kLogInterval) {}

bool Progress::Due() { return !quiet_ && watch_.seconds() >= next_; }

void Progress::Show(const std::string& line) {
  next_ = watch_.seconds() + (terminal_ ? kTerminalInterval : kLogInterval);
  if (quiet_) return;
  if (terminal_) {
    fmt::print(stderr, "\r\033[K{}", line);
    shown_ = true;
  } else {
    fmt::print(stderr, "{}\n", line);
  }
}

void Progress::Clear() {
  if (shown_) fmt::print(stderr, "\r\033[K");
  shown_ = false;
}

bool WantsColour(int stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && ::isatty(stream) == 1;
}

}  // namespace backstop::cli
