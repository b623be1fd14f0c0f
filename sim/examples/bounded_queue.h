// SPDX-License-Identifier: MIT
// A queue of bounded length whose callers wait, with a mistake that can be switched on.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>

#include "sim/scheduler/shims.h"

namespace backstop::examples {

/// Thread-safe.
class BoundedQueue {
 public:
  /// `mistaken`: who was woken does not look again whether there is anything to take.
  explicit BoundedQueue(size_t capacity, bool mistaken = false)
      : capacity_(capacity), mistaken_(mistaken) {}

  /// Waits while the queue is full.
  void Push(int value) {
    std::unique_lock<sched::Mutex> lock(mutex_);
    changed_.wait(lock, [this] { return values_.size() < capacity_; });
    values_.push_back(value);
    changed_.notify_all();
  }

  /// Waits while the queue is empty.
  int Pop() {
    std::unique_lock<sched::Mutex> lock(mutex_);
    if (mistaken_) {
      if (values_.empty()) changed_.wait(lock);
    } else {
      changed_.wait(lock, [this] { return !values_.empty(); });
    }
    if (values_.empty()) return -1;  // what undefined behaviour would be without this line
    const int value = values_.front();
    values_.pop_front();
    changed_.notify_all();
    return value;
  }

 private:
  const size_t capacity_;
  const bool mistaken_;
  sched::Mutex mutex_{"queue"};
  sched::ConditionVariable changed_{"changed"};
  std::deque<int> values_;
};

}  // namespace backstop::examples
