// SPDX-License-Identifier: MIT
#include "sim/harness/recorded_history/instance_windows.h"

#include <fmt/format.h>

#include <algorithm>

#include "model/linearize/linearize.h"

namespace backstop::recorded {

using model::InstanceRef;
using model::Op;

namespace {

/// JetInit makes an instance if it is given none.
bool Makes(const model::Call& call) {
  return call.op == Op::kCreateInstance || call.op == Op::kRestoreInstance ||
         (call.op == Op::kInit && (call.null_pointer || call.instance == InstanceRef::kNil));
}

bool Starts(const model::Call& call) { return call.op == Op::kInit || Makes(call); }

bool IsAboutInstances(const model::Call& call) { return Starts(call) || call.op == Op::kTerm; }

}  // namespace

void InstanceWindows::Advance(uint64_t now, observed::ModelReplay* replay) {
  std::erase_if(windows_, [&](const Window& window) {
    if (window.returned >= now) return false;
    if (window.succeeded) replay->Returned(window.call);
    return true;
  });
}

/// Two calls of different threads whose order decides what one of their arguments means.
bool InstanceWindows::Meets(const Window& a, const Window& b) {
  const bool same = a.call.instance == b.call.instance;
  if (Makes(a.call)) return IsAboutInstances(b.call) || same;
  if (Starts(a.call) && Starts(b.call)) return !same;
  return Starts(a.call) && b.call.op == Op::kTerm && !same;
}

std::optional<std::string> InstanceWindows::Take(const TimedCall& made, const model::Call& call) {
  const Window mine{.call = call,
                    .invoked = made.invoked,
                    .returned = made.returned.value_or(model::kPending),
                    .thread = made.thread,
                    .succeeded = made.returned && made.step.err >= 0};
  for (const Window& other : windows_) {
    if (other.thread == mine.thread || other.returned < mine.invoked) continue;
    if (!Meets(mine, other) && !Meets(other, mine)) continue;
    return fmt::format(
        "{} overlaps a call that makes or ends an instance: what its arguments meant is not told",
        made.step.call);
  }
  windows_.push_back(mine);
  return std::nullopt;
}

}  // namespace backstop::recorded
