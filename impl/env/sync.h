// SPDX-License-Identifier: MIT
// Locks, conditions and shared fields over an Env, as value members of engine classes.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "impl/env/env.h"

namespace backstop::env {

/// What is known of a critical section. Sections of one lock that commute only read what the lock
/// protects, or count: nobody can tell in which order two of them were. All of them exclude each
/// other; only systematic searches, which leave out runs that nobody can tell apart, use this.
enum class Section : uint8_t { kExclusive, kCommutes };

/// A mutual exclusion lock of the given Env. Not recursive.
class Mutex {
 public:
  Mutex(Env& env, const char* name) : impl_(env.NewMutex(name)) {}
  void Lock() { impl_->Lock(); }
  void Unlock() { impl_->Unlock(); }
  MutexImpl& impl() { return *impl_; }

 private:
  std::unique_ptr<MutexImpl> impl_;
};

/// Holds a Mutex for a scope; may be released early and taken again.
class MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) : mutex_(mutex) { Lock(); }
  MutexLock(Mutex& mutex, Section section) : mutex_(mutex), held_(true) {
    section == Section::kCommutes ? mutex.impl().LockCommuting() : mutex.Lock();
  }
  ~MutexLock() {
    if (held_) mutex_.Unlock();
  }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

  void Lock() {
    mutex_.Lock();
    held_ = true;
  }
  void Unlock() {
    held_ = false;
    mutex_.Unlock();
  }
  Mutex& mutex() { return mutex_; }

 private:
  Mutex& mutex_;
  bool held_ = false;
};

class Condition {
 public:
  Condition(Env& env, const char* name) : impl_(env.NewCondition(name)) {}
  void Wait(MutexLock& lock) { impl_->Wait(lock.mutex().impl()); }
  void WaitFor(MutexLock& lock, uint64_t micros) { impl_->WaitFor(lock.mutex().impl(), micros); }
  void NotifyAll() { impl_->NotifyAll(); }

 private:
  std::unique_ptr<ConditionImpl> impl_;
};

/// A field that several threads touch. Each access is a scheduling point in simulation and a plain
/// access otherwise: a Cell makes races visible, it does not make them safe.
template <class T>
class Cell {
 public:
  Cell(Env& env, const char* name, T value = T{})
      : env_(env), id_(env.NewCell(name)), value_(std::move(value)) {}

  const T& Get() const {
    env_.Touch(id_, Access::kRead);
    return value_;
  }
  void Set(T value) {
    env_.Touch(id_, Access::kWrite);
    value_ = std::move(value);
  }

 private:
  Env& env_;
  CellId id_;
  T value_;
};

}  // namespace backstop::env
