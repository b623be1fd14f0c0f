// SPDX-License-Identifier: MIT
// Which instance a name means while calls of several threads make and end instances.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/observed/model_replay.h"
#include "sim/harness/recorded_history/history_file.h"

namespace backstop::recorded {

/// Use: for each call, in the order of invocation, Advance to its time, translate it, Take it.
class InstanceWindows {
 public:
  /// Tells `replay` what has returned before `now`.
  void Advance(uint64_t now, observed::ModelReplay* replay);

  /// Notes a call. Gives a reason if it is not known which instance it used, or whether what it
  /// made had a name, a directory or a number of its own: a call beside it made or ended an
  /// instance.
  std::optional<std::string> Take(const TimedCall& made, const model::Call& call);

 private:
  struct Window {
    model::Call call;
    uint64_t invoked = 0, returned = 0;
    uint32_t thread = 0;
    bool succeeded = false;
  };
  static bool Meets(const Window& a, const Window& b);

  std::vector<Window> windows_;  ///< of the calls that had not returned at the time of Advance
};

}  // namespace backstop::recorded
