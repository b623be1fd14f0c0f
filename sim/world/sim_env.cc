// SPDX-License-Identifier: MIT
#include "sim/world/sim_env.h"

#include <string_view>
#include <utility>

#include "sim/world/sim_file.h"
#include "sim/world/sim_locks.h"

namespace backstop::world {

using env::IoStatus;
using env::OpenMode;
using sched::PointKind;

namespace {

std::string BaseName(std::string_view path) {
  if (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path.substr(path.rfind('/') + 1));
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

void SimEnv::At(PointKind kind, const std::string& path) { scheduler_.At(kind, ObjectOf(path)); }

void SimEnv::Reach(PointKind kind, const OpenFile& file) { scheduler_.At(kind, file.object); }

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

IoStatus SimEnv::Enter(PointKind kind, IoKind io, const std::string& path) {
  At(kind, path);
  return StatusOf(FaultOf({.kind = io, .path = path}));
}

void SimEnv::CloseFile(OpenFile& file) {
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
  const IoStatus refused = Enter(PointKind::kOpen, IoKind::kOpen, path);
  if (refused != IoStatus::kOk) return refused;
  boost::intrusive_ptr<OpenFile> state(new OpenFile);
  const IoStatus status = disk_.Open(path, mode, &state->file);
  if (status != IoStatus::kOk) return status;
  state->env = this;
  state->path = path;
  state->writable = mode != OpenMode::kReadOnly;
  state->object = ObjectOf(path);
  open_.push_back(state);
  *file = std::make_unique<SimFile>(std::move(state));
  return IoStatus::kOk;
}

IoStatus SimEnv::Remove(const std::string& path) {
  const IoStatus refused = Enter(PointKind::kFileOp, IoKind::kRemove, path);
  return refused != IoStatus::kOk ? refused : disk_.Remove(path);
}

IoStatus SimEnv::Rename(const std::string& from, const std::string& to) {
  const IoStatus refused = Enter(PointKind::kFileOp, IoKind::kRename, from);
  return refused != IoStatus::kOk ? refused : disk_.Rename(from, to);
}

IoStatus SimEnv::MakeDirectory(const std::string& path) {
  const IoStatus refused = Enter(PointKind::kFileOp, IoKind::kMakeDirectory, path);
  return refused != IoStatus::kOk ? refused : disk_.MakeDirectory(path);
}

IoStatus SimEnv::List(const std::string& directory, std::vector<std::string>* names) {
  const IoStatus refused = Enter(PointKind::kFileOp, IoKind::kList, directory);
  return refused != IoStatus::kOk ? refused : disk_.List(directory, names);
}

bool SimEnv::Exists(const std::string& path) {
  At(PointKind::kFileOp, path);
  return !power_lost_ && disk_.Exists(path);
}

IoStatus SimEnv::SyncDirectory(const std::string& directory) {
  const IoStatus refused = Enter(PointKind::kSync, IoKind::kSyncDirectory, directory);
  return refused != IoStatus::kOk ? refused : disk_.SyncDirectory(directory);
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
