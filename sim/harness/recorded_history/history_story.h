// SPDX-License-Identifier: MIT
// A judged history as a story for people.
#pragma once

#include <string>

#include "sim/harness/recorded_history/judge_history.h"
#include "sim/harness/report/story.h"

namespace backstop::recorded {

/// `judged` must have been asked for a witness. `origin` says where the history comes from.
report::Story StoryOf(const RecordedHistory& history, const JudgedHistory& judged,
                      const std::string& origin);

}  // namespace backstop::recorded
