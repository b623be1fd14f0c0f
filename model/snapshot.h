// SPDX-License-Identifier: MIT
// The whole state of the specification as a small value: what the checker, the explorer and the
// generators hold. Loadable, comparable and hashable byte by byte.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "model/call.h"

namespace backstop::model {

/// Run mode of the process.
enum class Mode : uint8_t { kUnset, kOneInstance, kMultiInstance };

/// Region "life" of an instance.
enum class Life : uint8_t {
  kAbsent,
  kCreated,
  kInitializing,
  kReady,
  kTerminating,
  kRestoring,
};

/// Region "backup" of an instance.
enum class Phase : uint8_t {
  kNoBackup,
  kDatabases,
  kLogs,
  kSurrogate,  ///< a backup made on another machine
  kSnapshot,   ///< the instance is frozen by an OS snapshot, or was and has not been released
};

/// Region "OS snapshot".
enum class SnapshotPhase : uint8_t {
  kNone,
  kPrepared,
  kFrozen,
  kThawed,     ///< logs may be truncated
  kTruncated,  ///< logs were truncated
  kTimedOut,
};

enum class FileKind : uint8_t { kNone, kDatabase, kLog, kForeign };

struct FileState {
  FileKind kind = FileKind::kNone;
  FileRef handle = kNoFile;
  uint8_t database = 0;
  uint8_t unused = 0;
  uint32_t generation = 0;
  uint32_t offset_pages = 0;
  uint32_t size_pages = 0;
  friend bool operator==(const FileState&, const FileState&) = default;
};

struct BackupState {
  Phase phase = Phase::kNoBackup;
  bool full = false;
  bool stop = false;      ///< JetStopBackup hit this backup
  bool prepared = false;  ///< log info was taken: the log has rolled, the copy range is fixed
  bool truncated = false;
  uint8_t copied = 0;  ///< mask of the databases read to the end and closed
  /// A log was read to the end before the copy range could be seen, so it may count or not.
  bool early_log = false;
  bool whole = false;      ///< run by JetBackupInstance
  uint32_t copy_low = 0;   ///< generations to copy: [copy_low, copy_end)
  uint32_t copy_end = 0;   ///< 0 while no JetGetLogInfo has shown the range
  uint32_t logs_read = 0;  ///< bit i: generation copy_low + i was read to the end and closed
  uint32_t sum_read = 0;   ///< sum of the generations read, as the original engine keeps it
  FileState file;
  friend bool operator==(const BackupState&, const BackupState&) = default;
};

/// Generations that a backup remembered in a database header copied; both 0 if there was none.
struct Stamp {
  uint32_t low = 0, high = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// The backup fields of a database header.
struct Header {
  Stamp full, incremental, copy, differential;
  friend bool operator==(const Header&, const Header&) = default;
};

/// One OS snapshot session of the process.
struct SnapshotSession {
  SnapshotPhase phase = SnapshotPhase::kNone;
  uint8_t flags = 0;    ///< grbit of JetOSSnapshotPrepare
  uint8_t members = 0;  ///< mask of the instances that take part
  uint8_t unused = 0;
  friend bool operator==(const SnapshotSession&, const SnapshotSession&) = default;
};

struct InstanceState {
  Life life = Life::kAbsent;
  bool stop_service = false;
  bool backup_allowed = false;
  bool logging = true;         ///< JET_paramRecovery
  bool circular = false;       ///< JET_paramCircularLog
  uint8_t attached = 0;        ///< mask of attached databases
  uint8_t existing = 0;        ///< mask of database files that exist
  uint8_t opened = 0;          ///< mask of databases that some session has open
  uint8_t transactions = 0;    ///< mask of sessions inside a transaction
  uint8_t sessions = 0;        ///< mask of live sessions
  uint8_t full_backups = 0;    ///< mask of databases whose header has a full backup
  uint8_t stopped_bits = 0;    ///< JetStopServiceInstance2: what is stopped, 0x1 for all
  uint8_t unavailable = 0;     ///< a fatal error happened: 1, or 2 if it was a full log disk
  uint8_t unlogged = 0;        ///< mask of attached databases that no log protects
  uint8_t snapshot_fulls = 0;  ///< mask of databases whose last full backup was an OS snapshot
  bool log_held = false;       ///< an instance that is gone left a log file open
  std::array<uint8_t, kSessions> levels = {};  ///< transaction level of each session
  uint32_t deleted_below = 0;  ///< generations below this may have been truncated away
  BackupState backup;
  std::array<Header, kDatabaseSlots> headers;  ///< by database file
  friend bool operator==(const InstanceState& a, const InstanceState& b) {
    return std::memcmp(&a, &b, sizeof a) == 0;  // field by field a search would wait for it
  }
};

struct Snapshot {
  Mode mode = Mode::kUnset;
  uint8_t max_instances = 16;
  std::array<FileRef, kInstances> last_file = {};  ///< the handle that JetOpenFile gave last
  std::array<SnapshotSession, kSnapshotSlots> snapshots;
  std::array<InstanceState, kInstances> instances;
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};
static_assert(std::has_unique_object_representations_v<Snapshot>, "padding would be hashed");

}  // namespace backstop::model
