// SPDX-License-Identifier: MIT
// What may go wrong with a file operation, and who decides that it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "sim/scheduler/types.h"

namespace backstop::world {

/// A transfer about to happen.
struct IoRequest {
  const std::string& path;
  uint64_t offset = 0;
  size_t bytes = 0;
  sched::TaskId task = sched::kNoTask;  ///< who asks; kNoTask outside a run
};

struct IoFault {
  enum class Kind : uint8_t {
    kNone,
    kError,  ///< fails with kIoError and moves nothing
    kShort,  ///< moves at most `bytes` bytes and succeeds
  };
  Kind kind = Kind::kNone;
  size_t bytes = 0;

  static IoFault None() { return {}; }
  static IoFault Error() { return {Kind::kError, 0}; }
  static IoFault Short(size_t bytes) { return {Kind::kShort, bytes}; }
};

/// Consulted once for each transfer, after its scheduling point and just before it happens. Every
/// choice it makes should be a Draw of the scheduler, so that it is recorded and shrunk.
class FaultPolicy {
 public:
  virtual ~FaultPolicy() = default;
  virtual IoFault OnRead(const IoRequest& request) = 0;
};

}  // namespace backstop::world
