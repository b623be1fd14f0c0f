// SPDX-License-Identifier: MIT
// The directory that failures are kept in: one trace for each class of failure, replayed before the
// next search.
#pragma once

#include <optional>
#include <string>

#include "sim/harness/replay_trace.h"

namespace backstop::cli {

struct KnownFailure {
  std::string path;
  harness::Trace trace;
  harness::ReplayResult result;
};

/// Where the trace of a failure of this class is kept: an earlier one is replaced.
std::string FailurePath(const std::string& directory, const std::string& engine,
                        const harness::Violation& violation);

/// Replays the traces in `directory`, in the order of their names, until one fails again, and says
/// on stderr what became of each. Nothing if none fails. Traces that cannot be used are named and
/// passed over.
std::optional<KnownFailure> FirstKnownFailure(const std::string& directory, harness::Runner& runner,
                                              harness::Checker& checker,
                                              const harness::Provenance& here);

}  // namespace backstop::cli
