// SPDX-License-Identifier: MIT
// An application of an engine: one instance, one session, the table "rows" of one database, and a
// backup program that keeps what it reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/harness/durability/row_payload.h"
#include "sim/harness/jet_api.h"
#include "sim/world/sim_disk.h"

namespace backstop::harness {

/// Rows that one transaction adds and takes away.
struct RowChanges {
  std::vector<RowMark> added;
  std::vector<RowMark> removed;
};

/// The files of a backup.
struct BackupCopy {
  using Bytes = std::vector<std::byte>;
  std::map<std::string, Bytes> databases;  ///< by the path they were read from
  std::map<std::string, Bytes> logs;       ///< by file name
  uint32_t low = 0;                        ///< generations of the logs
  uint32_t high = 0;
};

/// Writes a file durably, past every fault.
void PutFile(world::SimDisk& disk, const std::string& path, const BackupCopy::Bytes& bytes);

struct FailedCall {
  const char* name = "";
  JET_ERR err = JET_errSuccess;
};
/// "JetInit = JET_errDiskIO".
std::string ToText(const FailedCall& call);

/// Every member that calls the engine gives false when a call fails; `failure` is then that call.
/// Not thread-safe.
class Client {
 public:
  struct Place {
    std::string directory = "i1/";  ///< of log, checkpoint and temporary files
    std::string database = "i1/db1.edb";
    bool circular = false;
    uint32_t checkpoint_depth = 0;  ///< bytes; 0: the engine's
  };

  Client(const JetApi& api, Place place) : api_(api), place_(std::move(place)) {}

  const FailedCall& failure() const { return failure_; }
  /// Whether there is an instance that is initialised.
  bool running() const { return initialised_; }

  /// JetInit, and what has to come before it.
  bool Recover() { return Initialise(); }
  /// Brings the instance to an open table; goes on where an earlier try failed.
  bool Start();
  bool Terminate(JET_GRBIT grbit);
  /// Forgets every handle: the process has ended.
  void Forget();

  bool Begin();
  /// Rolls every level back.
  bool RollBack();
  bool Commit();
  bool Insert(RowMark mark);
  /// Gives row number `index` another mark; `*was` is what it had. Nothing, if there is no such
  /// row.
  bool Replace(uint32_t index, RowMark mark, std::optional<RowMark>* was);
  bool Delete(uint32_t index, std::optional<RowMark>* was);
  /// False also if a row has bytes that nobody wrote; `failure` then has no error.
  bool ReadRows(FoundRows* rows);

  /// Full or incremental; an incremental one adds its logs to `copy`. `meanwhile` is called between
  /// two reads of a database.
  bool BackUp(JET_GRBIT grbit, BackupCopy* copy, const std::function<bool()>& meanwhile);
  /// Ends a backup that failed. Whether there was one does not matter.
  void AbortBackup();
  /// JetBackupInstance into a directory.
  bool BackUpInto(const std::string& directory);
  /// JetExternalRestore2 of a database that lies at `to`, with logs from `logs`, into the place of
  /// this client, which does not run.
  bool RestoreExternally(const std::string& from, const std::string& to, const std::string& logs,
                         const BackupCopy& copy);
  /// JetRestoreInstance of a directory that BackUpInto wrote, into the place of this client.
  bool RestoreFrom(const std::string& directory);

 private:
  bool Try(const char* name, JET_ERR err);
  bool SetParameters();
  bool Initialise();
  bool MoveTo(uint32_t index, bool* there);
  bool Current(RowMark* mark);
  bool Store(uint32_t how, RowMark mark);
  bool CopyFile(const std::string& name, BackupCopy::Bytes* bytes,
                const std::function<bool()>& meanwhile);
  bool CopyLogs(BackupCopy* copy);

  const JetApi& api_;
  const Place place_;
  FailedCall failure_;
  bool initialised_ = false;
  JET_INSTANCE instance_ = JET_instanceNil;
  JET_SESID session_ = JET_sesidNil;
  JET_DBID database_ = 0;
  JET_TABLEID table_ = 0;
  JET_COLUMNID column_ = 0;
};

}  // namespace backstop::harness
