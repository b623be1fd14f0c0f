// SPDX-License-Identifier: MIT
// The options --html, --perfetto and --mermaid, and what they write.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "sim/harness/report/story.h"

namespace backstop::cli {

struct StoryFiles {
  std::string html;
  std::string perfetto;
  std::string mermaid;

  void AddTo(CLI::App* command);
  bool any() const { return !html.empty() || !perfetto.empty() || !mermaid.empty(); }
  /// Writes the files that were asked for; "-" is stdout. False with the cause in `*error` if one
  /// cannot be written.
  bool Write(const report::Story& story, std::string* error) const;
};

}  // namespace backstop::cli
