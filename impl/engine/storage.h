// SPDX-License-Identifier: MIT
// One instance's data behind one door: log stream, checkpoint, databases and records. The lifecycle
// side of the engine (instances, sessions, backup) uses only what stands here.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "impl/engine/err.h"
#include "impl/env/env.h"
#include "impl/esent.h"

namespace backstop::engine {

struct StorageSettings {
  std::string system_path;  ///< directory of the checkpoint, ends with '/'
  std::string log_path;     ///< directory of the log stream, ends with '/'
  std::string base_name = "edb";
  uint32_t log_file_bytes = 5120 * 1024;
  uint32_t page_bytes = 4096;
  /// Bytes of log that recovery may have to read; a commit beyond flushes and moves the checkpoint.
  uint32_t checkpoint_depth_bytes = 20 * 1024 * 1024;
  bool logging = true;
  bool circular = false;
  bool ignore_missing_databases = false;  ///< recovery does without databases that are not there
  /// The last log is read from beginning to end, and not only as far as redo needs it.
  bool reads_whole_log = false;
};

/// An attached database, as a backup and the catalog of attached databases see it. Stays valid
/// until it is detached; detach is barred while a backup runs.
class AttachedDatabase {
 public:
  virtual ~AttachedDatabase() = default;
  virtual const std::string& path() const = 0;
  virtual bool logged() const = 0;
  virtual uint32_t page_bytes() const = 0;
  /// Number of data pages now; grows while writers run.
  virtual uint32_t page_count() = 0;

  /// Writes the header page as a backup copy carries it: bkinfoFullCur set, checksum right.
  virtual void CopyHeader(const JET_BKINFO& full_cur, std::span<std::byte> page) = 0;
  /// Reads data pages [first, first + n) from the file, each as one whole version, and verifies
  /// them. JET_errReadVerifyFailure or JET_errDiskIO after the retries are used up.
  virtual Err ReadPages(uint32_t first, std::span<std::byte> pages) = 0;
  /// Writes the trailer page of a stream whose last data page has just been copied.
  virtual void MakeTrailer(const JET_BKINFO& full_cur, std::span<std::byte> page) = 0;

  virtual JET_DBINFOMISC4 Info() = 0;
  /// Stamps the header in memory and writes it to the file.
  virtual Err StampBackup(const JET_DBINFOMISC4& fields) = 0;
};

/// Phases of the backup records in the log (contract section 8.2).
enum class BackupRecord : uint8_t {
  kBegin = 1,
  kPrepareLogs = 2,
  kTruncate = 3,
  kUpdate = 4,
  kAbort = 5,
  kStop = 6,
};
enum class BackupScope : uint8_t { kFull = 1, kIncremental = 2, kCopy = 5, kDifferential = 6 };

class LogStream {
 public:
  virtual ~LogStream() = default;
  /// Position after the last record appended.
  virtual JET_LGPOS Tip() = 0;
  virtual uint32_t current_generation() = 0;
  /// Lowest archived generation on disk; the current one if there is none.
  virtual uint32_t lowest_generation() = 0;
  /// Oldest generation that crash recovery would need.
  virtual uint32_t checkpoint_generation() = 0;
  /// Full path of an archived generation, and of the file being written.
  virtual std::string ArchivedPath(uint32_t generation) = 0;
  virtual std::string CurrentPath() = 0;

  virtual Err AppendBackupRecord(BackupRecord phase, BackupScope scope, uint32_t low,
                                 uint32_t high) = 0;
  /// Ends the current generation whatever it holds and returns when the next one is current and the
  /// old one is archived and durable.
  virtual Err ForceRoll() = 0;
  /// Removes the archived generations of [low, end), oldest first; missing ones are skipped.
  virtual Err Truncate(uint32_t low, uint32_t end) = 0;
  /// Circular logging keeps generations from `generation` on while a backup needs them; 0 lifts it.
  virtual void HoldGenerationsFrom(uint32_t generation) = 0;
  /// Verifies bytes read from an archived generation at a page-aligned offset.
  virtual Err VerifyArchived(uint32_t generation, uint64_t offset,
                             std::span<const std::byte> bytes) = 0;
};

/// What a restore redoes, and where the databases lie that the logs name.
struct RestoreRun {
  std::string backup_path;  ///< directory of the generations [low, high], ends with '/'
  uint32_t low = 0;
  uint32_t high = 0;
  std::map<std::string, std::string> places;  ///< new paths by old ones; others are where they were
  bool all_databases = false;  ///< JET_errAttachedDatabaseMismatch if one is missing in the end
  bool builds_missing = true;  ///< databases that the logs make are made if they are not there
  bool verify_pages = false;   ///< JET_errReadVerifyFailure if a page cannot be read in the end
};

/// The transaction state of one session. Used by one thread at a time.
class Transaction;

class Storage {
 public:
  /// Opens or creates the log stream in the given directories and recovers what a crash left.
  static Err Open(env::Env& env, const StorageSettings& settings,
                  std::unique_ptr<Storage>* storage);
  /// Recovers prepared copies of databases (engine/restore_copy.h): redoes the generations given
  /// and all newer ones in the log directory, undoes what was not committed and leaves the
  /// databases in clean shutdown. The checkpoint that is there counts for nothing.
  static Err Restore(env::Env& env, const StorageSettings& settings, const RestoreRun& run);
  virtual ~Storage() = default;

  /// Ends use. `clean`: everything flushed, databases detached and in clean shutdown. Otherwise
  /// nothing more is written and the next Open recovers.
  virtual Err Close(bool clean) = 0;

  virtual LogStream& log() = 0;

  /// Ends the current generation and lets nothing more be written: commits and everything else that
  /// would write to the log or the databases waits until Thaw, or until `until_micros` of the
  /// environment's clock. What commits lazily does not wait.
  virtual Err Freeze(uint64_t until_micros) = 0;
  /// Nothing if it is not frozen.
  virtual void Thaw() = 0;

  // -- databases; several threads may call --
  virtual Err CreateDatabase(const std::string& path, JET_GRBIT grbit) = 0;
  virtual Err AttachDatabase(const std::string& path, JET_GRBIT grbit) = 0;
  /// What an attachment is refused for before anything else is looked at:
  /// JET_errDatabaseInvalidPath, JET_errDatabaseFileReadOnly.
  virtual Err CheckPath(const std::string& path, JET_GRBIT grbit) = 0;
  virtual Err DetachDatabase(const std::string& path) = 0;
  /// Null when no such database is attached. Paths compare as given after '\\' became '/'.
  virtual AttachedDatabase* Find(const std::string& path) = 0;
  /// In order of attachment.
  virtual std::vector<AttachedDatabase*> Attached() = 0;

  // -- transactions; the record calls are in engine/cursor.h --
  virtual std::unique_ptr<Transaction> NewTransaction() = 0;
  virtual Err Begin(Transaction& transaction) = 0;
  /// Returns when the commit record of the outermost level is durable.
  virtual Err Commit(Transaction& transaction, JET_GRBIT grbit) = 0;
  virtual Err Rollback(Transaction& transaction, JET_GRBIT grbit) = 0;
  virtual unsigned Level(const Transaction& transaction) const = 0;
};

}  // namespace backstop::engine
