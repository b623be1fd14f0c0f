// SPDX-License-Identifier: MIT
#include "sim/cli/ci_files.h"

#include <fmt/format.h>

#include <cstdio>

#include "sim/cli/build_info.h"
#include "sim/harness/current_run.h"

namespace backstop::cli {
namespace {

using WriteAs = bool(const std::string&, const std::string&, std::string*);

bool WriteTo(const std::string& path, const std::string& text, const char* option,
             std::string* error, WriteAs& write = harness::WriteWholeFile) {
  if (path.empty() || write(path, text, error)) return true;
  *error = fmt::format("{} {}", option, *error);
  return false;
}

}  // namespace

void CiFiles::AddTo(CLI::App* command) {
  command->add_option("--junit", junit, "Write the result as JUnit XML");
  command->add_option("--sarif", sarif, "Write what was found as SARIF");
  command->add_flag("--github", github, "Print what was found as annotations of GitHub Actions");
}

bool CiFiles::Prepare(const std::string& suite, std::string* error) const {
  const report::CiReport empty = NewReport(suite);
  return WriteTo(junit, JUnit(empty), "--junit", error, harness::PrepareWholeFile) &&
         WriteTo(sarif, Sarif(empty), "--sarif", error, harness::PrepareWholeFile);
}

bool CiFiles::Write(const report::CiReport& report, std::string* error) const {
  if (github) fmt::print("{}", GitHubAnnotations(report));
  return WriteTo(junit, JUnit(report), "--junit", error) &&
         WriteTo(sarif, Sarif(report), "--sarif", error);
}

report::CiReport NewReport(const std::string& suite) {
  return {.suite = "backstop " + suite, .version = kVersion, .checks = {}};
}

}  // namespace backstop::cli
