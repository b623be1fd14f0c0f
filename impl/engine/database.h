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
#include "impl/engine/doublewrite.h"
#include "impl/engine/log.h"
#include "impl/engine/log_time.h"
#include "impl/engine/page.h"
#include "impl/engine/storage.h"
#include "impl/engine/versions.h"
#include "impl/env/sync.h"

namespace backstop::engine {

/// Thread-safe. "pages" guards the pages in memory; when they are many, those that the file holds
/// as they are leave it between two operations. "header" guards the header and is held while it is
/// written. Flush, Detach and the calls of recovery come from one thread at a time.
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
  /// Whether the root of the catalog can be read. JET_errReadVerifyFailure, JET_errDiskIO.
  Err CheckCatalog();
  /// Marks the file, which is open and clean, as attached to this log stream.
  Err Attach();
  /// Writes all that is not in the file yet. Whoever moves the checkpoint calls it.
  Err Flush();
  /// Reads every page of the file. JET_errReadVerifyFailure, JET_errDiskIO.
  Err VerifyPages();
  /// Flushes and leaves the file in clean shutdown. It is no copy of a backup any more.
  Err ShutDown();

  const Attachment& identity() const { return identity_; }
  uint32_t id() const { return identity_.id; }

  /// Held while the catalog is changed: "catalog", before "pages".
  env::Mutex& catalog_mutex() { return catalog_mutex_; }

  // -- rows of a tree --
  /// Adds a row. JET_errKeyDuplicate, JET_errWriteConflict, JET_errRecordTooBig.
  Err InsertRow(Transaction& transaction, TreeId tree, KeyView key, ConstBytes record);
  /// Adds a row after the last one of a tree whose keys are numbers; from 1 on.
  Err AppendRow(Transaction& transaction, TreeId tree, ConstBytes record, Key* key);
  /// JET_errRecordDeleted, JET_errWriteConflict, JET_errRecordTooBig.
  Err ReplaceRow(Transaction& transaction, TreeId tree, KeyView key, ConstBytes record);
  Err DeleteRow(Transaction& transaction, TreeId tree, KeyView key);
  /// Takes a change back, which must be the last one of the transaction.
  Err TakeBack(uint32_t transaction, const RowChange& change);

  /// Makes room where a row was deleted that nobody sees any more.
  Err Tidy(TreeId tree, KeyView key);

  /// The first row that `transaction` sees with a key not below, or the last one with a key below
  /// `*key`, which becomes its key. JET_errNoCurrentRecord.
  Err RowFrom(const Transaction& transaction, TreeId tree, Key* key,
              std::vector<std::byte>* record);
  Err RowBelow(const Transaction& transaction, TreeId tree, Key* key,
               std::vector<std::byte>* record);
  /// The last row. JET_errNoCurrentRecord.
  Err LastRow(const Transaction& transaction, TreeId tree, Key* key,
              std::vector<std::byte>* record);

  /// A number above those given out and those of the rows in a tree whose keys begin with numbers
  /// of so many bytes.
  Err TakeNumber(TreeId tree, size_t number_bytes, uint64_t* number);
  /// The same for a tree with other keys; nothing until StartNumbers has said what comes first.
  std::optional<uint64_t> TakeKnownNumber(TreeId tree);
  void StartNumbers(TreeId tree, uint64_t first);
  /// A new object with one empty page.
  Err CreateObject(Transaction& transaction, uint32_t flags, TreeId* tree);

  // -- redo --
  /// Comes before the rest: makes pages whole that a power loss has torn.
  Err RestoreTornPages() { return doublewrite_.Restore(FileIdentity(), file_); }
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
    bool sound = false;  ///< rows and tags lie where they may
    PageView view() { return PageView(bytes); }
  };
  /// The way from the root of a tree to a leaf.
  struct Step {
    uint32_t page = 0;
    unsigned slot = 0;  ///< of the next page
  };
  using Path = std::vector<Step>;
  struct Edit {
    RowEdit kind;
    KeyView key;
    ConstBytes record;
  };
  struct Search {
    bool forward = true;
    bool from_end = false;  ///< backward from the last row, whatever the key
    Key key;
  };

  void SetPageCount(uint32_t pages);

  // Pages, see database_pages.cc. Whoever may have released the lock says so: then what the caller
  // knows of pages may be wrong and it starts again.
  Frame& At(uint32_t number) { return *frames_[number - 1]; }
  bool Resident(uint32_t number) const {
    return number != 0 && number <= frames_.size() && frames_[number - 1] != nullptr;
  }
  /// Forgets pages that can be read again, if there are too many; called before an operation.
  void Shrink();
  /// Brings a page into memory.
  Err Load(env::MutexLock& lock, uint32_t number, bool* released);
  /// Logs changes as one record and does them.
  Err Change(std::vector<PageChange> changes);
  Err FindEmptyPage(env::MutexLock& lock, uint32_t* number, bool* released);
  Err IsEmpty(env::MutexLock& lock, uint32_t number, bool* empty, bool* released);
  Err FindFirstEmptyPage(env::MutexLock& lock);
  Err FindFreePage(env::MutexLock& lock, uint32_t* number, bool* released);
  /// Adds to changes that use the page that it is no longer listed as free.
  void AddTaking(uint32_t number, std::vector<PageChange>* changes);
  /// Adds the changes that give pages back; `*rows` has to live until they are made.
  void AddFreeing(std::vector<uint32_t> pages, std::vector<std::vector<std::byte>>* rows,
                  std::vector<PageChange>* changes);
  Err Extend(env::MutexLock& lock);

  // Trees, see database_tree.cc.
  Err Descend(env::MutexLock& lock, TreeId tree, const KeyView* key, Path* path);
  Err CheckInTree(uint32_t page, TreeId tree, size_t depth);
  /// One step towards room for a row at `slot` of the leaf that `path` ends in.
  Err MakeRoom(env::MutexLock& lock, uint32_t transaction, TreeId tree, const Path& path,
               unsigned slot);
  Err Purge(uint32_t transaction, TreeId tree, uint32_t page, bool* purged);
  Err TidyLeaf(env::MutexLock& lock, TreeId tree, KeyView key);
  Err RemoveLeaf(env::MutexLock& lock, TreeId tree, const Path& path, bool* released);
  void AddRemoval(TreeId tree, const Step& above, std::vector<std::byte>* last,
                  std::vector<PageChange>* changes);
  void AddUnlinking(TreeId tree, uint32_t leaf, std::vector<PageChange>* changes);
  Err DeepenTree(uint32_t transaction, TreeId tree, uint32_t fresh);
  Err SplitPage(uint32_t transaction, TreeId tree, const Step& parent, uint32_t page,
                unsigned first_moved, uint32_t fresh);
  static unsigned SplitPoint(const PageView& page, unsigned slot);

  // Rows, see database_rows.cc and database_scan.cc.
  Err WriteRow(env::MutexLock& lock, Transaction& transaction, TreeId tree, const Edit& edit);
  Err ApplyEdit(Transaction& transaction, TreeId tree, const Edit& edit, uint32_t number,
                unsigned slot);
  Err Refusal(const Transaction& transaction, TreeId tree, const Edit& edit);
  Err Restore(uint32_t transaction, const RowChange& change, uint32_t number, unsigned slot);
  Err FindNumber(env::MutexLock& lock, TreeId tree, size_t bytes, uint64_t** next);
  Err FindRow(const Transaction& transaction, TreeId tree, Search search, Key* key,
              std::vector<std::byte>* record);
  bool ScanPage(const Transaction& transaction, TreeId tree, const PageView& page,
                const Search& search, Key* key, std::vector<std::byte>* record);
  /// Comes before every change of rows. JET_errPermissionDenied in a read-only database.
  Err BeginChange(Transaction& transaction);
  std::vector<PageImage> TakeDirtyPages();
  void EndFlush(const std::vector<PageImage>& pages, Err err);
  Err WritePages(std::vector<PageImage>* pages);
  Err UpdateHeaderForFlush();
  DatabaseHeader HeaderWithRanges();
  /// Differs between the file and a backup copy of it, and from one attachment to the next.
  uint64_t FileIdentity() const;

  env::Env& env_;
  Log& log_;
  Versions& versions_;
  Attachment identity_;
  DatabaseFile file_;
  Doublewrite doublewrite_;
  bool logged_ = true;
  bool read_only_ = false;

  env::Mutex catalog_mutex_;

  env::Mutex mutex_;
  env::Condition extended_;
  bool extending_ = false;
  std::vector<std::unique_ptr<Frame>> frames_;  ///< by page number - 1; null: not in memory
  size_t resident_ = 0;                         ///< how many are in memory
  size_t shrink_above_ = 0;
  bool flushing_ = false;  ///< pages that are not dirty may not be in the file yet
  std::map<uint32_t, uint64_t> next_numbers_;  ///< by object
  uint64_t dbtime_ = 0;
  uint32_t last_object_ = kShadowCatalogObject;
  uint32_t first_empty_ = 0;  ///< no page below is empty; 0: not known yet

  env::Mutex header_mutex_;
  DatabaseHeader header_;
};

}  // namespace backstop::engine
