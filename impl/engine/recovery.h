// SPDX-License-Identifier: MIT
// What a crash left: redo of everything in the log, undo of what was not committed.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "impl/engine/database.h"
#include "impl/engine/log.h"
#include "impl/engine/log_reader.h"
#include "impl/engine/storage.h"
#include "impl/engine/versions.h"

namespace backstop::engine {

/// Used once, by one thread: Redo, then the log goes on at the tail, then Undo and Finish.
class Recovery {
 public:
  Recovery(env::Env& env, Log& log, Versions& versions, uint32_t page_bytes)
      : env_(env), log_(log), versions_(versions), page_bytes_(page_bytes) {}

  /// Before Redo: copies of a backup are recovered. `run` outlives this.
  void RestoreInto(const RestoreRun& run) { restore_ = &run; }

  /// Before Redo: databases that are not there are done without.
  void IgnoreMissing() { ignores_missing_ = true; }

  /// Applies the records from the reader's place to the end. `attachments` were attached there.
  Err Redo(LogReader& reader, ConstBytes attachments);
  /// Takes back, through the log, the changes of transactions that did not end.
  Err Undo();
  /// Flushes the databases and leaves them in clean shutdown. JET_errRequiredLogFilesMissing if a
  /// file says that redo must go further than the log does, JET_errFileNotFound if one is gone.
  Err Finish();

  /// Whether any database is being recovered.
  bool has_databases() const { return !databases_.empty(); }
  /// Whether there is anything to undo or finish.
  bool needed() const { return !databases_.empty() || !missing_.empty() || !open_.empty(); }

 private:
  using OpenTransactions = std::map<uint32_t, std::vector<RowChange>>;

  Err RedoRecord(const Record& record);
  Err RedoPages(ConstBytes fields);
  Err NoteRowChange(const PageChange& change);
  Err RedoExtend(ConstBytes fields);
  Err RedoAttach(const Attachment& logged, bool create);
  Err RedoDetach(uint32_t id);
  Err Open(const Attachment& attachment, bool create);
  /// Whether a database that was opened may be redone: a copy only by a restore, which has prepared
  /// it.
  Err CheckRedoable(const Database& database) const;
  /// Where a database lies now.
  std::string PlaceOf(const std::string& path) const;
  Err CheckNoneMissing() const;
  std::vector<std::byte> Attached() const;

  env::Env& env_;
  Log& log_;
  Versions& versions_;
  const uint32_t page_bytes_;
  const RestoreRun* restore_ = nullptr;
  bool ignores_missing_ = false;
  uint32_t first_generation_ = 0;                            ///< that is redone
  std::map<uint32_t, std::unique_ptr<Database>> databases_;  ///< by the id in the log
  std::map<uint32_t, Attachment> missing_;
  OpenTransactions open_;  ///< their changes that were not taken back
};

}  // namespace backstop::engine
