// SPDX-License-Identifier: MIT
// Steps of a history that are several calls (ReadAll, CopyLogs) or none (what the environment did),
// as the calls that they are.
#pragma once

#include "sim/harness/recorded_history/history_file.h"

namespace backstop::recorded {

/// The argument that Expand gives to a call which the environment met: the name of the step.
inline constexpr const char* kMeets = "meets";

/// Puts in place of each composite step the calls that it made, one after the other and each with
/// the times of the step, and notes what the environment did at the next call of the thread. A step
/// that does not tell how its calls went stays as it is.
void Expand(RecordedHistory* history);

}  // namespace backstop::recorded
