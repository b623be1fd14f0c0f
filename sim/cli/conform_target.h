// SPDX-License-Identifier: MIT
// The engine that `backstop conform` asks: the one that is linked in, or a shared library.
#pragma once

#include <optional>
#include <string>

#include "sim/cli/command.h"
#include "sim/harness/conformance/suite_engine.h"
#include "sim/harness/conformance/suite_run.h"
#include "sim/harness/observed/engine_replay.h"
#include "sim/harness/observed/process_replay.h"

namespace backstop::cli {

/// Keeps alive what the runs need. Not thread-safe.
class ConformTarget {
 public:
  /// `path` is "builtin" or that of a library, in which no sequence runs for longer than
  /// `deadline_seconds`. False with the cause in `*error` if it cannot be used.
  bool Prepare(const std::string& path, double deadline_seconds, const Context& context,
               std::string* error);

  /// Runs recordings, which are of the dialect ese.
  observed::RunSequence ForRecordings();
  /// Runs sequences of the suite; `dialect` is "strict" or "ese".
  observed::RunSequence ForSuite(const std::string& dialect);
  /// What the target can be asked: only the engine that is linked in lives in a world that fails.
  conformance::SuiteWorld world() const {
    return library_ ? conformance::SuiteWorld::kPlain : conformance::SuiteWorld::kSimulated;
  }

 private:
  observed::RunSequence InLibrary(const std::string& dialect);

  harness::JetApi api_;
  std::optional<observed::ProcessReplay> library_;
  std::optional<observed::EngineReplay> recordings_;
  std::optional<conformance::SuiteEngine> suite_;
};

}  // namespace backstop::cli
