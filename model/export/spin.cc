// SPDX-License-Identifier: MIT
#include "model/export/spin.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <regex>

namespace backstop::model {

namespace {

/// Adds to `*output` what the shell command writes, its errors among it. False if it fails.
bool Run(const std::string& command, std::string* output) {
  FILE* pipe = popen(fmt::format("{{ {}; }} 2>&1", command).c_str(), "r");
  if (pipe == nullptr) return false;
  std::array<char, 4096> buffer;
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr) *output += buffer.data();
  return pclose(pipe) == 0;
}

/// CPU seconds of all programs that were run and have ended.
double SecondsOfChildren() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

uint64_t NumberIn(const std::string& text, const char* pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(pattern)) ? std::stoull(found[1]) : 0;
}

}  // namespace

SpinResult RunSpin(const std::string& model, const std::filesystem::path& directory,
                   Verifier verifier) {
  std::ofstream(directory / "model.pml") << model;
  SpinResult result;
  // Without partial order reduction, and with variables that nothing reads kept (-o2), so that the
  // states are those of the search. The hash table is small enough not to be most of the time.
  const bool made = Run(
      fmt::format("cd '{}' && spin -a -o2 model.pml && cc {} -w -DSAFETY -DNOREDUCE -o pan pan.c",
                  directory.string(), verifier == Verifier::kFast ? "-O2" : "-O0"),
      &result.output);
  if (!made) return result;
  const double before = SecondsOfChildren();
  Run(fmt::format("cd '{}' && ./pan -m2000000 -w22", directory.string()), &result.output);
  result.seconds = SecondsOfChildren() - before;
  result.states = NumberIn(result.output, "([0-9]+) states, stored");
  result.transitions = NumberIn(result.output, "([0-9]+) transitions");
  result.errors = NumberIn(result.output, "errors: ([0-9]+)");
  result.complete = result.states != 0 && result.output.find("incomplete") == std::string::npos &&
                    result.output.find("max search depth too small") == std::string::npos;
  return result;
}

}  // namespace backstop::model
