// SPDX-License-Identifier: MIT
// A deterministic scheduler: tasks take turns on one operating system thread and are switched only
// at points, by the answers of a Strategy. Memory is sequentially consistent.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/scheduler/access.h"
#include "sim/scheduler/strategy.h"
#include "sim/scheduler/types.h"

namespace backstop::sched {

enum class RunStatus : uint8_t {
  kCompleted,
  kDeadlock,    ///< nobody can go on and nobody sleeps
  kNoProgress,  ///< the step bound was passed
};

/// One answered question, as it goes into a trace.
struct Decision {
  bool is_switch = true;
  TaskId task = kNoTask;    ///< the task that ran when the question came up
  Point at;                 ///< switches: what that task was about to do
  const char* label = "";   ///< of a draw
  uint32_t options = 0;     ///< draws: number of answers; switches: mask of enabled tasks
  uint32_t answer = 0;      ///< draws: the answer; switches: the task chosen
  uint32_t mark = 0;        ///< the number given to Mark last by that task (harness: call index)
  uint32_t occurrence = 0;  ///< how often that task met a point of this kind on an object of this
                            ///< name (a draw: this label) since its last Mark, without this time
};

/// Who waits for what when a run cannot go on.
struct WaitInfo {
  TaskId task = kNoTask;
  Point waits;
  TaskId holder = kNoTask;  ///< of a lock
};

class Scheduler {
 public:
  struct Options {
    uint64_t max_steps = 100'000;
    bool record = true;  ///< keep the list of decisions
    bool log = false;    ///< keep the list of accesses
    /// A section that LockMutex was told to commute is one step if it has no point inside.
    bool join_sections = false;
    /// Carry each task on an operating system thread instead of a fiber. The threads take turns:
    /// equal answers give equal runs.
    bool threads = false;
  };

  explicit Scheduler(Options options);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;
  Scheduler& operator=(const Scheduler&) = delete;

  /// Forgets all tasks, objects and decisions of the last run; stacks are kept for the next one.
  void Reset();

  // -- before a run --

  /// `name` identifies the task in traces: give each task of a run its own. At most kMaxTasks.
  TaskId Spawn(std::string name, std::function<void()> body);

  /// Runs all tasks to their end; once between two Resets. Each task is first taken to its first
  /// point, in the order of Spawn: what it does until then nobody else can see, so that is no
  /// choice. On kDeadlock and kNoProgress the stacks of unfinished tasks are abandoned: what they
  /// own is leaked, and the world they used must not be used any more. The first exception that
  /// left a body is thrown again here.
  RunStatus Run(Strategy& strategy);

  // -- from inside a task; outside a run every call below acts at once and asks nobody --

  /// A scheduling point: the task may be switched before it goes on.
  void At(PointKind kind, ObjectId object = kNoObject);
  /// The same, with what it does to its object where the kind does not say it.
  void At(PointKind kind, ObjectId object, AccessMode mode, Range range);
  /// An access without a point: part of the step that is going on. Acts only on the log.
  void Touch(ObjectId object, AccessMode mode, Range range = {});
  /// A call begins, and has its result: for the order in which calls do something that matters
  /// (AccessMode::kTick). Acts only on the log.
  void BeginCall();
  void EndCall();
  /// A labelled choice that is not a switch.
  uint32_t Draw(const char* label, uint32_t options);
  /// Puts a number (for example the index of the API call) beside the decisions that follow. The
  /// numbers of one task ascend.
  void Mark(uint32_t mark);
  /// Adds a result to the rolling hash of the run.
  void Observe(uint64_t value);
  TaskId current() const;
  bool running() const;
  /// Whether Touch has any effect.
  bool logging() const;

  /// `name` is copied; several objects may share one.
  ObjectId NewObject(const char* name);
  /// The name of a live object; valid as long as the scheduler. "" for kNoObject.
  const char* ObjectName(ObjectId object) const;

  /// A task that asks for a held lock is not enabled until it is free. Misuse (unlocking what one
  /// does not hold; locking a held lock outside a run) ends the process with a message.
  /// `commutes`: nobody can tell the order of this critical section and another such section of the
  /// lock. Only searches that leave out equivalent runs make use of it.
  void LockMutex(ObjectId mutex, bool commutes = false);
  void UnlockMutex(ObjectId mutex);
  /// Releases `mutex` and waits in one step; holds it again on return. Never wakes spuriously.
  void WaitCondition(ObjectId condition, ObjectId mutex);
  /// The same, but the wait ends by itself when `micros` of virtual time have passed.
  void WaitConditionFor(ObjectId condition, ObjectId mutex, uint64_t micros);
  void NotifyAll(ObjectId condition);

  /// Virtual time, from 0 at Reset. When nobody else can go on the clock jumps to the earliest
  /// time somebody sleeps for, and all whose time has come can go on.
  uint64_t NowMicros() const;
  void SleepMicros(uint64_t micros);

  /// Where the task stands.
  Point PointOf(TaskId task) const;

  // -- after a run --
  const std::vector<Decision>& decisions() const;
  /// Of the steps so far, in their order; empty unless Options::log.
  const std::vector<Access>& accesses() const;
  /// 64-bit hash of every point passed, every decision and every observed result. Equal programs
  /// and answers give equal hashes on every compiler and build type.
  uint64_t hash() const;
  uint64_t steps() const;
  uint64_t switches() const;
  const std::vector<WaitInfo>& waits() const;
  unsigned tasks() const;
  bool Finished(TaskId task) const;
  /// "-" for kNoTask.
  const std::string& TaskName(TaskId task) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace backstop::sched
