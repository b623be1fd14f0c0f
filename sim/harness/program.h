// SPDX-License-Identifier: MIT
// A test program: a starting situation and, for each thread, the calls it makes. Arguments are
// symbolic ("the file opened last"), so a program stays meaningful when calls are removed from it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/call.h"

namespace backstop::harness {

/// Programs are made of the operations up to this one; the others of the specification are for
/// recorded sequences and the conformance suite.
inline constexpr unsigned kDrawnOps = static_cast<unsigned>(model::Op::kCreateDatabase) + 1;

inline constexpr unsigned kMaxThreads = 4;
inline constexpr unsigned kMaxCallsPerThread = 64;

/// How far the setup of a program takes the instance before the threads start.
enum class Start : uint8_t {
  kNothing,       ///< no instance
  kCreated,       ///< JetCreateInstance only
  kSecondReady,   ///< the first instance is gone, its sessions are stale; the second is ready
  kReady,         ///< initialised, database attached and open, no backup
  kBegun,         ///< full backup begun
  kFileOpen,      ///< database opened for backup
  kMidRead,       ///< first pages read
  kCopied,        ///< database read to its end and closed
  kLogsListed,    ///< JetGetLogInfoInstance done
  kLogOpen,       ///< first listed log opened
  kLogsCopied,    ///< every listed log read to its end and closed
  kIncremental,   ///< that backup truncated and ended, an incremental one begun
  kLogsUnlisted,  ///< another backup: only the logs to truncate listed, the names known from before
  kCount,
};

/// Settings of the first instance.
/// kOneSlot: JET_paramMaxInstances is 1.
enum class Settings : uint8_t { kDefault, kCircular, kNoRecovery, kOneSlot, kCount };

struct Setup {
  bool one_instance = false;  ///< JetInit without JetCreateInstance: one-instance mode
  Settings settings = Settings::kDefault;
  Start start = Start::kReady;
  friend bool operator==(const Setup&, const Setup&) = default;
};

/// Which file handle a call passes.
enum class FileArg : uint8_t { kLatest, kPrevious, kBogus, kZero, kCount };

/// Which name JetOpenFile passes.
enum class NameArg : uint8_t {
  kDatabase,    ///< database number `database`
  kListedLog,   ///< entry number `log` of the log list returned last, else a missing log
  kMissingLog,  ///< a well-formed name of a generation that never existed
  kCurrentLog,
  kBadLog,
  kUnknown,
  kNull,
  kCount,
};

/// What JetSetSystemParameter sets. Each call sets another value, unless it is the "same" one.
enum class ParameterArg : uint8_t {
  kMaxInstances,  ///< global
  kMaxSessions,   ///< of the instance
  kLogFileSizeBad,
  kCircularSame,     ///< the value it has
  kCheckpointDepth,  ///< always settable
  kCheckpointDepthBad,
  kUnknown,
  kCount,
};

/// What an update does to the table.
enum class RowArg : uint8_t {
  kInsert,
  kReplace,  ///< row number `index`; a table that is shorter gets a new row
  kDelete,   ///< the same
  kCount,
};

struct ProgramCall {
  model::Op op = model::Op::kStopBackup;
  bool legacy = false;
  model::InstanceRef instance = model::InstanceRef::kFirst;
  FileArg file = FileArg::kLatest;
  NameArg name = NameArg::kDatabase;
  ParameterArg parameter = ParameterArg::kMaxInstances;
  uint8_t database = 0;
  uint8_t log = 0;
  uint8_t pages = 0;
  RowArg row = RowArg::kInsert;
  uint8_t index = 0;  ///< of a row, from the first
  bool misaligned = false;
  bool odd_size = false;
  bool null_pointer = false;
  bool name_taken = false;
  bool nil_session = false;
  uint32_t grbit = 0;
  friend bool operator==(const ProgramCall&, const ProgramCall&) = default;
};

/// What may go wrong in a run.
enum class Faults : uint8_t {
  kNone,
  kLight,  ///< reads of a backup meet I/O errors and short transfers
  kHeavy,  ///< also the power fails, and the engine is started again
};

struct Program {
  Setup setup;
  Faults faults = Faults::kNone;
  bool ese = false;  ///< on an engine of that dialect, and by its specification
  std::vector<std::vector<ProgramCall>> threads;
  friend bool operator==(const Program&, const Program&) = default;

  size_t CallCount() const;
  bool Uses(model::Op op) const;
  bool Uses(unsigned thread, model::Op op) const;
  /// Whether a call of the thread needs a session of its own.
  bool UsesSession(unsigned thread) const;
};

/// The call without the arguments that its operation does not have.
ProgramCall Normalized(const ProgramCall& call);

/// One line for a call, for example "JetReadFileInstance file=latest pages=4".
std::string ToText(const ProgramCall& call);
/// "mode=multi settings=default start=file-open".
std::string ToText(const Setup& setup);

/// Parses what ToText writes. On failure returns false and sets `*why` to what is wrong.
bool Parse(const std::string& text, ProgramCall* call, std::string* why);
bool Parse(const std::string& text, Setup* setup, std::string* why);

/// "none", "light" or "heavy"; false, and `*faults` untouched, for another word.
bool ParseFaults(const std::string& word, Faults* faults);

}  // namespace backstop::harness
