// SPDX-License-Identifier: MIT
// A storage for tests of what stands above it: remembers what it was asked, and can be told to fail
// or to pause at any place.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "impl/engine/log_name.h"
#include "impl/engine/storage.h"
#include "impl/engine/transaction.h"

namespace backstop::engine {

/// Calls `hook` if there is one; its result is that of the operation.
inline Err CallHook(const std::function<Err()>& hook) { return hook ? hook() : JET_errSuccess; }

class FakeDatabase final : public AttachedDatabase {
 public:
  FakeDatabase(std::string path, uint32_t pages) : path_(std::move(path)), pages(pages) {
    info.cbPageSize = kPage;
  }

  static constexpr uint32_t kPage = 4096;
  static constexpr auto kHeaderByte = std::byte{0xa1};
  static constexpr auto kTrailerByte = std::byte{0xb2};

  const std::string& path() const override { return path_; }
  bool logged() const override { return is_logged; }
  uint32_t page_bytes() const override { return kPage; }
  uint32_t page_count() override { return pages; }
  void CopyHeader(const JET_BKINFO& full_cur, std::span<std::byte> page) override {
    header_info = full_cur;
    std::fill(page.begin(), page.end(), kHeaderByte);
  }
  /// Every byte of page n is n.
  Err ReadPages(uint32_t first, std::span<std::byte> to) override {
    for (size_t i = 0; i < to.size(); ++i) to[i] = static_cast<std::byte>(first + i / kPage);
    return CallHook(on_read);
  }
  void MakeTrailer(const JET_BKINFO&, std::span<std::byte> page) override {
    std::fill(page.begin(), page.end(), kTrailerByte);
  }
  JET_DBINFOMISC4 Info() override { return info; }
  Err StampBackup(const JET_DBINFOMISC4& fields) override {
    info = fields;
    return JET_errSuccess;
  }

  bool is_logged = true;
  JET_DBINFOMISC4 info = {};
  JET_BKINFO header_info = {};
  std::function<Err()> on_read;

 private:
  std::string path_;

 public:
  uint32_t pages;
};

class FakeLog final : public LogStream {
 public:
  explicit FakeLog(std::string directory) : directory_(std::move(directory)) {}

  JET_LGPOS Tip() override { return {0, 1, static_cast<int32_t>(current)}; }
  uint32_t current_generation() override { return current; }
  uint32_t lowest_generation() override { return lowest; }
  uint32_t checkpoint_generation() override { return checkpoint; }
  std::string ArchivedPath(uint32_t generation) override {
    char name[32];
    std::snprintf(name, sizeof name, "edb%08X.log", generation);
    return directory_ + name;
  }
  std::string CurrentPath() override { return directory_ + "edb.log"; }
  Err AppendBackupRecord(BackupRecord record, BackupScope scope, uint32_t, uint32_t) override {
    records.push_back(record);
    last_scope = scope;
    return CallHook(on_append);
  }
  Err ForceRoll() override {
    ++rolls;
    ++current;
    return CallHook(on_roll);
  }
  Err Truncate(uint32_t low, uint32_t end) override {
    truncated_low = low;
    truncated_end = end;
    return CallHook(on_truncate);
  }
  void HoldGenerationsFrom(uint32_t generation) override { held = generation; }
  Err VerifyArchived(uint32_t, uint64_t, std::span<const std::byte>) override {
    return CallHook(on_verify);
  }

  uint32_t lowest = 1, checkpoint = 2, current = 3, held = 0;
  uint32_t truncated_low = 0, truncated_end = 0;
  int rolls = 0;
  std::vector<BackupRecord> records;
  BackupScope last_scope = BackupScope::kFull;
  std::function<Err()> on_append, on_roll, on_truncate, on_verify;

 private:
  std::string directory_;
};

class FakeStorage final : public Storage {
 public:
  explicit FakeStorage(std::string directory) : fake_log(std::move(directory)) {}

  Err Close(bool) override { return JET_errSuccess; }
  LogStream& log() override { return fake_log; }
  Err Freeze(uint64_t) override { return JET_errSuccess; }
  void Thaw() override {}
  Err CreateDatabase(const std::string&, JET_GRBIT) override { return JET_errSuccess; }
  Err AttachDatabase(const std::string&, JET_GRBIT) override { return JET_errSuccess; }
  Err CheckPath(const std::string&, JET_GRBIT) override { return JET_errSuccess; }
  Err DetachDatabase(const std::string&) override { return JET_errSuccess; }
  AttachedDatabase* Find(const std::string&) override { return nullptr; }
  std::vector<AttachedDatabase*> Attached() override { return {}; }
  std::unique_ptr<Transaction> NewTransaction() override { return std::make_unique<Transaction>(); }
  Err Begin(Transaction&) override { return JET_errSuccess; }
  Err Commit(Transaction&, JET_GRBIT) override { return JET_errSuccess; }
  Err Rollback(Transaction&, JET_GRBIT) override { return JET_errSuccess; }
  unsigned Level(const Transaction& transaction) const override { return transaction.level(); }

  FakeLog fake_log;
};

}  // namespace backstop::engine
