// SPDX-License-Identifier: MIT
#include "sim/world/sim_env.h"

#include <xxhash.h>

#include <string_view>
#include <utility>

#include "sim/world/sim_file.h"
#include "sim/world/sim_locks.h"

namespace backstop::world {

using env::IoStatus;
using env::OpenMode;
using sched::AccessMode;
using sched::PointKind;

namespace {

std::string BaseName(std::string_view path) {
  if (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path.substr(path.rfind('/') + 1));
}

std::string Directory(std::string_view path) {
  if (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path.substr(0, path.rfind('/') + 1));
}

std::string WithSlash(std::string_view directory) {
  return std::string(directory) + (directory.ends_with('/') ? "" : "/");
}

}  // namespace

SimEnv::SimEnv(sched::Scheduler& scheduler, SimDisk disk, uint64_t seed)
    : scheduler_(scheduler), disk_(std::move(disk)), random_(seed) {}

// Files that outlive their world are closed with it: their handles may be on abandoned stacks.
SimEnv::~SimEnv() {
  for (const auto& file : open_) file->env = nullptr;
}

sched::ObjectId SimEnv::ObjectOf(const std::string& path) {
  const auto [found, added] = objects_.try_emplace(path, sched::kNoObject);
  if (added) found->second = scheduler_.NewObject(BaseName(path).c_str());
  return found->second;
}

// A directory is an object whose parts are the names in it.
void SimEnv::TouchEntry(const std::string& path) {
  if (!logging()) return;
  const uint64_t name = XXH3_64bits(path.data(), path.size()) >> 1;
  scheduler_.Touch(ObjectOf(Directory(path)), AccessMode::kWrite, {name, name + 1});
}

// The point has the name that the file was opened by; what it touches is the file itself.
void SimEnv::Reach(PointKind kind, const OpenFile& file) {
  scheduler_.At(kind, file.object, AccessMode::kNone, {});
}

void SimEnv::TouchFile(const OpenFile& file, AccessMode mode, sched::Range range) {
  scheduler_.Touch(file.content, mode, range);
}

// What is written beyond the old end changes the size, and the bytes in between become zeros.
void SimEnv::TouchGrowth(const OpenFile& file, uint64_t offset, uint64_t bytes) {
  if (!logging() || bytes == 0) return;
  const uint64_t size = disk_.Size(file.file);
  if (offset + bytes <= size) return;
  TouchFile(file, AccessMode::kWrite, part::kSize);
  if (offset > size) TouchFile(file, AccessMode::kWrite, {size, offset});
}

IoFault SimEnv::FaultOf(IoRequest request) {
  if (power_lost_) return IoFault::Error();
  if (faults_ == nullptr) return IoFault::None();
  request.task = scheduler_.current();
  const IoFault fault = faults_->OnOperation(request);
  if (fault.kind == IoFault::Kind::kDelay) scheduler_.SleepMicros(fault.value);
  if (fault.kind == IoFault::Kind::kPowerLoss) power_lost_ = true;
  // Somebody else may have met the power loss during the delay.
  return power_lost_ ? IoFault::Error() : fault;
}

IoStatus SimEnv::Enter(PointKind kind, const IoRequest& request, AccessMode mode,
                       sched::Range part) {
  scheduler_.At(kind, ObjectOf(request.path), mode, part);
  return StatusOf(FaultOf(request));
}

void SimEnv::CloseFile(OpenFile& file) {
  TouchFile(file, AccessMode::kWrite, part::Handle(file.handle));
  disk_.Close(file.file);
  file.env = nullptr;
  std::erase_if(open_, [&](const auto& open) { return open.get() == &file; });
}

std::vector<std::string> SimEnv::OpenFiles() const {
  std::vector<std::string> paths;
  for (const auto& file : open_) paths.push_back(file->path);
  return paths;
}

IoStatus SimEnv::Open(const std::string& path, OpenMode mode, std::unique_ptr<env::File>* file) {
  const bool creates = mode == OpenMode::kCreateNew || mode == OpenMode::kCreateOrTruncate;
  const IoStatus refused =
      Enter(PointKind::kOpen, {.kind = IoKind::kOpen, .path = path, .mode = mode},
            creates ? AccessMode::kWrite : AccessMode::kRead,
            creates ? sched::Range{} : part::kExistence);
  if (refused != IoStatus::kOk) return refused;
  if (creates) TouchEntry(path);
  boost::intrusive_ptr<OpenFile> state(new OpenFile);
  const IoStatus status = disk_.Open(path, mode, &state->file);
  if (status != IoStatus::kOk) return status;
  state->env = this;
  state->path = path;
  state->writable = mode != OpenMode::kReadOnly;
  state->object = ObjectOf(path);
  state->content = state->object;
  state->handle = handles_++;
  // A file may have been renamed since somebody else opened it.
  for (const auto& other : open_) {
    if (other->file == state->file) state->content = other->content;
  }
  open_.push_back(state);
  *file = std::make_unique<SimFile>(std::move(state));
  return IoStatus::kOk;
}

IoStatus SimEnv::Remove(const std::string& path) {
  const IoStatus refused =
      Enter(PointKind::kFileOp, {.kind = IoKind::kRemove, .path = path}, AccessMode::kWrite, {});
  if (refused != IoStatus::kOk) return refused;
  TouchEntry(path);
  return disk_.Remove(path);
}

IoStatus SimEnv::Rename(const std::string& from, const std::string& to) {
  const IoStatus refused =
      Enter(PointKind::kFileOp, {.kind = IoKind::kRename, .path = from}, AccessMode::kWrite, {});
  if (refused != IoStatus::kOk) return refused;
  TouchEntry(from);
  TouchEntry(to);
  if (logging()) scheduler_.Touch(ObjectOf(to), AccessMode::kWrite);
  return disk_.Rename(from, to);
}

IoStatus SimEnv::MakeDirectory(const std::string& path) {
  const IoStatus refused = Enter(PointKind::kFileOp, {.kind = IoKind::kMakeDirectory, .path = path},
                                 AccessMode::kWrite, {});
  return refused != IoStatus::kOk ? refused : disk_.MakeDirectory(path);
}

IoStatus SimEnv::List(const std::string& directory, std::vector<std::string>* names) {
  const IoStatus refused =
      Enter(PointKind::kFileOp, {.kind = IoKind::kList, .path = directory}, AccessMode::kNone, {});
  if (refused != IoStatus::kOk) return refused;
  if (logging()) scheduler_.Touch(ObjectOf(WithSlash(directory)), AccessMode::kRead);
  return disk_.List(directory, names);
}

bool SimEnv::Grants(env::Need need) {
  return faults_ == nullptr || faults_->Grants(need, scheduler_.current());
}

bool SimEnv::Exists(const std::string& path) {
  scheduler_.At(PointKind::kFileOp, ObjectOf(path), AccessMode::kRead, part::kExistence);
  return !power_lost_ && disk_.Exists(path);
}

IoStatus SimEnv::SyncDirectory(const std::string& directory) {
  const IoStatus refused = Enter(
      PointKind::kSync, {.kind = IoKind::kSyncDirectory, .path = directory}, AccessMode::kNone, {});
  if (refused != IoStatus::kOk) return refused;
  if (logging()) scheduler_.Touch(ObjectOf(WithSlash(directory)), AccessMode::kRead);
  return disk_.SyncDirectory(directory);
}

std::unique_ptr<env::MutexImpl> SimEnv::NewMutex(const char* name) {
  return std::make_unique<SimMutex>(scheduler_, name);
}

std::unique_ptr<env::ConditionImpl> SimEnv::NewCondition(const char* name) {
  return std::make_unique<SimCondition>(scheduler_, name);
}

env::CellId SimEnv::NewCell(const char* name) { return scheduler_.NewObject(name); }

void SimEnv::Touch(env::CellId cell, env::Access access) {
  scheduler_.At(access == env::Access::kRead ? PointKind::kLoad : PointKind::kStore, cell);
}

uint64_t SimEnv::NowMicros() { return kEpochMicros + scheduler_.NowMicros() + now_calls_++; }

void SimEnv::SleepMicros(uint64_t micros) { scheduler_.SleepMicros(micros); }

uint64_t SimEnv::Random64() { return random_.Next(); }

}  // namespace backstop::world
