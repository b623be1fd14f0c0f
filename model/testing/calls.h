// SPDX-License-Identifier: MIT
// Short ways to write calls, outcomes and worlds in tests.
#pragma once

#include <vector>

#include "impl/esent.h"
#include "model/linearize/linearize.h"

namespace backstop::model::testing {

inline Call Calls(Op op) { return {.op = op}; }
inline Call Begin(uint32_t grbit = 0) { return {.op = Op::kBeginExternalBackup, .grbit = grbit}; }
inline Call Stop() { return {.op = Op::kStopBackup}; }
inline Call End() { return {.op = Op::kEndExternalBackup}; }
inline Call End2(uint32_t grbit) { return {.op = Op::kEndExternalBackup2, .grbit = grbit}; }
inline Call Term(uint32_t grbit = 0) { return {.op = Op::kTerm, .grbit = grbit}; }
inline Call OpenDatabase(uint8_t database = 0) {
  return {.op = Op::kOpenFile, .database = database, .name = NameKind::kDatabase};
}
inline Call OpenLog(uint32_t generation) {
  return {.op = Op::kOpenFile, .name = NameKind::kLog, .generation = generation};
}
inline Call Read(FileRef file, uint16_t pages = 3) {
  return {.op = Op::kReadFile, .file = file, .pages = pages};
}
inline Call Close(FileRef file) { return {.op = Op::kCloseFile, .file = file}; }

inline Outcome Opened(FileRef file, uint32_t pages = 6) {
  return {.file = file, .size_pages = pages};
}
inline Outcome Gave(uint16_t pages, int32_t first = -1) {
  return {.pages = pages, .first_page = first};
}
inline Outcome Listed(uint32_t low, uint32_t high) { return {.low = low, .high = high}; }
inline Outcome Code(Err err) { return {.err = err}; }

/// A ready instance in multi-instance mode with one attached database and one session.
inline Snapshot ReadyWorld() {
  Snapshot world;
  world.mode = Mode::kMultiInstance;
  InstanceState& instance = world.instances[0];
  instance.life = Life::kReady;
  instance.backup_allowed = true;
  instance.attached = instance.existing = instance.opened = 1;
  instance.sessions = 1;
  return world;
}

/// Applies calls one after the other; every outcome is checked by the caller through the code.
class Sequence {
 public:
  explicit Sequence(const Snapshot& state = ReadyWorld()) : state_(state) {}

  Err operator()(const Call& call, const Outcome& observed = {}, bool failing = false) {
    Reaction reaction = lifecycle_.Apply(state_, call, Stage::kEnter, failing, &observed);
    if (reaction.pending) {
      reaction = lifecycle_.Apply(state_, call, Stage::kLeave, failing, &observed);
    }
    last_ = reaction;
    return reaction.err;
  }
  const Snapshot& state() const { return state_; }
  const InstanceState& instance() const { return state_.instances[0]; }
  const BackupState& backup() const { return state_.instances[0].backup; }
  const Reaction& last() const { return last_; }
  Snapshot& mutable_state() { return state_; }

 private:
  Lifecycle lifecycle_;
  Snapshot state_;
  Reaction last_;
};

}  // namespace backstop::model::testing
