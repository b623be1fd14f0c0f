// SPDX-License-Identifier: MIT
// What was found, in the formats that services of continuous integration read.
#pragma once

#include <string>
#include <vector>

namespace backstop::report {

/// One thing that was checked.
struct Check {
  std::string name;    ///< "INV-02-stop-without-lock.trace", "end_end/a/124"
  double seconds = 0;  ///< 0 if it was not measured
  bool failed = false;
  bool skipped = false;  ///< it could not be judged
  // Of what failed:
  std::string rule;         ///< "INV-02"
  std::string meaning;      ///< what the rule demands, one sentence; may be empty
  std::string fingerprint;  ///< equal for failures of one class
  std::string text;         ///< what happened
  std::string command;      ///< shows it again
  std::string file;         ///< where it is kept, relative to the working directory
  std::string attachment;   ///< the trace
};

struct CiReport {
  std::string suite;    ///< "backstop run"
  std::string version;  ///< of the program
  std::vector<Check> checks;
};

/// JUnit's XML, as CTest and most services read it. The reproduce command and the trace stand
/// inside <failure>.
std::string JUnit(const CiReport& report);

/// SARIF 2.1.0, one result for each failure.
std::string Sarif(const CiReport& report);

/// Workflow commands of GitHub Actions, one line for each failure.
std::string GitHubAnnotations(const CiReport& report);

}  // namespace backstop::report
