// SPDX-License-Identifier: MIT
#include "sim/harness/read_faults.h"

namespace backstop::harness {

void ReadFaults::BeginRun(bool enabled) {
  enabled_ = enabled;
  tasks_.fill(Task{});
}

void ReadFaults::BeginRead(sched::TaskId task) {
  if (task < tasks_.size()) tasks_[task] = Task{.reading = true};
}

bool ReadFaults::EndRead(sched::TaskId task) {
  if (task >= tasks_.size()) return false;
  tasks_[task].reading = false;
  return tasks_[task].failed;
}

world::IoFault ReadFaults::OnOperation(const world::IoRequest& request) {
  if (!enabled_ || request.kind != world::IoKind::kRead || request.task >= tasks_.size() ||
      !tasks_[request.task].reading) {
    return world::IoFault::None();
  }
  Task& task = tasks_[request.task];
  if (task.kind == Kind::kNotDrawn) {
    task.kind = static_cast<Kind>(scheduler_.Draw("read-fault", kKinds));
  }
  const Kind kind = task.kind;
  if (kind == Kind::kErrorForGood) {
    task.failed = true;
    return world::IoFault::Error();
  }
  task.kind = Kind::kNone;
  if (kind == Kind::kErrorOnce) {
    task.failed = true;
    return world::IoFault::Error();
  }
  if (kind == Kind::kShort) return world::IoFault::Short(request.bytes / 2);
  return world::IoFault::None();
}

}  // namespace backstop::harness
