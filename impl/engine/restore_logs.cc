// SPDX-License-Identifier: MIT
#include "impl/engine/restore_logs.h"

#include <algorithm>
#include <vector>

#include "impl/engine/log_reader.h"
#include "impl/engine/log_time.h"
#include "impl/engine/storage.h"

namespace backstop::engine {
namespace {

bool Follows(const LogHeader& before, const LogHeader& header) {
  return header.generation == before.generation + 1 &&
         ToMillis(header.previous_created) == ToMillis(before.created);
}

/// Whether a log that was found belongs to the stream and follows the one found before; the first
/// one must not leave a gap behind those given.
Err CheckExisting(const LogHeader& header, const RestoreLogs& logs, const LogHeader& before) {
  if (!SameSignature(header.signature, logs.first.signature)) {
    return JET_errExistingLogFileHasBadSignature;
  }
  const bool first = before.generation == 0;
  const bool overlaps = first && header.generation <= logs.high;
  const bool fits = overlaps || Follows(first ? logs.last_given : before, header);
  return fits ? JET_errSuccess : JET_errExistingLogFileIsNotContiguous;
}

/// Whether a record is the log info of a backup, or its end.
bool EndsBackup(const Record& record) {
  if (record.type != RecordType::kBackup) return false;
  const auto phase = Load<BackupRecord>(record.fields, 0);
  return phase == BackupRecord::kPrepareLogs || phase == BackupRecord::kAbort;
}

}  // namespace

Err CheckGivenLogs(const Dialect& dialect, const LogFiles& files, RestoreLogs* logs) {
  LogHeader before;
  for (uint64_t generation = logs->low; generation <= logs->high; ++generation) {
    const auto number = static_cast<uint32_t>(generation);
    LogFile log;
    const Err err = files.Open(files.Archived(number), env::OpenMode::kReadOnly, &log);
    if (err < 0) return err;
    const bool first = number == logs->low;
    if (!first && !SameSignature(log.header.signature, before.signature)) {
      return dialect.foreign_restore_log;
    }
    const bool fits = first ? log.header.generation == number : Follows(before, log.header);
    if (!fits) return JET_errGivenLogFileIsNotContiguous;
    before = log.header;
    if (first) logs->first = before;
  }
  logs->last_given = before;
  return JET_errSuccess;
}

Err CheckExistingLogs(const LogFiles& files, RestoreLogs* logs) {
  std::vector<uint32_t> generations;
  if (const Err err = files.List(&generations); err < 0) return err;
  LogHeader before;
  logs->last = logs->high;
  for (const uint32_t generation : generations) {
    LogFile log;
    Err err = files.Open(files.Archived(generation), env::OpenMode::kReadOnly, &log);
    if (err < 0) return err;
    if (err = CheckExisting(log.header, *logs, before); err < 0) return err;
    before = log.header;
    logs->last = std::max(logs->last, generation);
  }
  LogFile current;
  const Err err = files.Open(files.Current(), env::OpenMode::kReadOnly, &current);
  if (err == JET_errFileNotFound) return JET_errSuccess;
  if (err < 0) return err;
  logs->has_current = true;
  const Err fits = CheckExisting(current.header, *logs, before);
  const bool covered = fits >= 0 && current.header.generation <= logs->high;
  return covered ? JET_errExistingLogFileIsNotContiguous : fits;
}

Err OpenLastLog(const LogFiles& files, const RestoreLogs& logs, LogFile* last, bool* archived) {
  *archived = !logs.has_current;
  return logs.has_current ? files.Open(files.Current(), env::OpenMode::kReadWrite, last)
                          : files.Open(files.Archived(logs.last), env::OpenMode::kReadOnly, last);
}

Err ScanLogs(const LogFiles& files, const RestoreLogs& logs, LogPosition begun, bool* backup_ends) {
  *backup_ends = false;
  LogFile last;
  bool archived = false;
  if (const Err err = OpenLastLog(files, logs, &last, &archived); err < 0) return err;
  LogReader reader(files, std::move(last), archived);
  if (const Err err = reader.Seek(PositionAt(logs.low, 0), 0); err < 0) return err;
  for (bool end = false; !end;) {
    Record record;
    const Err read = reader.Next(&record, &end);
    if (read == JET_errDiskIO) return read;
    if (read < 0) {
      const bool given = reader.position().generation <= logs.high;
      return given ? JET_errLogCorruptDuringHardRestore : JET_errLogCorruptDuringHardRecovery;
    }
    *backup_ends = *backup_ends || (!end && record.position > begun && EndsBackup(record));
  }
  const Err checked = reader.CheckEnd();
  return checked < 0 && checked != JET_errDiskIO ? JET_errLogCorruptDuringHardRecovery : checked;
}

}  // namespace backstop::engine
