// SPDX-License-Identifier: MIT
// What one step of a conformance sequence does to the specification.
#pragma once

#include <cstdint>

#include "model/call.h"
#include "model/lifecycle.h"
#include "model/snapshot.h"

namespace backstop::conformance {

/// How much of a call a step is. A call that another thread makes is two steps.
enum class Part : uint8_t {
  kWhole,
  kStarts,   ///< another thread makes the call, up to where it can be met by others
  kReturns,  ///< it ends
};

/// Steps that make several calls.
enum class Composite : uint8_t {
  kNone,
  kReadAll,   ///< reads to the end of the file
  kCopyLogs,  ///< opens, reads and closes every listed log
};

struct Move {
  model::Call call;
  Part part = Part::kWhole;
  Composite composite = Composite::kNone;
  bool failing = false;  ///< the environment does to the call what `call.environment` says
  /// JetBackupInstance on another thread: the progress message at which it waits, 1 or 2.
  uint8_t point = 1;
};

/// Where a sequence stands: the state of the specification, and what files and threads add to it.
struct Position {
  model::Snapshot state;
  uint8_t backups = 0;  ///< directories that hold a backup: 1 a plain one, 2 an atomic one
  bool rows = false;    ///< a table has been made
  uint8_t pending = 0;  ///< which call the other thread is in: a number of a move, 0 for none
  uint8_t unused = 0;
  friend bool operator==(const Position&, const Position&) = default;
};
static_assert(std::has_unique_object_representations_v<Position>, "padding would be hashed");

inline constexpr uint8_t kPlainBackup = 1;
inline constexpr uint8_t kAtomicBackup = 2;

}  // namespace backstop::conformance
