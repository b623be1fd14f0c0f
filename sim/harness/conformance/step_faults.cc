// SPDX-License-Identifier: MIT
#include "sim/harness/conformance/step_faults.h"

#include <span>

#include "sim/harness/observed/model_names.h"

namespace backstop::conformance {
namespace {

using model::Fault;
using world::IoFault;
using world::IoKind;
using world::IoRequest;

/// Within the first page that a read delivers.
constexpr uint64_t kFlippedBit = 8 * 100;

std::string BaseName(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool IsCheckpoint(const std::string& path) { return path.ends_with(".chk"); }
bool IsLog(const std::string& path) { return path.ends_with(".log") || path.ends_with(".jrs"); }
bool IsArchivedLog(const std::string& path) {
  return observed::GenerationOf(BaseName(path)).has_value();
}

bool TakesAway(Fault fault, const std::string& path) {
  if (fault == Fault::kNoCheckpoint) return IsCheckpoint(path);
  return fault == Fault::kNone && IsArchivedLog(path);
}

/// What has errors of its own.
bool OnDirectory(IoKind kind) {
  return kind == IoKind::kList || kind == IoKind::kMakeDirectory || kind == IoKind::kSyncDirectory;
}

/// Its error is JET_errLogWriteFail.
bool WritesLog(const IoRequest& request) {
  const bool writes = request.kind == IoKind::kWrite || request.kind == IoKind::kResize ||
                      request.kind == IoKind::kSync || request.kind == IoKind::kRename;
  return writes && IsLog(request.path);
}

/// Creates the file if it is gone.
void Overwrite(world::SimDisk& disk, const std::string& path, const std::string& content) {
  world::SimDisk::FileId file = 0;
  const env::OpenMode mode =
      disk.Exists(path) ? env::OpenMode::kReadWrite : env::OpenMode::kCreateNew;
  if (disk.Open(path, mode, &file) != env::IoStatus::kOk) return;
  disk.Write(file, 0, std::as_bytes(std::span(content)));
  disk.Close(file);
}

/// Whether a missing or spoiled file is noticed by the operation.
bool Looks(Fault fault, const IoRequest& request) {
  if (fault == Fault::kBadCheckpoint) {
    return request.kind == IoKind::kRead && IsCheckpoint(request.path);
  }
  if (request.kind == IoKind::kList) return fault != Fault::kNoCheckpoint;
  return request.kind == IoKind::kOpen && TakesAway(fault, request.path);
}

/// Which fault it is that a need is not met.
Fault FaultOf(env::Need need) {
  constexpr Fault kFaults[] = {Fault::kOutOfMemory, Fault::kOutOfMemoryLater, Fault::kNoThread,
                               Fault::kBadPath, Fault::kLogDiskFull};
  return kFaults[static_cast<size_t>(need)];
}

}  // namespace

bool StepFaults::Has(Fault fault, const std::string& call) {
  switch (fault) {
    case Fault::kIo:
    case Fault::kLogDiskFull:
    case Fault::kDamagedPage:
    case Fault::kBadCheckpoint:
    case Fault::kNoCheckpoint:
    case Fault::kNone:
    case Fault::kOutOfMemory:
    case Fault::kOutOfMemoryLater:
    case Fault::kNoThread:
    case Fault::kBadPath:
      return true;
    // The file that a backup opens or deletes; others have errors of their own.
    case Fault::kFileInUse:
      return call.starts_with("JetOpenFile") || call.starts_with("JetTruncateLog");
    case Fault::kReadOnlyFile:
      return call.starts_with("JetAttachDatabase");
    default:
      return false;
  }
}

void StepFaults::Arm(Fault fault, sched::TaskId task, const std::string& call, Reach reach) {
  opens_ = call.starts_with("JetOpenFile") || call.starts_with("JetAttachDatabase");
  fault_ = fault;
  reach_ = reach;
  task_ = task;
  met_ = false;
  for (const std::string& path : disk_.Paths()) {
    if (TakesAway(fault, path)) TakeAway(path);
    if (fault == Fault::kBadCheckpoint && IsCheckpoint(path)) Spoil(path);
  }
}

void StepFaults::TakeAway(const std::string& path) {
  if (const auto content = disk_.Peek(path)) taken_[path] = *content;
  disk_.Remove(path);
}

void StepFaults::Spoil(const std::string& path) {
  const std::string content = disk_.Peek(path).value_or("");
  spoiled_[path] = content;
  Overwrite(disk_, path, std::string(content.size(), 'x'));
}

bool StepFaults::Disarm() {
  for (const auto& [path, content] : taken_) Overwrite(disk_, path, content);
  for (const auto& [path, content] : spoiled_) Overwrite(disk_, path, content);
  taken_.clear();
  spoiled_.clear();
  fault_ = Fault::kCount;
  return met_;
}

IoFault StepFaults::FaultFor(const IoRequest& request) const {
  const bool fills = request.kind == IoKind::kWrite || request.kind == IoKind::kResize;
  if (reach_ == Reach::kSyncs && request.kind != IoKind::kSync) return IoFault::None();
  switch (fault_) {
    case Fault::kIo:
      // A file that is not there is missed before anything can fail.
      if (request.kind == IoKind::kOpen && !disk_.Exists(request.path)) return IoFault::None();
      return OnDirectory(request.kind) || WritesLog(request) ? IoFault::None() : IoFault::Error();
    case Fault::kLogDiskFull:
      return fills && IsLog(request.path) ? IoFault::NoSpace() : IoFault::None();
    case Fault::kDamagedPage:
      return request.kind == IoKind::kRead ? IoFault::Flip(kFlippedBit) : IoFault::None();
    case Fault::kFileInUse:
      return (opens_ && request.kind == IoKind::kOpen) || request.kind == IoKind::kRemove
                 ? IoFault::Refused(env::IoStatus::kAccessDenied)
                 : IoFault::None();
    case Fault::kBadPath:
      return opens_ && (request.kind == IoKind::kOpen || OnDirectory(request.kind))
                 ? IoFault::Refused(env::IoStatus::kInvalidPath)
                 : IoFault::None();
    case Fault::kReadOnlyFile:
      return request.kind == IoKind::kOpen && request.mode != env::OpenMode::kReadOnly
                 ? IoFault::Refused(env::IoStatus::kAccessDenied)
                 : IoFault::None();
    default:
      return IoFault::None();
  }
}

bool StepFaults::Grants(env::Need need, sched::TaskId task) {
  if (task != task_ || fault_ != FaultOf(need)) return true;
  met_ = true;
  return false;
}

IoFault StepFaults::OnOperation(const IoRequest& request) {
  if (fault_ == Fault::kCount || request.task != task_) return IoFault::None();
  met_ = met_ || Looks(fault_, request);
  const IoFault fault = FaultFor(request);
  met_ = met_ || fault.kind != IoFault::Kind::kNone;
  return fault;
}

}  // namespace backstop::conformance
