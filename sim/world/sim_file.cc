// SPDX-License-Identifier: MIT
#include "sim/world/sim_file.h"

#include <algorithm>
#include <utility>

#include "sim/world/sim_env.h"

namespace backstop::world {

using env::IoResult;
using env::IoStatus;
using sched::PointKind;

namespace {

// Every call works on a reference of its own: `this` may be gone after the point.
using State = boost::intrusive_ptr<OpenFile>;

}  // namespace

SimFile::~SimFile() {
  if (state_->env != nullptr) state_->env->CloseFile(*state_);
}

IoResult SimFile::ReadAt(uint64_t offset, std::span<std::byte> to) {
  const State state = state_;
  state->env->Reach(PointKind::kRead, *state);
  if (state->env == nullptr) return {IoStatus::kClosed, 0};
  const IoFault fault = state->env->FaultOfRead({state->path, offset, to.size()});
  if (fault.kind == IoFault::Kind::kError) return {IoStatus::kIoError, 0};
  if (fault.kind == IoFault::Kind::kShort) to = to.first(std::min(to.size(), fault.bytes));
  return state->env->disk().Read(state->file, offset, to);
}

IoResult SimFile::WriteAt(uint64_t offset, std::span<const std::byte> from) {
  const State state = state_;
  state->env->Reach(PointKind::kWrite, *state);
  if (state->env == nullptr) return {IoStatus::kClosed, 0};
  if (!state->writable) return {IoStatus::kAccessDenied, 0};
  return state->env->disk().Write(state->file, offset, from);
}

IoStatus SimFile::Sync() {
  const State state = state_;
  state->env->Reach(PointKind::kSync, *state);
  return state->env == nullptr ? IoStatus::kClosed : IoStatus::kOk;
}

IoStatus SimFile::SetSize(uint64_t bytes) {
  const State state = state_;
  state->env->Reach(PointKind::kWrite, *state);
  if (state->env == nullptr) return IoStatus::kClosed;
  if (!state->writable) return IoStatus::kAccessDenied;
  return state->env->disk().SetSize(state->file, bytes);
}

// There is no status to tell of a closed file: its size is 0.
uint64_t SimFile::Size() {
  const State state = state_;
  state->env->Reach(PointKind::kRead, *state);
  return state->env == nullptr ? 0 : state->env->disk().Size(state->file);
}

}  // namespace backstop::world
