// SPDX-License-Identifier: MIT
// Histories of calls that overlap, recorded by any client of any engine: one JSON object a line, as
// traces/HISTORIES.md describes them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/observed/sequence.h"

namespace backstop::recorded {

/// Threads of a history are numbered from 0 and below this.
inline constexpr uint32_t kMaxThreads = 64;

/// One call of a thread. Times are of one clock that all threads share.
struct TimedCall {
  uint32_t thread = 0;
  uint64_t invoked = 0;
  std::optional<uint64_t> returned;  ///< nothing: it had not returned when the process died
  observed::Step step;
};

struct RecordedHistory {
  std::string id;
  /// What was done before the threads started, one step after the other, and the settings.
  observed::Sequence setup;
  /// In the order of their invocation.
  std::vector<TimedCall> calls;
  /// What was done alone after the threads had ended.
  std::vector<observed::Step> final_steps;
  /// The process died before the last step.
  bool crashed = false;
  std::string crash_call;  ///< the call it died in; empty if that is not known
  std::optional<uint32_t> crash_thread;
};

/// Reads one history from its JSON text, its steps taken apart into calls (composite_steps.h). On
/// failure `*error` says what is wrong and where.
std::optional<RecordedHistory> ParseHistory(const std::string& text, std::string* error);

/// Gives every history of a file to `visit`, in order, one at a time in memory. The file holds JSON
/// lines, compressed with zstd if its name ends in ".zst". False if it cannot be used; `*error`
/// names file, line and cause, and the histories before that line have been visited.
bool ReadHistories(const std::string& path, const std::function<void(RecordedHistory&&)>& visit,
                   std::string* error);

}  // namespace backstop::recorded
