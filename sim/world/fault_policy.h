// SPDX-License-Identifier: MIT
// What may go wrong with a file operation, and who decides that it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "impl/env/env.h"
#include "sim/scheduler/types.h"

namespace backstop::world {

enum class IoKind : uint8_t {
  kOpen,
  kRead,
  kWrite,
  kResize,
  kSync,
  kRename,
  kRemove,
  kMakeDirectory,
  kList,
  kSyncDirectory,
};

/// A file operation about to happen.
struct IoRequest {
  IoKind kind = IoKind::kRead;
  const std::string& path;
  uint64_t offset = 0;
  size_t bytes = 0;
  env::OpenMode mode = env::OpenMode::kReadWrite;  ///< of kOpen
  sched::TaskId task = sched::kNoTask;             ///< who asks; kNoTask outside a run
};

struct IoFault {
  enum class Kind : uint8_t {
    kNone,
    kError,      ///< fails with kIoError and does nothing
    kNoSpace,    ///< fails with kNoSpace and does nothing
    kShort,      ///< a transfer moves at most `value` bytes and succeeds
    kFlip,       ///< a read succeeds with bit number `value`, counted from its beginning, inverted
    kMisdirect,  ///< a write succeeds, but at offset `value`
    kDelay,      ///< the operation happens, `value` microseconds later
    kRefused,    ///< fails with the status `value` of env::IoStatus and does nothing
    kPowerLoss,  ///< neither this nor any later operation happens: all fail with kIoError
  };
  Kind kind = Kind::kNone;
  uint64_t value = 0;

  static IoFault None() { return {}; }
  static IoFault Error() { return {Kind::kError, 0}; }
  static IoFault NoSpace() { return {Kind::kNoSpace, 0}; }
  static IoFault Refused(env::IoStatus status) {
    return {Kind::kRefused, static_cast<uint64_t>(status)};
  }
  static IoFault Short(uint64_t bytes) { return {Kind::kShort, bytes}; }
  static IoFault Flip(uint64_t bit) { return {Kind::kFlip, bit}; }
  static IoFault Misdirect(uint64_t offset) { return {Kind::kMisdirect, offset}; }
  static IoFault Delay(uint64_t micros) { return {Kind::kDelay, micros}; }
  static IoFault PowerLoss() { return {Kind::kPowerLoss, 0}; }
};

/// What an operation that only succeeds or fails returns under a fault.
constexpr env::IoStatus StatusOf(IoFault fault) {
  if (fault.kind == IoFault::Kind::kError) return env::IoStatus::kIoError;
  if (fault.kind == IoFault::Kind::kRefused) return static_cast<env::IoStatus>(fault.value);
  return fault.kind == IoFault::Kind::kNoSpace ? env::IoStatus::kNoSpace : env::IoStatus::kOk;
}

/// Consulted once for each operation, after its scheduling point and just before it happens. Every
/// choice it makes should be a Draw of the scheduler, so that it is recorded and shrunk. A fault
/// that the operation cannot have (a short rename) does nothing.
class FaultPolicy {
 public:
  virtual ~FaultPolicy() = default;
  virtual IoFault OnOperation(const IoRequest& request) = 0;
  /// Whether a call of `task` gets what it needs beside its files.
  virtual bool Grants(env::Need, sched::TaskId) { return true; }
};

}  // namespace backstop::world
