// SPDX-License-Identifier: MIT
// The inside of the Scheduler: tasks, who can go on, and the passing of turns.
#pragma once

#include <array>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/scheduler/fiber.h"
#include "sim/scheduler/name_table.h"
#include "sim/scheduler/point_counter.h"
#include "sim/scheduler/run_hash.h"
#include "sim/scheduler/scheduler.h"
#include "sim/scheduler/stack_pool.h"

namespace backstop::sched {

/// There is no scheduler loop. The task that comes to a point asks the strategy itself and switches
/// straight to the chosen one; the stack that called Run sleeps until the run is over.
struct Scheduler::State {
  /// The holder of a lock that was taken outside a run.
  static constexpr TaskId kOutside = 0xfe;

  struct Task {
    State* state = nullptr;
    TaskId id = kNoTask;
    std::string name;
    std::function<void()> body;
    std::unique_ptr<Fiber> fiber;  ///< kept from run to run, waiting for the next body
    Point at;
    uint32_t mark = 0;
    uint32_t occurrence = 0;
    ObjectId wants = kNoObject;    ///< the lock to take again after a wait
    uint64_t wake = 0;             ///< while asleep: until when
    ObjectId section = kNoObject;  ///< a commuting section that is one step so far
    bool ticks = false;            ///< its call has done nothing yet that matters
    // For the log: what the point says of itself, if it says more than its kind.
    bool says = false;
    AccessMode mode = AccessMode::kNone;
    Range range;
  };

  struct Object {
    NameId name = 0;
    TaskId holder = kNoTask;  ///< of a lock
    uint32_t tasks = 0;       ///< who asks for the lock, or waits for the condition
  };

  State(const Scheduler& owner, Options given);

  std::unique_ptr<Fiber> NewFiber(Task& task);

  // -- a run --
  void Begin(Strategy& asked);
  void StartTasks();
  void CollectWaits();
  /// Drops the fibers that stand in the middle of a body.
  void AbandonUnfinished();

  // -- inside a task --
  bool running() const { return current != kNoTask; }
  uint32_t bit() const { return 1u << current; }
  /// The current task has come to a point; it may or may not be able to go on. Returns when it is
  /// its turn again.
  void Pass(PointKind kind, ObjectId object);
  /// The commuting section that the current task is in, if any, becomes an ordinary one.
  void LeaveSection();
  void Acquire(ObjectId mutex);
  void Release(ObjectId mutex);
  /// Takes the condition's waiters to their locks.
  void Wake(ObjectId condition);
  /// The same for one task that waits for a condition.
  void TakeToLock(Task& task);
  uint64_t TimeAfter(uint64_t micros) const;
  void FallAsleep(uint64_t until);

  // -- the log --
  void LogStep(TaskId next);
  void LogMore(ObjectId object, AccessMode mode, Range range);
  /// Notes what matters first in a call.
  void Tick(Task& task);
  void SayCommutes();
  /// What the point does at which `task` stands; forgets what it said of itself.
  static Access AccessOf(Task& task);

  // -- choosing --
  /// The task that goes on, or kNoTask if the run is over.
  TaskId PickNext();
  TaskId Ask();
  bool WakeSleepers();
  void WakeUp(Task& task);
  void SwitchTo(TaskId next);
  Fiber& FiberOf(TaskId task) { return task == kNoTask ? outside : *tasks[task].fiber; }

  /// Runs one body after another; `argument` is a Task.
  static void Live(void* argument);
  void RunBody(Task& task);

  NameId NameOfObject(ObjectId object) const {
    return object == kNoObject ? 0 : objects[object].name;
  }

  const Scheduler& self;
  const Options options;
  const std::string no_task_name = "-";
  NameTable names;  ///< number 0 is the empty name
  PointCounter counter;
  PointCounter draw_counter;  ///< by label, as points of one kind
  StackPool stacks;
  Fiber outside;  ///< the stack that called Run
  std::array<Task, kMaxTasks> tasks;

  // All that follows belongs to the present run and is cleared by Reset.
  unsigned spawned = 0;
  TaskId current = kNoTask;
  uint32_t enabled = 0;
  uint32_t asleep = 0;
  uint32_t finished = 0;
  bool starting = false;  ///< tasks are being taken to their first points
  bool over = false;
  RunStatus status = RunStatus::kCompleted;
  Strategy* strategy = nullptr;
  uint64_t steps = 0;
  uint64_t switches = 0;
  uint64_t now = 0;
  std::exception_ptr error;
  std::vector<Object> objects;
  std::vector<Decision> decisions;
  std::vector<Access> accesses;
  std::vector<WaitInfo> waits;
  RunHash hash;
};

}  // namespace backstop::sched
