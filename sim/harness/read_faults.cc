// SPDX-License-Identifier: MIT
#include "sim/harness/read_faults.h"

namespace backstop::harness {

using world::IoFault;
using world::IoKind;

void ReadFaults::BeginRun(bool enabled) {
  enabled_ = enabled;
  tasks_.fill(Task{});
}

void ReadFaults::BeginCall(sched::TaskId task, model::Op op) {
  if (task >= tasks_.size()) return;
  if (op == model::Op::kReadFile) tasks_[task] = Task{.meets = IoKind::kRead};
  if (op == model::Op::kTruncateLog) tasks_[task] = Task{.meets = IoKind::kRemove};
}

model::Fault ReadFaults::EndCall(sched::TaskId task) {
  if (task >= tasks_.size()) return model::Fault::kNone;
  const model::Fault failed = tasks_[task].failed;
  tasks_[task] = Task{};
  return failed;
}

IoFault ReadFaults::OfRead(Task& task, const world::IoRequest& request) {
  if (task.kind == Kind::kNotDrawn) {
    task.kind = static_cast<Kind>(scheduler_.Draw("read-fault", kKinds));
  }
  const Kind kind = task.kind;
  if (kind == Kind::kErrorForGood) {
    task.failed = model::Fault::kIo;
    return IoFault::Error();
  }
  task.kind = Kind::kNone;
  if (kind == Kind::kErrorOnce) {
    task.failed = model::Fault::kIo;
    return IoFault::Error();
  }
  if (kind == Kind::kShort) return IoFault::Short(request.bytes / 2);
  return IoFault::None();
}

IoFault ReadFaults::OfRemoval(Task& task) {
  if (task.kind != Kind::kNotDrawn) return IoFault::None();
  task.kind = Kind::kNone;
  const uint32_t drawn = scheduler_.Draw("removal-fault", kRemovals);
  if (drawn == 0) return IoFault::None();
  task.failed = drawn == 1 ? model::Fault::kIo : model::Fault::kFileInUse;
  return drawn == 1 ? IoFault::Error() : IoFault::Refused(env::IoStatus::kAccessDenied);
}

IoFault ReadFaults::OnOperation(const world::IoRequest& request) {
  if (!enabled_ || request.task >= tasks_.size()) return IoFault::None();
  Task& task = tasks_[request.task];
  if (request.kind != task.meets || task.meets == IoKind::kSync) return IoFault::None();
  return task.meets == IoKind::kRead ? OfRead(task, request) : OfRemoval(task);
}

}  // namespace backstop::harness
