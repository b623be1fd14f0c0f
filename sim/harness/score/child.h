// SPDX-License-Identifier: MIT
// Programs that score starts: compilers, patch, and mutants, which may do anything.
#pragma once

#include <string>
#include <vector>

namespace backstop::score {

struct ChildEnd {
  enum class How { kExited, kSignal, kTimeout, kNotStarted };
  How how = How::kNotStarted;
  int code = 0;            ///< of exit, or the number of the signal
  double cpu_seconds = 0;  ///< of the program and of all it has waited for
  bool ok() const { return how == How::kExited && code == 0; }
};

/// Runs a program to its end, without a shell, with nothing on its standard input and everything
/// that it prints in the file `log`. After `timeout_seconds` it is killed, with all that it has
/// started. It dies with this process.
ChildEnd RunChild(const std::vector<std::string>& arguments, const std::string& directory,
                  const std::string& log, double timeout_seconds);

/// Splits a command as a shell would that knows blanks, quotes and backslashes.
std::vector<std::string> SplitCommand(const std::string& command);

/// What a file holds; nothing if it is not there.
std::string TextOf(const std::string& path);

/// The first line of a file that says something went wrong, else its last one; without tabs.
std::string TellingLine(const std::string& log);

}  // namespace backstop::score
