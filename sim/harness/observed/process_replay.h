// SPDX-License-Identifier: MIT
// Runs recorded sequences on an engine in a shared library: real files, real time, one process
// each.
#pragma once

#include <filesystem>

#include "sim/harness/jet_api.h"
#include "sim/harness/observed/sequence_run.h"

namespace backstop::observed {

/// Makes a child process for every sequence, in a fresh directory: in TMPDIR if it is set, else in
/// memory if the system has such a place. The calling process must have one thread.
class ProcessReplay {
 public:
  /// `api` must outlive this object; nothing in it has been called, so that every child finds the
  /// library as it was loaded. A child is ended after `deadline_seconds`.
  ProcessReplay(const harness::JetApi& api, unsigned deadline_seconds);

  /// Makes the first `count` steps.
  EngineRun Run(const Sequence& sequence, size_t count);

 private:
  const harness::JetApi& api_;
  const unsigned deadline_seconds_;
  const std::filesystem::path base_;
  unsigned runs_ = 0;
};

}  // namespace backstop::observed
