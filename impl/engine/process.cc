// SPDX-License-Identifier: MIT
#include "impl/engine/process.h"

#include <cstdio>
#include <cstdlib>

#include "impl/engine/process_state.h"
#include "impl/env/posix_env.h"

namespace backstop::engine {
namespace {

thread_local Process* bound_process = nullptr;

/// A program that asks for a dialect which does not exist must not run in another one.
const Dialect& DialectFromEnvironment() {
  const char* name = std::getenv("BACKSTOP_DIALECT");
  if (name == nullptr || *name == '\0') return kStrict;
  const Dialect* dialect = FindDialect(name);
  if (dialect != nullptr) return *dialect;
  std::fprintf(stderr, "BACKSTOP_DIALECT=%s: no such dialect; set it to strict or ese\n", name);
  std::_Exit(2);
}

/// Never destroyed: calls may still come while the program exits.
Process& PosixProcess() {
  static Process& process = *new Process(env::PosixEnv::Get(), DialectFromEnvironment());
  return process;
}

}  // namespace

Process::Process(env::Env& env, const Dialect& dialect)
    : env_(env), dialect_(dialect), state_(std::make_unique<ProcessState>(env, dialect_)) {}
Process::~Process() = default;

Process& Process::Current() { return bound_process != nullptr ? *bound_process : PosixProcess(); }

ProcessBinding::ProcessBinding(Process& process) : previous_(bound_process) {
  bound_process = &process;
}
ProcessBinding::~ProcessBinding() { bound_process = previous_; }

bool Process::MakeUnavailable(JET_INSTANCE instance, Err err) {
  std::shared_ptr<Instance> found;
  if (state_->Find(instance, &found) < 0) return false;
  found->gate().MakeUnavailable(err);
  return true;
}

}  // namespace backstop::engine
