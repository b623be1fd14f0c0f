// SPDX-License-Identifier: MIT
#include "sim/world/sim_file.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/world/sim_env.h"

namespace backstop::world {

using env::IoResult;
using env::IoStatus;
using sched::AccessMode;
using sched::PointKind;

namespace {

// Every call works on a reference of its own: `this` may be gone after the point.
using State = boost::intrusive_ptr<OpenFile>;

using Refusal = std::optional<IoStatus>;

/// The status of an operation that does not happen. The file may have been closed in a delay.
Refusal Refused(const OpenFile& file, IoFault fault) {
  if (file.env == nullptr) return IoStatus::kClosed;
  const IoStatus status = StatusOf(fault);
  return status == IoStatus::kOk ? Refusal() : Refusal(status);
}

template <class Bytes>
Bytes Shortened(Bytes bytes, uint64_t at_most) {
  return bytes.first(static_cast<size_t>(std::min<uint64_t>(bytes.size(), at_most)));
}

}  // namespace

SimFile::~SimFile() {
  if (state_->env != nullptr) state_->env->CloseFile(*state_);
}

void SimFile::Reach(PointKind kind, AccessMode mode, sched::Range range) const {
  const State state = state_;
  state->env->Reach(kind, *state);
  if (state->env == nullptr || !state->env->logging()) return;
  state->env->TouchFile(*state, mode, range);
  state->env->TouchFile(*state, AccessMode::kRead, part::Handle(state->handle));
}

IoResult SimFile::ReadAt(uint64_t offset, std::span<std::byte> to) {
  const State state = state_;
  Reach(PointKind::kRead, AccessMode::kRead, part::Bytes(offset, to.size()));
  if (state->env == nullptr) return {IoStatus::kClosed, 0};
  const IoFault fault = state->env->FaultOf({IoKind::kRead, state->path, offset, to.size()});
  if (const Refusal refused = Refused(*state, fault)) return {*refused, 0};
  if (fault.kind == IoFault::Kind::kShort) to = Shortened(to, fault.value);
  const IoResult result = state->env->disk().Read(state->file, offset, to);
  if (fault.kind == IoFault::Kind::kFlip && fault.value / 8 < result.bytes) {
    to[fault.value / 8] ^= std::byte{1} << fault.value % 8;
  }
  return result;
}

IoResult SimFile::WriteAt(uint64_t offset, std::span<const std::byte> from) {
  const State state = state_;
  Reach(PointKind::kWrite, AccessMode::kWrite, part::Bytes(offset, from.size()));
  if (state->env == nullptr) return {IoStatus::kClosed, 0};
  if (!state->writable) return {IoStatus::kAccessDenied, 0};
  const IoFault fault = state->env->FaultOf({IoKind::kWrite, state->path, offset, from.size()});
  if (const Refusal refused = Refused(*state, fault)) return {*refused, 0};
  if (fault.kind == IoFault::Kind::kShort) from = Shortened(from, fault.value);
  if (fault.kind == IoFault::Kind::kMisdirect) {
    offset = fault.value;
    state->env->TouchFile(*state, AccessMode::kWrite, part::Bytes(offset, from.size()));
  }
  state->env->TouchGrowth(*state, offset, from.size());
  return state->env->disk().Write(state->file, offset, from);
}

IoStatus SimFile::Sync() {
  const State state = state_;
  Reach(PointKind::kSync, AccessMode::kRead, {});
  if (state->env == nullptr) return IoStatus::kClosed;
  const IoFault fault = state->env->FaultOf({.kind = IoKind::kSync, .path = state->path});
  if (const Refusal refused = Refused(*state, fault)) return *refused;
  state->env->disk().Sync(state->file);
  return IoStatus::kOk;
}

IoStatus SimFile::SetSize(uint64_t bytes) {
  const State state = state_;
  Reach(PointKind::kWrite, AccessMode::kWrite, {0, part::kSize.end});
  if (state->env == nullptr) return IoStatus::kClosed;
  if (!state->writable) return IoStatus::kAccessDenied;
  const IoFault fault = state->env->FaultOf({IoKind::kResize, state->path, bytes});
  if (const Refusal refused = Refused(*state, fault)) return *refused;
  return state->env->disk().SetSize(state->file, bytes);
}

// There is no status to tell of a closed file: its size is 0.
uint64_t SimFile::Size() {
  const State state = state_;
  Reach(PointKind::kRead, AccessMode::kRead, part::kSize);
  return state->env == nullptr ? 0 : state->env->disk().Size(state->file);
}

}  // namespace backstop::world
