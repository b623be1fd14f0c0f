// SPDX-License-Identifier: MIT
#include "impl/engine/process.h"

#include "impl/engine/process_state.h"
#include "impl/env/posix_env.h"

namespace backstop::engine {
namespace {

thread_local Process* bound_process = nullptr;

/// Never destroyed: calls may still come while the program exits.
Process& PosixProcess() {
  static Process& process = *new Process(env::PosixEnv::Get());
  return process;
}

}  // namespace

Process::Process(env::Env& env) : env_(env), state_(std::make_unique<ProcessState>(env)) {}
Process::~Process() = default;

Process& Process::Current() { return bound_process != nullptr ? *bound_process : PosixProcess(); }

ProcessBinding::ProcessBinding(Process& process) : previous_(bound_process) {
  bound_process = &process;
}
ProcessBinding::~ProcessBinding() { bound_process = previous_; }

}  // namespace backstop::engine
