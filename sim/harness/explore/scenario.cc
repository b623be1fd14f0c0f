// SPDX-License-Identifier: MIT
#include "sim/harness/explore/scenario.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>

#include "impl/esent.h"
#include "sim/harness/trace.h"

namespace backstop::harness {
namespace {

using model::Op;

constexpr uint8_t kPages = 4;

ProgramCall Call(Op op, uint32_t grbit = 0) {
  ProgramCall call;
  call.op = op;
  call.grbit = grbit;
  if (op == Op::kReadFile) call.pages = kPages;
  return call;
}

/// A backup client in the middle of a file, a controller that stops and ends the backup and begins
/// another, and a second client that meets both of them.
std::vector<std::vector<ProgramCall>> Roles() {
  return {
      {Call(Op::kReadFile), Call(Op::kReadFile), Call(Op::kCloseFile), Call(Op::kGetAttachInfo)},
      {Call(Op::kStopBackup), Call(Op::kEndExternalBackup), Call(Op::kBeginExternalBackup),
       Call(Op::kStopBackup)},
      {Call(Op::kOpenFile), Call(Op::kReadFile),
       Call(Op::kEndExternalBackup2, JET_bitBackupEndAbort), Call(Op::kOpenFile)}};
}

Scenario RolesTo(size_t threads, size_t calls) {
  Scenario scenario;
  scenario.name = fmt::format("{}x{}", threads, calls);
  scenario.program.setup.start = Start::kFileOpen;
  const auto roles = Roles();
  std::vector<std::string> columns;
  for (size_t i = 0; i < threads; ++i) {
    scenario.program.threads.emplace_back(roles[i].begin(),
                                          roles[i].begin() + static_cast<std::ptrdiff_t>(calls));
    std::vector<std::string> names;
    for (const ProgramCall& call : scenario.program.threads.back()) {
      names.push_back(model::OpName(call.op));
    }
    columns.push_back(fmt::format("{}", fmt::join(names, ", ")));
  }
  scenario.about = fmt::format("a file is open; {}", fmt::join(columns, " | "));
  return scenario;
}

}  // namespace

const std::vector<Scenario>& BuiltinScenarios() {
  static const std::vector<Scenario> scenarios = {RolesTo(2, 2), RolesTo(2, 3), RolesTo(3, 2),
                                                  RolesTo(3, 3), RolesTo(3, 4)};
  return scenarios;
}

bool FindScenario(const std::string& name_or_path, Scenario* scenario, std::string* error) {
  std::vector<std::string> names;
  for (const Scenario& builtin : BuiltinScenarios()) {
    if (builtin.name == name_or_path) {
      *scenario = builtin;
      return true;
    }
    names.push_back(builtin.name);
  }
  if (!std::filesystem::exists(name_or_path)) {
    *error = fmt::format("'{}' is neither a file nor a built-in scenario ({})", name_or_path,
                         fmt::join(names, ", "));
    return false;
  }
  Trace trace;
  if (!ReadTraceFile(name_or_path, &trace, error)) return false;
  *scenario = {.name = name_or_path, .about = "the program of a trace", .program = trace.program};
  return true;
}

std::string ProgramText(const Program& program) {
  std::string text =
      fmt::format("setup {} faults={}\n", ToText(program.setup), static_cast<int>(program.faults));
  for (size_t i = 0; i < program.threads.size(); ++i) {
    text += fmt::format("thread T{}\n", i);
    for (const ProgramCall& call : program.threads[i]) text += "  " + ToText(call) + "\n";
  }
  return text;
}

}  // namespace backstop::harness
