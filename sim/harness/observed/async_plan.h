// SPDX-License-Identifier: MIT
// Which recorded step is the call that an "async" step started.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "sim/harness/observed/sequence.h"

namespace backstop::observed {

/// The call of an "async" step is recorded as a step of its own where it returned, before the
/// "join" that waits for it; two threads that returned at once may have lost it.
class AsyncPlan {
 public:
  explicit AsyncPlan(const Sequence& sequence);

  bool Any() const { return !recorded_at_.empty(); }
  /// Where the call that the async step `index` started was recorded.
  std::optional<size_t> RecordOf(size_t index) const { return recorded_at_.at(index); }
  /// Whether step `index` is the record of a call on the other thread.
  bool IsRecord(size_t index) const { return is_record_[index]; }

 private:
  std::map<size_t, std::optional<size_t>> recorded_at_;  ///< by async step
  std::vector<bool> is_record_;
};

}  // namespace backstop::observed
