// SPDX-License-Identifier: MIT
// What one step of a conformance sequence does to the specification.
#pragma once

#include <array>
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
  kManyRows,  ///< inserts rows that fill several log generations
};

struct Move {
  model::Call call;
  Part part = Part::kWhole;
  Composite composite = Composite::kNone;
  bool failing = false;  ///< the environment does to the call what `call.environment` says
  /// JetBackupInstance on another thread: the progress message at which it waits, 1 or 2.
  uint8_t point = 1;
  /// JetBackupInstance on another thread returns after this thread has begun to terminate the
  /// instance with `term_grbit`; the termination returns in a move of its own.
  bool under_term = false;
  uint32_t term_grbit = 0;
};

/// Where a sequence stands: the state of the specification, and what files and threads add to it.
struct Position {
  model::Snapshot state;
  uint8_t backups = 0;  ///< directories that hold a backup: 1 a plain one, 2 an atomic one
  uint8_t files = 0;    ///< what was done to files: the bits below
  /// Which call another thread is in, by instance: a number of a move, 0 for none.
  std::array<uint8_t, model::kInstances> pending = {};
  /// Databases of which an identifier was given, by instance.
  std::array<uint8_t, model::kInstances> named = {};
  std::array<uint8_t, 2> unused = {};
  friend bool operator==(const Position&, const Position&) = default;
};
static_assert(std::has_unique_object_representations_v<Position>, "padding would be hashed");

inline constexpr uint8_t kPlainBackup = 1;
inline constexpr uint8_t kAtomicBackup = 2;

inline constexpr uint8_t kRowsWritten = 1;        ///< a table has been made
inline constexpr uint8_t kManyRowsWritten = 2;    ///< several log generations are full
inline constexpr uint8_t kCheckpointWritten = 4;  ///< the first instance was initialised
inline constexpr uint8_t kSecondMade = 8;         ///< instances live in directories of their own
inline constexpr uint8_t kFirstNameless = 16;     ///< JetInit made the first instance
inline constexpr uint8_t kSecondNameless = 32;

/// The thread that makes the calls of other threads on an instance, from 0.
inline unsigned ThreadOf(const model::Call& call) {
  return call.instance == model::InstanceRef::kSecond ? 1 : 0;
}

/// The termination that a JetBackupInstance met.
inline Move TermOf(const Move& backup) {
  Move term;
  term.call = {
      .op = model::Op::kTerm, .instance = backup.call.instance, .grbit = backup.term_grbit};
  term.part = Part::kReturns;
  term.under_term = true;
  return term;
}

}  // namespace backstop::conformance
