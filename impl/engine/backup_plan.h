// SPDX-License-Identifier: MIT
// What one backup has to copy and what it has copied: everything about it that is not protocol.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "impl/engine/backup_source.h"
#include "impl/engine/database_table.h"
#include "impl/engine/err.h"
#include "impl/engine/storage.h"
#include "impl/env/env.h"
#include "impl/esent.h"

namespace backstop::engine {

/// Generations [low, end).
struct LogRange {
  uint32_t low = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - low; }
  bool contains(uint32_t generation) const { return generation >= low && generation < end; }
};

enum class BackupKind : uint8_t {
  kStreaming,
  kSurrogate,  ///< another machine copies; only what ends here concerns this one
  kSnapshot,   ///< of the operating system
};

struct BackupPlan {
  bool full = true;
  BackupKind kind = BackupKind::kStreaming;
  bool prepared = false;   ///< log info was taken: the ranges are known
  bool truncated = false;  ///< the logs were deleted, or the client says so
  JET_BKINFO info = {};    ///< mark, time and genLow from the start
  LogRange copy;           ///< generations to copy; until prepared only `low` of a full backup
  LogRange remove;         ///< generations that JetTruncateLog deletes
  std::set<uint32_t> generations_read;
  uint64_t generations_sum = 0;  ///< of all readings to the end, the same log again included
  std::vector<AttachedDatabase*> copied;  ///< read to the end and closed (C-21)

  /// A file was read to its end and closed. Logs count only if they are listed (D-18).
  void NoteCopied(const BackupSource& source);
  /// Whether every listed log was copied; as the original tells it if `summed`.
  bool LogsCopied(bool summed) const;
  /// The scope byte of the backup's records: how it ends up if it ends well.
  BackupScope scope() const;
};

/// Takes the mark, and for a full backup the generation to copy from; logs the beginning. `plan`
/// says what kind of backup it is.
/// JET_errMissingFullBackup: an incremental backup of a database that never had a full one, or
/// whose last one was of another kind (C-09).
Err StartPlan(env::Env& env, Storage& storage, DatabaseTable& databases, BackupPlan* plan);

/// Ends the generation that is being written and computes the ranges. The plan is unchanged on
/// failure. JET_errMissingFileToBackup: there is a gap after the last backup.
Err PrepareLogs(Storage& storage, DatabaseTable& databases, BackupPlan* plan);

/// Whether an incremental backup or snapshot can build on what the headers of all attached
/// databases remember, which must be of the same kind: JET_errMissingFullBackup.
Err CheckHasFull(DatabaseTable& databases, bool snapshot);
/// Whether the lowest log on disk follows what the last backups hold: JET_errMissingFileToBackup.
Err CheckFollowsLastBackup(Storage& storage, DatabaseTable& databases);
/// The archived generations that neither crash recovery needs nor a restore of the last full
/// backups.
LogRange UnneededLogs(Storage& storage, DatabaseTable& databases);
/// Takes mark and time of a snapshot and freezes the storage at the end of a generation.
Err StartSnapshotPlan(env::Env& env, Storage& storage, uint64_t until_micros, BackupPlan* plan);
/// Computes the ranges of a frozen snapshot.
void CompleteSnapshotPlan(Storage& storage, DatabaseTable& databases, BackupPlan* plan);

/// Logs the end of a good backup and stamps the headers (contract 3.y), `stamp` permitting. A
/// header is stamped only when that could be logged (C-04); other failures leave the backup good.
void LogNormalEnd(Storage& storage, DatabaseTable& databases, BackupPlan plan, bool stamp);

/// Logs that the backup came to nothing.
void LogAbort(Storage& storage, const BackupPlan& plan);

}  // namespace backstop::engine
