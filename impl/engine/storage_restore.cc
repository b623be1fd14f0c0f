// SPDX-License-Identifier: MIT
// Recovery of restored copies: as after a crash, but from the logs of a backup on.
#include <algorithm>

#include "impl/engine/recovery.h"
#include "impl/engine/restore_logs.h"
#include "impl/engine/storage_impl.h"

namespace backstop::engine {

Err Storage::Restore(env::Env& env, const StorageSettings& settings, const RestoreRun& run) {
  StorageImpl storage(env, settings);
  const Err err = storage.RestoreStream(run);
  return err < 0 ? err : storage.Close(true);
}

Err StorageImpl::RestoreStream(const RestoreRun& run) {
  log_.TakeFromBackup(run.backup_path, run.low, run.high);
  const LogFiles& files = log_.files();
  RestoreLogs logs{.low = run.low, .high = run.high, .last = run.high};
  std::vector<uint32_t> generations;
  if (const Err err = files.List(&generations); err < 0) return err;
  if (!generations.empty()) logs.last = std::max(logs.last, generations.back());
  logs.has_current = env_.Exists(files.Current());
  LogFile last;
  bool archived = false;
  if (const Err err = OpenLastLog(files, logs, &last, &archived); err < 0) return err;
  LogReader reader(files, std::move(last), archived);
  if (const Err err = reader.Seek(PositionAt(run.low, 0), 0); err < 0) return err;
  const std::vector<std::byte> attachments = reader.header().attachments;
  Recovery recovery(env_, log_, versions_, settings_.page_bytes);
  recovery.RestoreInto(run);
  Err err = recovery.Redo(reader, attachments);
  if (err < 0) return err;
  // From here on the stream cannot be used before a restore has come to its end.
  if (recovery.has_databases()) {
    err = checkpoint_file_.Write(
        {.position = PositionAt(run.low, 0), .signature = reader.header().signature});
    if (err < 0) return err;
  }
  if (err = log_.Resume(reader.TakeTail()); err < 0) return err;
  if (err = recovery.Undo(); err < 0) return err;
  if (err = recovery.Finish(); err < 0) return err;
  return MoveCheckpoint();
}

}  // namespace backstop::engine
