// SPDX-License-Identifier: MIT
// The Env's locks and conditions as objects of the scheduler.
#pragma once

#include "impl/env/env.h"
#include "sim/scheduler/scheduler.h"

namespace backstop::world {

class SimMutex : public env::MutexImpl {
 public:
  SimMutex(sched::Scheduler& scheduler, const char* name)
      : scheduler_(scheduler), id_(scheduler.NewObject(name)) {}
  void Lock() override { scheduler_.LockMutex(id_); }
  void LockCommuting() override { scheduler_.LockMutex(id_, true); }
  void Unlock() override { scheduler_.UnlockMutex(id_); }
  sched::ObjectId id() const { return id_; }

 private:
  sched::Scheduler& scheduler_;
  sched::ObjectId id_;
};

class SimCondition : public env::ConditionImpl {
 public:
  SimCondition(sched::Scheduler& scheduler, const char* name)
      : scheduler_(scheduler), id_(scheduler.NewObject(name)) {}
  /// `mutex` is of the same world.
  void Wait(env::MutexImpl& mutex) override {
    scheduler_.WaitCondition(id_, static_cast<SimMutex&>(mutex).id());
  }
  void WaitFor(env::MutexImpl& mutex, uint64_t micros) override {
    scheduler_.WaitConditionFor(id_, static_cast<SimMutex&>(mutex).id(), micros);
  }
  void NotifyAll() override { scheduler_.NotifyAll(id_); }

 private:
  sched::Scheduler& scheduler_;
  sched::ObjectId id_;
};

}  // namespace backstop::world
