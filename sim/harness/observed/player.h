// SPDX-License-Identifier: MIT
// Makes the calls that a recorded step stands for.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "impl/engine/process.h"
#include "sim/harness/jet_api.h"
#include "sim/harness/observed/given_restore.h"
#include "sim/harness/observed/sequence.h"
#include "sim/harness/observed/symbols.h"

namespace backstop::observed {

/// What a step did on an engine, in the terms of a recording.
struct StepResult {
  int32_t err = 0;
  nlohmann::json out = nlohmann::json::object();
  /// The function that the engine does not have; then nothing was called.
  std::string missing;
};

/// One engine process, one directory. Play may be called from several tasks of one scheduler.
class Player {
 public:
  /// `env` is the world of files and time that the engine lives in.
  Player(const harness::JetApi& api, env::Env& env, const Sequence& sequence)
      : api_(api), env_(env), sequence_(sequence), given_(api, env) {}

  /// Sets the parameters that hold before the first step, and makes the files that restores are
  /// given.
  JET_ERR Prepare();
  /// Makes one step. "async" and "join" are for the caller.
  StepResult Play(const Step& step);

  /// The handle of the instance that a step names.
  JET_INSTANCE InstanceOf(const Step& step) const { return symbols_.Instance(step); }
  /// Whether the step only concerns files and time.
  static bool IsHarnessStep(const Step& step);

 private:
  friend struct Calls;

  JET_ERR SetParameters(JET_INSTANCE* instance, const std::string& directory);
  /// The directory an instance of this name lives in.
  std::string DirectoryOf(const std::string& instance);

  const harness::JetApi& api_;
  env::Env& env_;
  const Sequence& sequence_;
  Symbols symbols_;
  GivenRestore given_;
};

}  // namespace backstop::observed
