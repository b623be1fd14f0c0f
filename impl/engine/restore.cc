// SPDX-License-Identifier: MIT
#include "impl/engine/restore.h"

#include <algorithm>
#include <utility>

#include "impl/engine/logged_databases.h"
#include "impl/engine/restore_copy.h"
#include "impl/engine/restore_logs.h"

namespace backstop::engine {
namespace {

LogRange LogsOf(const RestoreRequest& request) {
  return {.directory = request.backup_path,
          .base_name = request.storage.base_name,
          .low = request.low,
          .high = request.high};
}

constexpr uint32_t kGenerationMax = 0x7fffffff;

class Restorer {
 public:
  Restorer(env::Env& env, const Dialect& dialect, RestoreRequest& request)
      : env_(env),
        dialect_(dialect),
        request_(request),
        there_(env, request.storage.log_path, request.storage.base_name),
        files_(there_),
        logs_{.low = request.low, .high = request.high} {
    files_.TakeFromBackup(request.backup_path, request.low, request.high);
  }

  Err Run() {
    if (request_.low == 0) return JET_errInvalidPath;
    if (request_.low > kGenerationMax) return JET_errFileNotFound;
    if (request_.low > request_.high) {
      return dialect_.restore_may_lose_rows ? JET_errInternalError : dialect_.restore_log_too_low;
    }
    if (const Err err = CheckLogs(); err < 0) return err;
    if (request_.place_copies) {
      if (const Err err = request_.place_copies(&request_.map); err < 0) return err;
    }
    if (!request_.has_map) {
      if (const Err err = LookWhereTheyWere(); err < 0) return err;
    }
    if (const Err err = CheckCopies(); err < 0) return err;
    if (const Err err = CheckData(); err < 0) return err;
    return Redo();
  }

 private:
  Err CheckLogs() {
    if (const Err err = CheckGivenLogs(dialect_, files_, &logs_); err < 0) return err;
    if (dialect_.restore_removes_later_logs) RemoveLaterLogs();
    return CheckExistingLogs(there_, &logs_);
  }

  void RemoveLaterLogs() {
    const LogFiles backup(env_, request_.backup_path, request_.storage.base_name);
    std::vector<uint32_t> generations;
    backup.List(&generations);
    for (const uint32_t generation : generations) {
      if (generation > request_.high) backup.Remove(generation);
    }
  }

  Err LookWhereTheyWere() {
    std::vector<std::string> paths;
    const Err err = DatabasesInLogs(env_, LogsOf(request_), Mention::kAny, &paths);
    for (const std::string& path : paths) {
      const bool used = request_.in_use && request_.in_use(path);
      if (!used && env_.Exists(path)) request_.map.push_back({path, path});
    }
    return err;
  }

  Err CheckCopies() {
    for (const RestoreMapEntry& entry : request_.map) {
      if (request_.in_use && request_.in_use(entry.new_path)) return JET_errFileAccessDenied;
      RestoreCopy copy;
      const Err err = OpenCopy(env_, entry.new_path, logs_.first.page_bytes, &copy);
      if (err < 0) return err;
      copies_.push_back(std::move(copy));
    }
    for (RestoreCopy& copy : copies_) {
      if (const Err err = CheckTrailer(env_, logs_.first.signature, &copy); err < 0) return err;
    }
    for (const RestoreCopy& copy : copies_) {
      if (request_.low > copy.first_needed()) return dialect_.restore_log_too_high;
      if (request_.high < copy.last_needed()) return dialect_.restore_log_too_low;
    }
    return JET_errSuccess;
  }

  /// Copies of databases that the logs attach and have not made.
  Err MarkCopies() {
    using Paths = std::vector<std::string>;
    Paths made, attached;
    Err err = DatabasesInLogs(env_, LogsOf(request_), Mention::kMade, &made);
    if (err >= 0) err = DatabasesInLogs(env_, LogsOf(request_), Mention::kAttached, &attached);
    if (err < 0) return err;
    const auto holds = [](const Paths& paths, const std::string& path) {
      return std::ranges::find(paths, path) != paths.end();
    };
    for (size_t i = 0; i < copies_.size(); ++i) {
      const std::string& path = request_.map[i].old_path;
      if (holds(made, path) || !holds(attached, path)) continue;
      if (err = PrepareCopy(env_, copies_[i], request_.high); err < 0) return err;
      copies_[i].has_trailer = false;
    }
    return JET_errSuccess;
  }

  Err CheckData() {
    if (dialect_.restore_marks_copies_first) {
      if (const Err err = MarkCopies(); err < 0) return err;
    }
    for (const RestoreCopy& copy : copies_) {
      const auto begun = LogPosition::FromJet(copy.header.full_cur.lgposMark);
      bool backup_ends = false;
      const Err err = ScanLogs(files_, logs_, begun, &backup_ends);
      if (err < 0) return err;
      if (!backup_ends && !dialect_.restore_may_lose_rows) return dialect_.restore_log_too_low;
    }
    if (!copies_.empty()) return JET_errSuccess;
    bool ignored = false;
    return ScanLogs(files_, logs_, {}, &ignored);
  }

  Err Redo() {
    const bool builds = copies_.empty() || !dialect_.restore_builds_all_or_none;
    RestoreRun run{.backup_path = request_.backup_path,
                   .low = request_.low,
                   .high = request_.high,
                   .all_databases = !copies_.empty() || !request_.builds_missing,
                   .builds_missing = request_.builds_missing && builds,
                   .verify_pages = !dialect_.restore_may_lose_rows};
    for (const RestoreMapEntry& entry : request_.map) run.places[entry.old_path] = entry.new_path;
    for (const RestoreCopy& copy : copies_) {
      if (const Err err = PrepareCopy(env_, copy, request_.high); err < 0) return err;
    }
    StorageSettings settings = request_.storage;
    settings.page_bytes = logs_.first.page_bytes;
    settings.log_file_bytes = static_cast<uint32_t>(logs_.first.segments * kSegmentBytes);
    return Storage::Restore(env_, settings, run);
  }

  env::Env& env_;
  const Dialect& dialect_;
  RestoreRequest& request_;
  LogFiles there_;  ///< of the log directory alone
  LogFiles files_;  ///< with those given in front
  RestoreLogs logs_;
  std::vector<RestoreCopy> copies_;
};

}  // namespace

Err Restore(env::Env& env, const Dialect& dialect, RestoreRequest request) {
  return Restorer(env, dialect, request).Run();
}

Err DatabasesInLogs(env::Env& env, const RestoreRequest& request, std::vector<std::string>* paths) {
  return DatabasesInLogs(env, LogsOf(request), Mention::kAny, paths);
}

}  // namespace backstop::engine
