// SPDX-License-Identifier: MIT
// The process-wide part of the engine and the way the C entry points find it.
#pragma once

#include <memory>

#include "impl/engine/dialect.h"
#include "impl/env/env.h"

namespace backstop::engine {

class ProcessState;  // run mode, instance table, global parameters: engine/process_state.h

/// One engine "process": what the API keeps per operating system process. A program that links the
/// engine has exactly one, over the POSIX environment; the simulator makes a new one for every run.
class Process {
 public:
  /// `env` must outlive the process.
  explicit Process(env::Env& env, const Dialect& dialect = kStrict);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  env::Env& env() { return env_; }
  const Dialect& dialect() const { return dialect_; }
  ProcessState& state() { return *state_; }

  /// Marks an instance as one in which a fatal error has happened; see ApiGate. False if there is
  /// no such instance.
  bool MakeUnavailable(JET_INSTANCE instance, Err err);

  /// The process that calls on this thread act on: the one bound by the innermost ProcessBinding of
  /// this thread, else the process over POSIX that is made on first use, in the dialect that the
  /// environment variable BACKSTOP_DIALECT names (strict without it).
  static Process& Current();

 private:
  env::Env& env_;
  const Dialect dialect_;
  std::unique_ptr<ProcessState> state_;
};

/// Binds the calling operating system thread to `process` while in scope.
class ProcessBinding {
 public:
  explicit ProcessBinding(Process& process);
  ~ProcessBinding();
  ProcessBinding(const ProcessBinding&) = delete;
  ProcessBinding& operator=(const ProcessBinding&) = delete;

 private:
  Process* previous_;
};

}  // namespace backstop::engine
