// SPDX-License-Identifier: MIT
#include "model/export/testing/spin.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <regex>

namespace backstop::model::testing {

namespace {

std::string OutputOf(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return "cannot run " + command;
  std::array<char, 4096> buffer;
  while (fgets(buffer.data(), buffer.size(), pipe) != nullptr) output += buffer.data();
  pclose(pipe);
  return output;
}

uint64_t NumberIn(const std::string& text, const char* pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex(pattern)) ? std::stoull(found[1]) : 0;
}

}  // namespace

SpinResult RunSpin(const std::string& model, const std::filesystem::path& directory) {
  std::ofstream(directory / "model.pml") << model;
  SpinResult result;
  // Without partial order reduction, and with variables that nothing reads kept (-o2), so that the
  // states are those of the search.
  result.output = OutputOf(fmt::format(
      "cd '{}' && {{ spin -a -o2 model.pml && cc -O1 -w -DSAFETY -DNOREDUCE -o pan pan.c && "
      "./pan -m2000000 -w22; }} 2>&1",
      directory.string()));
  result.states = NumberIn(result.output, "([0-9]+) states, stored");
  result.transitions = NumberIn(result.output, "([0-9]+) transitions");
  result.errors = NumberIn(result.output, "errors: ([0-9]+)");
  result.complete = result.states != 0 && result.output.find("incomplete") == std::string::npos &&
                    result.output.find("max search depth too small") == std::string::npos;
  return result;
}

}  // namespace backstop::model::testing
