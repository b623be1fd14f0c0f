// SPDX-License-Identifier: MIT
// The options --junit, --sarif and --github, and what they write.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "sim/harness/report/ci_reports.h"

namespace backstop::cli {

struct CiFiles {
  std::string junit;
  std::string sarif;
  bool github = false;

  void AddTo(CLI::App* command);
  bool any() const { return !junit.empty() || !sarif.empty() || github; }
  /// Proves, before the work begins, that the files can be written. False with the cause in
  /// `*error`.
  bool Prepare(const std::string& suite, std::string* error) const;
  /// Writes the files that were asked for, and the annotations to stdout. False with the cause in
  /// `*error` if one cannot be written.
  bool Write(const report::CiReport& report, std::string* error) const;
};

/// A report of this program for the verb `suite`.
report::CiReport NewReport(const std::string& suite);

}  // namespace backstop::cli
