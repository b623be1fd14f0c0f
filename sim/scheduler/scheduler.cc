// SPDX-License-Identifier: MIT
#include "sim/scheduler/scheduler.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "sim/scheduler/fatal.h"
#include "sim/scheduler/scheduler_state.h"

namespace backstop::sched {

Scheduler::Scheduler(Options options) : state_(std::make_unique<State>(*this, options)) {}

Scheduler::~Scheduler() = default;

void Scheduler::Reset() {
  State& s = *state_;
  for (unsigned i = 0; i < s.spawned; ++i) s.tasks[i].body = nullptr;
  s.spawned = 0;
  s.enabled = s.asleep = s.finished = 0;
  s.over = false;
  s.status = RunStatus::kCompleted;
  s.steps = s.switches = s.now = 0;
  s.error = nullptr;
  s.objects.clear();
  s.decisions.clear();
  s.accesses.clear();
  s.waits.clear();
  s.hash.Clear();
}

TaskId Scheduler::Spawn(std::string name, std::function<void()> body) {
  State& s = *state_;
  if (s.spawned == kMaxTasks) Fatal("too many tasks", name.c_str());
  State::Task& task = s.tasks[s.spawned++];
  task.name = std::move(name);
  task.body = std::move(body);
  task.mark = task.occurrence = 0;
  task.says = task.ticks = false;
  task.section = kNoObject;
  task.at = {};
  if (!task.fiber) task.fiber = s.NewFiber(task);
  s.enabled |= 1u << task.id;
  return task.id;
}

RunStatus Scheduler::Run(Strategy& strategy) {
  State& s = *state_;
  s.Begin(strategy);
  s.StartTasks();
  if (!s.over) {
    if (const TaskId first = s.PickNext(); first != kNoTask) s.SwitchTo(first);
  }
  if (s.status != RunStatus::kCompleted) {
    s.CollectWaits();
    s.AbandonUnfinished();
  }
  if (s.error) std::rethrow_exception(std::exchange(s.error, nullptr));
  return s.status;
}

void Scheduler::At(PointKind kind, ObjectId object) {
  if (state_->running()) state_->Pass(kind, object);
}

void Scheduler::At(PointKind kind, ObjectId object, AccessMode mode, Range range) {
  State& s = *state_;
  if (!s.running()) return;
  if (s.options.log) {
    State::Task& task = s.tasks[s.current];
    task.says = true;
    task.mode = mode;
    task.range = range;
  }
  s.Pass(kind, object);
}

void Scheduler::BeginCall() {
  if (logging()) state_->tasks[state_->current].ticks = true;
}

void Scheduler::EndCall() {
  if (logging()) state_->Tick(state_->tasks[state_->current]);
}

void Scheduler::Touch(ObjectId object, AccessMode mode, Range range) {
  if (state_->options.log && state_->running()) state_->LogMore(object, mode, range);
}

uint32_t Scheduler::Draw(const char* label, uint32_t options) {
  State& s = *state_;
  if (!s.running()) return 0;
  const NameId name = s.names.Intern(label);
  const DrawQuestion question{
      .label = s.names.NameOf(name).c_str(),
      .options = options,
      .current = s.current,
      .mark = s.tasks[s.current].mark,
      .occurrence = s.draw_counter.Count(s.current, PointKind::kStart, name),
      .scheduler = this};
  const uint32_t answer = s.strategy->Draw(question);
  if (answer >= options) Fatal("an answer beyond the options of the draw", label);
  s.hash.Add(RunHash::What::kDraw, s.current, 0, 0, answer,
             XXH3_64bits_withSeed(label, std::strlen(label), options));
  if (s.options.log) s.LogMore(kNoObject, AccessMode::kDraw, {answer, answer});
  if (s.options.record) {
    s.decisions.push_back({.is_switch = false,
                           .task = s.current,
                           .label = question.label,
                           .options = options,
                           .answer = answer,
                           .mark = question.mark,
                           .occurrence = question.occurrence});
  }
  return answer;
}

void Scheduler::Mark(uint32_t mark) {
  State& s = *state_;
  if (!s.running()) return;
  s.tasks[s.current].mark = mark;
  s.counter.Forget(s.current);
  s.draw_counter.Forget(s.current);
}

void Scheduler::Observe(uint64_t value) {
  state_->hash.Add(RunHash::What::kObserved, state_->current, 0, 0, 0, value);
}

TaskId Scheduler::current() const { return state_->current; }
bool Scheduler::logging() const { return state_->options.log && state_->running(); }
bool Scheduler::running() const { return state_->running(); }

ObjectId Scheduler::NewObject(const char* name) {
  State& s = *state_;
  s.objects.push_back({.name = s.names.Intern(name)});
  return static_cast<ObjectId>(s.objects.size() - 1);
}

const char* Scheduler::ObjectName(ObjectId object) const {
  return state_->names.NameOf(state_->NameOfObject(object)).c_str();
}

void Scheduler::LockMutex(ObjectId mutex, bool commutes) {
  State& s = *state_;
  const bool held = s.objects[mutex].holder != kNoTask;
  if (!s.running()) {
    if (held) Fatal("a held lock is asked for outside a run", ObjectName(mutex));
    s.objects[mutex].holder = State::kOutside;
    return;
  }
  s.objects[mutex].tasks |= s.bit();
  if (held) s.enabled &= ~s.bit();
  const bool joins = commutes && s.options.join_sections;
  if (joins) s.SayCommutes();
  s.Pass(PointKind::kLock, mutex);
  if (joins) s.tasks[s.current].section = mutex;
  s.Acquire(mutex);
}

void Scheduler::UnlockMutex(ObjectId mutex) {
  State& s = *state_;
  if (s.options.join_sections && s.running() && s.tasks[s.current].section == mutex) {
    s.tasks[s.current].section = kNoObject;
  } else {
    At(PointKind::kUnlock, mutex);
  }
  s.Release(mutex);
}

// Release and wait are one step, so there is no point before the release: a switch there would show
// nothing that a switch after it does not.
void Scheduler::WaitCondition(ObjectId condition, ObjectId mutex) {
  State& s = *state_;
  if (!s.running()) Fatal("nobody could end a wait outside a run", ObjectName(condition));
  s.Release(mutex);
  s.tasks[s.current].wants = mutex;
  s.objects[condition].tasks |= s.bit();
  s.enabled &= ~s.bit();
  if (s.options.join_sections) s.LeaveSection();
  if (s.options.log) {
    s.LogMore(mutex, AccessMode::kRelease, {});
    s.LogMore(condition, AccessMode::kRead, {});
  }
  s.Pass(PointKind::kWait, condition);
  s.Acquire(mutex);
}

void Scheduler::WaitConditionFor(ObjectId condition, ObjectId mutex, uint64_t micros) {
  State& s = *state_;
  if (!s.running()) {
    s.now = s.TimeAfter(micros);
    return;
  }
  s.FallAsleep(s.TimeAfter(micros));
  WaitCondition(condition, mutex);
}

void Scheduler::NotifyAll(ObjectId condition) {
  At(PointKind::kNotify, condition);
  state_->Wake(condition);
}

uint64_t Scheduler::NowMicros() const { return state_->now; }

void Scheduler::SleepMicros(uint64_t micros) {
  State& s = *state_;
  const uint64_t until = s.TimeAfter(micros);
  if (!s.running()) {
    s.now = until;
    return;
  }
  if (until != s.now) s.FallAsleep(until);
  s.Pass(PointKind::kSleep, kNoObject);
}

Point Scheduler::PointOf(TaskId task) const { return state_->tasks[task].at; }

const std::vector<Decision>& Scheduler::decisions() const { return state_->decisions; }
const std::vector<Access>& Scheduler::accesses() const { return state_->accesses; }
uint64_t Scheduler::hash() const { return state_->hash.value(); }
uint64_t Scheduler::steps() const { return state_->steps; }
uint64_t Scheduler::switches() const { return state_->switches; }
const std::vector<WaitInfo>& Scheduler::waits() const { return state_->waits; }
unsigned Scheduler::tasks() const { return state_->spawned; }

bool Scheduler::Finished(TaskId task) const { return state_->finished >> task & 1u; }

const std::string& Scheduler::TaskName(TaskId task) const {
  return task == kNoTask ? state_->no_task_name : state_->tasks[task].name;
}

}  // namespace backstop::sched
