// SPDX-License-Identifier: MIT
// What can be explored: built-in programs by name, and the programs of trace files.
#pragma once

#include <string>
#include <vector>

#include "sim/harness/program.h"

namespace backstop::harness {

struct Scenario {
  std::string name;   ///< "3x2": three threads of two calls
  std::string about;  ///< one line
  Program program;
};

/// The built-in ones, in the order in which they are listed.
const std::vector<Scenario>& BuiltinScenarios();

/// Finds a built-in scenario by name, or reads the program of a trace file. False with `*error` set
/// to one line for the user.
bool FindScenario(const std::string& name_or_path, Scenario* scenario, std::string* error);

/// Setup, threads and calls as text: equal texts are equal programs.
std::string ProgramText(const Program& program);

}  // namespace backstop::harness
