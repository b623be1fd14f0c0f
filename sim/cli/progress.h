// SPDX-License-Identifier: MIT
// A progress line: rewritten in place on a terminal, once every half minute elsewhere.
#pragma once

#include <string>

#include "sim/cli/clock.h"

namespace backstop::cli {

class Progress {
 public:
  explicit Progress(bool quiet);
  ~Progress() { Clear(); }

  /// Whether it is time for another line; cheap enough to ask often.
  bool Due();
  void Show(const std::string& line);
  /// Removes the line, so that other output starts in the first column.
  void Clear();

 private:
  const bool quiet_;
  const bool terminal_;
  Stopwatch watch_;
  double next_;
  bool shown_ = false;
};

/// Whether `stream` (1 or 2) is a terminal on which colour is wanted.
bool WantsColour(int stream);

}  // namespace backstop::cli
