// SPDX-License-Identifier: MIT
#include "impl/engine/range_lock.h"

#include <algorithm>

namespace backstop::engine {

void RangeLock::Lock(const Range& range) {
  env::MutexLock lock(mutex_);
  while (!IsFree(range)) free_.Wait(lock);
  held_.push_back(range);
}

void RangeLock::Unlock(const Range& range) {
  env::MutexLock lock(mutex_);
  held_.erase(std::find(held_.begin(), held_.end(), range));
  free_.NotifyAll();
}

bool RangeLock::IsFree(const Range& range) const {
  return std::none_of(held_.begin(), held_.end(), [&](const Range& held) {
    const bool overlap = held.first < range.end && range.first < held.end;
    return overlap && (held.exclusive || range.exclusive);
  });
}

}  // namespace backstop::engine
