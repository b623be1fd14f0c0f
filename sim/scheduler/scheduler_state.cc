// SPDX-License-Identifier: MIT
#include "sim/scheduler/scheduler_state.h"

#include <algorithm>
#include <limits>

#include "sim/scheduler/fatal.h"
#include "sim/scheduler/task_set.h"

namespace backstop::sched {
namespace {

bool Matters(AccessMode mode) { return mode != AccessMode::kNone && mode < AccessMode::kCommute; }

}  // namespace

Scheduler::State::State(const Scheduler& owner, Options given) : self(owner), options(given) {
  names.Intern("");
  if (options.threads) outside.OnThreads();
  for (unsigned i = 0; i < kMaxTasks; ++i) {
    tasks[i].state = this;
    tasks[i].id = static_cast<TaskId>(i);
  }
}

std::unique_ptr<Fiber> Scheduler::State::NewFiber(Task& task) {
  if (options.threads) return std::make_unique<Fiber>(&State::Live, &task);
  return std::make_unique<Fiber>(stacks, &State::Live, &task);
}

void Scheduler::State::Begin(Strategy& asked) {
  if (over || running()) Fatal("a second run without Reset", asked.name());
  strategy = &asked;
  counter.ForgetAll();
  draw_counter.ForgetAll();
  asked.Begin(spawned);
}

void Scheduler::State::StartTasks() {
  starting = true;
  for (unsigned i = 0; i < spawned && !over; ++i) SwitchTo(static_cast<TaskId>(i));
  starting = false;
  switches = 0;
}

void Scheduler::State::CollectWaits() {
  for (unsigned i = 0; i < spawned; ++i) {
    if (finished >> i & 1u) continue;
    WaitInfo info{tasks[i].id, tasks[i].at, kNoTask};
    if (info.waits.kind == PointKind::kLock) info.holder = objects[info.waits.object].holder;
    if (info.holder == kOutside) info.holder = kNoTask;
    waits.push_back(info);
  }
}

void Scheduler::State::AbandonUnfinished() {
  for (unsigned i = 0; i < spawned; ++i) {
    if (finished >> i & 1u) continue;
    tasks[i].fiber->Abandon();
    tasks[i].fiber.reset();
  }
}

void Scheduler::State::Pass(PointKind kind, ObjectId object) {
  Task& task = tasks[current];
  if (options.join_sections) LeaveSection();
  task.at = {kind, object};
  task.occurrence = counter.Count(current, kind, NameOfObject(object));
  if (++steps > options.max_steps) {
    over = true;
    status = RunStatus::kNoProgress;
  }
  const TaskId next = starting || over ? kNoTask : PickNext();
  if (next != current) SwitchTo(next);
}

void Scheduler::State::LeaveSection() {
  ObjectId& section = tasks[current].section;
  if (section != kNoObject && options.log) LogMore(section, AccessMode::kAcquire, {});
  section = kNoObject;
}

void Scheduler::State::SayCommutes() {
  tasks[current].says = true;
  tasks[current].mode = AccessMode::kCommute;
  tasks[current].range = {};
}

Access Scheduler::State::AccessOf(Task& task) {
  Access access{.object = task.at.object,
                .task = task.id,
                .mode = ModeOf(task.at.kind),
                .kind = task.at.kind,
                .begins_step = true};
  if (task.says) {
    access.mode = task.mode;
    access.range = task.range;
    task.says = false;
  }
  return access;
}

void Scheduler::State::LogStep(TaskId next) {
  accesses.push_back(AccessOf(tasks[next]));
  if (Matters(accesses.back().mode)) Tick(tasks[next]);
}

// What a task touches before its first point belongs to no step; nobody else can see it.
void Scheduler::State::LogMore(ObjectId object, AccessMode mode, Range range) {
  if (starting && mode != AccessMode::kDraw) return;
  accesses.push_back({.range = range, .object = object, .task = current, .mode = mode});
  if (Matters(mode)) Tick(tasks[current]);
}

void Scheduler::State::Tick(Task& task) {
  if (!task.ticks) return;
  task.ticks = false;
  accesses.push_back({.task = task.id, .mode = AccessMode::kTick});
}

TaskId Scheduler::State::PickNext() {
  if (enabled == 0 && !WakeSleepers()) {
    over = true;
    if (Size(finished) != spawned) status = RunStatus::kDeadlock;
    return kNoTask;
  }
  const TaskId next = IsSingle(enabled) ? Nth(enabled, 0) : Ask();
  const Point at = current == kNoTask ? Point{} : tasks[current].at;
  hash.Add(RunHash::What::kPoint, current, static_cast<uint8_t>(at.kind), next, at.object, enabled);
  if (options.log) LogStep(next);
  return next;
}

TaskId Scheduler::State::Ask() {
  SwitchQuestion question{.enabled = enabled,
                          .current = current,
                          .current_enabled = Contains(enabled, current),
                          .step = steps,
                          .scheduler = &self};
  if (current != kNoTask) {
    question.at = tasks[current].at;
    question.mark = tasks[current].mark;
    question.occurrence = tasks[current].occurrence;
  }
  const TaskId next = strategy->Switch(question);
  if (!Contains(enabled, next)) Fatal("the chosen task cannot go on", strategy->name());
  if (options.record) {
    decisions.push_back({.task = current,
                         .at = question.at,
                         .options = enabled,
                         .answer = next,
                         .mark = question.mark,
                         .occurrence = question.occurrence});
  }
  return next;
}

bool Scheduler::State::WakeSleepers() {
  if (asleep == 0) return false;
  uint64_t earliest = std::numeric_limits<uint64_t>::max();
  for (uint32_t left = asleep; left != 0; left &= left - 1) {
    earliest = std::min(earliest, tasks[Nth(left, 0)].wake);
  }
  now = std::max(now, earliest);
  const uint32_t slept = asleep;
  for (uint32_t left = asleep; left != 0; left &= left - 1) {
    Task& task = tasks[Nth(left, 0)];
    if (task.wake <= now) WakeUp(task);
  }
  if (options.log) {
    accesses.push_back({.object = slept & ~asleep, .mode = AccessMode::kJump, .begins_step = true});
  }
  // Whoever woke may still have to wait for a lock.
  return enabled != 0 || WakeSleepers();
}

/// A wait that may also end by itself gives up its place among those who wait for the condition.
void Scheduler::State::WakeUp(Task& task) {
  const uint32_t mask = 1u << task.id;
  asleep &= ~mask;
  if (task.at.kind == PointKind::kWait) {
    objects[task.at.object].tasks &= ~mask;
    TakeToLock(task);
  } else {
    enabled |= mask;
  }
}

uint64_t Scheduler::State::TimeAfter(uint64_t micros) const {
  return now + std::min(micros, std::numeric_limits<uint64_t>::max() - now);
}

void Scheduler::State::FallAsleep(uint64_t until) {
  tasks[current].wake = until;
  asleep |= bit();
  enabled &= ~bit();
}

void Scheduler::State::SwitchTo(TaskId next) {
  Fiber& from = FiberOf(current);
  current = next;
  ++switches;
  from.SwitchTo(FiberOf(next));
}

void Scheduler::State::Acquire(ObjectId mutex) {
  Object& object = objects[mutex];
  object.holder = current;
  object.tasks &= ~bit();
  enabled &= ~object.tasks;
}

void Scheduler::State::Release(ObjectId mutex) {
  Object& object = objects[mutex];
  if (object.holder != (running() ? current : kOutside)) {
    Fatal("a lock is released by who does not hold it", names.NameOf(object.name).c_str());
  }
  object.holder = kNoTask;
  enabled |= object.tasks;
}

void Scheduler::State::Wake(ObjectId condition) {
  for (uint32_t left = objects[condition].tasks; left != 0; left &= left - 1) {
    asleep &= ~(left & -left);
    if (options.log) LogMore(Nth(left, 0), AccessMode::kWake, {});
    TakeToLock(tasks[Nth(left, 0)]);
  }
  objects[condition].tasks = 0;
}

void Scheduler::State::TakeToLock(Task& task) {
  task.at = {PointKind::kLock, task.wants};
  Object& mutex = objects[task.wants];
  mutex.tasks |= 1u << task.id;
  if (mutex.holder == kNoTask) enabled |= 1u << task.id;
}

void Scheduler::State::Live(void* argument) {
  Task& task = *static_cast<Task*>(argument);
  State& state = *task.state;
  for (;;) {
    state.RunBody(task);
    state.finished |= state.bit();
    state.enabled &= ~state.bit();
    state.Pass(PointKind::kEnd, kNoObject);
  }
}

void Scheduler::State::RunBody(Task& task) {
  try {
    task.body();
  } catch (...) {
    if (!error) error = std::current_exception();
  }
}

}  // namespace backstop::sched
