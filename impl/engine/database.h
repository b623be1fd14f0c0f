// SPDX-License-Identifier: MIT
// An attached database: its pages in memory, the changes that go through the log, and what a backup
// reads of it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "impl/engine/attachments.h"
#include "impl/engine/database_file.h"
#include "impl/engine/log.h"
#include "impl/engine/log_time.h"
#include "impl/engine/page.h"
#include "impl/engine/storage.h"
#include "impl/engine/versions.h"
#include "impl/env/sync.h"

namespace backstop::engine {

/// A place between or on the rows of a table: the page, and the key of the row last visited.
struct RowPlace {
  uint32_t page = 0;
  uint64_t key = 0;
};

/// Thread-safe. "pages" guards the pages in memory; pages stay there until the database is
/// detached. "header" guards the header and is held while it is written. Flush, Detach and the
/// calls of recovery come from one thread at a time.
///
/// A page in memory may be newer than in the file, never older. It is written only when the log
/// holds all its changes durably, so that redo finds a page of any age and brings it up to date.
class Database final : public AttachedDatabase {
 public:
  Database(env::Env& env, Log& log, Versions& versions, Attachment identity, uint32_t page_bytes);

  /// Makes the file of a new database, in state dirty.
  Err Create(bool logged, bool shadowed, bool overwrite);
  /// Opens the file in whatever state it is. Read-only: nothing is ever written to it, neither rows
  /// nor a header, and so it does not count as logged.
  Err Open(bool read_only = false);
  /// Whether the open file is clean. JET_errDatabaseDirtyShutdown,
  /// JET_errSoftRecoveryOnBackupDatabase.
  Err CheckAttachable() const;
  bool SameFile() const { return SameSignature(header_.signature, identity_.signature); }
  const DatabaseHeader& header_as_opened() const { return header_; }
  /// Marks the file, which is open and clean, as attached to this log stream.
  Err Attach();
  /// Writes all that is not in the file yet. Whoever moves the checkpoint calls it.
  Err Flush();
  /// Flushes and leaves the file in clean shutdown.
  Err ShutDown();

  const Attachment& identity() const { return identity_; }
  uint32_t id() const { return identity_.id; }

  /// Held while the catalog is changed: "catalog", before "pages".
  env::Mutex& catalog_mutex() { return catalog_mutex_; }

  // -- rows of a table: object and the first page of its chain --
  /// Adds a row after the last one; `*key` is its key, from 1 on. JET_errRecordTooBig.
  Err InsertRow(Transaction& transaction, uint32_t object, uint32_t root, ConstBytes record,
                uint64_t* key);
  /// Takes an insertion back.
  Err TakeBackRow(uint32_t transaction, const InsertedRow& row);
  /// Moves to the next or previous row that `transaction` sees. JET_errNoCurrentRecord.
  Err NextRow(const Transaction& transaction, uint32_t object, RowPlace* place,
              std::vector<std::byte>* record);
  Err PreviousRow(const Transaction& transaction, uint32_t object, RowPlace* place,
                  std::vector<std::byte>* record);
  Err LastPage(uint32_t object, uint32_t root, uint32_t* page);
  /// A number below the keys of all rows to come and above those given out: for autoincrement
  /// columns.
  Err TakeNumber(uint32_t object, uint32_t root, uint64_t* key);
  /// A new object with one empty page.
  Err CreateObject(Transaction& transaction, uint32_t* object, uint32_t* root);

  // -- redo --
  Err Redo(const PageChange& change);
  Err RedoExtend(uint32_t first, uint32_t end);

  // AttachedDatabase
  const std::string& path() const override { return identity_.path; }
  bool logged() const override { return logged_; }
  uint32_t page_bytes() const override { return file_.page_bytes(); }
  uint32_t page_count() override;
  void CopyHeader(const JET_BKINFO& full_cur, std::span<std::byte> page) override;
  Err ReadPages(uint32_t first, std::span<std::byte> pages) override;
  void MakeTrailer(const JET_BKINFO& full_cur, std::span<std::byte> page) override;
  JET_DBINFOMISC4 Info() override;
  Err StampBackup(const JET_DBINFOMISC4& fields) override;

 private:
  struct Frame {
    std::vector<std::byte> bytes;
    bool dirty = false;
  };
  /// What appending to a table needs to know; found by walking its pages once.
  struct Table {
    uint32_t last_page = 0;
    uint64_t next_key = 1;
  };
  struct PageImage {
    uint32_t number;
    std::vector<std::byte> bytes;
  };

  void SetPageCount(uint32_t pages);
  /// Makes sure that a page is in memory; may release the lock meanwhile.
  Err Pin(env::MutexLock& lock, uint32_t number, Frame** frame);
  /// Logs a change and does it.
  Err Change(uint32_t number, Frame* frame, PageChange change);
  Err FindTable(env::MutexLock& lock, uint32_t object, uint32_t root, Table** table);
  Err AppendPage(env::MutexLock& lock, Transaction& transaction, uint32_t object, Table* table);
  Err FindEmptyPage(env::MutexLock& lock, uint32_t* number, Frame** frame);
  Err Extend(env::MutexLock& lock);
  /// Comes before every change of rows. JET_errPermissionDenied in a read-only database.
  Err BeginChange(Transaction& transaction);
  std::vector<PageImage> TakeDirtyPages();
  void PutBackDirty(const std::vector<PageImage>& pages);
  Err WritePages(std::vector<PageImage>* pages);
  Err UpdateHeaderForFlush();
  DatabaseHeader HeaderWithRanges();

  env::Env& env_;
  Log& log_;
  Versions& versions_;
  Attachment identity_;
  DatabaseFile file_;
  bool logged_ = true;
  bool read_only_ = false;

  env::Mutex catalog_mutex_;

  env::Mutex mutex_;
  env::Condition extended_;
  bool extending_ = false;
  std::vector<std::unique_ptr<Frame>> frames_;  ///< by page number - 1; null: not in memory
  std::map<uint32_t, Table> tables_;
  uint64_t dbtime_ = 0;
  uint32_t last_object_ = kShadowCatalogObject;
  uint32_t empty_hint_ = 1;  ///< no page below is empty

  env::Mutex header_mutex_;
  DatabaseHeader header_;
};

}  // namespace backstop::engine
