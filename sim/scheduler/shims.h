// SPDX-License-Identifier: MIT
// Locks, conditions and atomics with the interface of the standard library, whose operations are
// points of the scheduler in use. Memory is sequentially consistent whatever order is asked for.
#pragma once

#include <cstdint>
#include <mutex>
#include <utility>

#include "sim/scheduler/scheduler.h"

namespace backstop::sched {

/// Makes a scheduler the one that shims use, for a scope. Shims must be made and used in such a
/// scope, and be gone before the scheduler's next Reset. One scope at a time in a process.
class UseScheduler {
 public:
  explicit UseScheduler(Scheduler& scheduler) : before_(std::exchange(current_, &scheduler)) {}
  ~UseScheduler() { current_ = before_; }
  UseScheduler(const UseScheduler&) = delete;
  UseScheduler& operator=(const UseScheduler&) = delete;

  static Scheduler& Current() { return *current_; }

 private:
  static inline Scheduler* current_ = nullptr;
  Scheduler* before_;
};

/// Like std::mutex: std::lock_guard and std::unique_lock take it. Not recursive.
class Mutex {
 public:
  explicit Mutex(const char* name = "mutex") : id_(UseScheduler::Current().NewObject(name)) {}
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock() { UseScheduler::Current().LockMutex(id_); }
  void unlock() { UseScheduler::Current().UnlockMutex(id_); }
  ObjectId id() const { return id_; }

 private:
  const ObjectId id_;
};

/// Like std::condition_variable; never wakes spuriously. notify_one wakes all: whoever waits has to
/// look again anyway, since the standard allows spurious wake-ups.
class ConditionVariable {
 public:
  explicit ConditionVariable(const char* name = "condition")
      : id_(UseScheduler::Current().NewObject(name)) {}
  ConditionVariable(const ConditionVariable&) = delete;
  ConditionVariable& operator=(const ConditionVariable&) = delete;

  void wait(std::unique_lock<Mutex>& lock) {
    UseScheduler::Current().WaitCondition(id_, lock.mutex()->id());
  }
  template <class Predicate>
  void wait(std::unique_lock<Mutex>& lock, Predicate predicate) {
    while (!predicate()) wait(lock);
  }
  void notify_one() { notify_all(); }
  void notify_all() { UseScheduler::Current().NotifyAll(id_); }

 private:
  const ObjectId id_;
};

/// Like std::atomic, and what is to be used for shared plain fields as well, so that races between
/// their accesses show.
template <class T>
class Atomic {
 public:
  explicit Atomic(T value = T{}, const char* name = "atomic")
      : id_(UseScheduler::Current().NewObject(name)), value_(std::move(value)) {}
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  T load() const {
    At(PointKind::kLoad);
    return value_;
  }
  void store(T value) {
    At(PointKind::kStore);
    value_ = std::move(value);
  }
  T exchange(T value) {
    At(PointKind::kStore);
    return std::exchange(value_, std::move(value));
  }
  bool compare_exchange_strong(T& expected, T desired) {
    At(PointKind::kStore);
    const bool equal = value_ == expected;
    if (equal) {
      value_ = std::move(desired);
    } else {
      expected = value_;
    }
    return equal;
  }
  T fetch_add(T by) {
    At(PointKind::kStore);
    return std::exchange(value_, value_ + by);
  }

 private:
  void At(PointKind kind) const { UseScheduler::Current().At(kind, id_); }

  const ObjectId id_;
  T value_;
};

}  // namespace backstop::sched
