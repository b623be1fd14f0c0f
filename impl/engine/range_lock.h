// SPDX-License-Identifier: MIT
// Locks on runs of pages of one file, so that a reader gets each page as one whole version.
#pragma once

#include <cstdint>
#include <vector>

#include "impl/env/sync.h"

namespace backstop::engine {

/// Thread-safe. Runs are half-open; any number of shared holders, or one exclusive holder, per
/// page.
class RangeLock {
 public:
  explicit RangeLock(env::Env& env) : mutex_(env, "range"), free_(env, "range free") {}

  struct Range {
    uint64_t first = 0;
    uint64_t end = 0;
    bool exclusive = false;
    friend bool operator==(const Range&, const Range&) = default;
  };
  void Lock(const Range& range);
  void Unlock(const Range& range);

 private:
  bool IsFree(const Range& range) const;

  env::Mutex mutex_;
  env::Condition free_;
  std::vector<Range> held_;
};

/// Holds a range for a scope.
class RangeHolder {
 public:
  RangeHolder(RangeLock& lock, RangeLock::Range range) : lock_(lock), range_(range) {
    lock_.Lock(range_);
  }
  ~RangeHolder() { lock_.Unlock(range_); }
  RangeHolder(const RangeHolder&) = delete;
  RangeHolder& operator=(const RangeHolder&) = delete;

 private:
  RangeLock& lock_;
  RangeLock::Range range_;
};

}  // namespace backstop::engine
