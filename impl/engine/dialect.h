// SPDX-License-Identifier: MIT
// Which of two contracts an engine keeps: the documented one, or what the original engine returns.
#pragma once

#include <string_view>

#include "impl/engine/err.h"
#include "impl/esent.h"

namespace backstop::engine {

/// One field for each difference; the initial values are those of the strict dialect. Whoever
/// decides something asks the field that is named after it, and never which dialect this is.
struct Dialect {
  /// D-01: what a normal end of a stopped backup returns.
  Err end_of_stopped = JET_errBackupAbortByServer;
  /// D-02: what a normal end before log info was taken returns.
  Err end_before_log_info = JET_errBackupAbortByCaller;
  /// H-15: an incremental backup ends well without log info, and is remembered with an open range.
  bool incremental_needs_no_log_info = false;
  /// D-14, C-34: reading without an open file gives no bytes, successfully.
  bool closed_file_reads_empty = false;
  /// D-14, C-23: a file handle is the number of the slot, of which the lower half counts. Otherwise
  /// every opening has a handle of its own.
  bool handle_is_slot = false;
  /// Section 3: that OpenFile has no place for the handle is noticed when everything else is well.
  bool missing_handle_noticed_last = false;
  /// D-15: a first log info that fails leaves the backup as it was.
  bool failed_log_info_changes_nothing = false;
  /// D-16: the count of a wide log list is that of the bytes given, not that of the whole list.
  bool log_list_counts_what_fits = false;
  /// D-17, C-22: a list that does not fit a byte buffer is JET_errBufferTooSmall, cut all the same.
  bool cut_list_is_error = false;
  /// D-18: whether all logs were copied is told from the sum of their generations.
  bool copied_logs_are_summed = false;
  /// D-27: bits that Begin accepts.
  JET_GRBIT begin_bits = JET_bitBackupIncremental;
  /// D-20, D-21: the bit that must be given to End just when it was given to Begin; if not, the
  /// backup is aborted, and that is a success.
  JET_GRBIT end_kind_bits = 0;
  /// D-33, C-30: a dirty termination never closes a log that a backup had open, so that nobody can
  /// use the stream any more.
  bool dirty_term_keeps_log_open = false;
  /// D-34: after a refused termination no backup can be begun any more.
  bool refused_term_bars_backups = false;
  /// H-17: streaming calls act on an OS snapshot as on a backup; otherwise they find none.
  bool snapshot_is_backup = false;
  /// C-18: what is refused during a freeze is refused when the freeze is over.
  bool freeze_blocks = false;
  /// C-16: a frozen snapshot that is aborted is remembered like a good one.
  bool snapshot_abort_stamps = false;
  /// H-18: the end of a snapshot that was only prepared ends the backups of its instances.
  bool prepared_snapshot_ends_backups = false;
  /// H-19, C-20: a termination that ends backups waits for the end of a snapshot, and a thaw for
  /// the termination; otherwise the instance leaves the snapshot.
  bool term_waits_for_snapshot = false;
  /// C-25: streaming calls act on the backup that JetBackup runs; otherwise it is in progress.
  bool whole_backup_is_shared = false;
  /// D-29: JetBackup without a path copies into the current directory; otherwise it only truncates.
  bool no_path_is_current_directory = false;
  /// D-46: bits that JetBackup accepts; it acts on two of them.
  JET_GRBIT whole_backup_bits = JET_bitBackupIncremental | JET_bitBackupAtomic;
  /// D-38: what a restore returns whose first log is too high, or whose last is too low.
  Err restore_log_too_high = JET_errStartingRestoreLogTooHigh;
  Err restore_log_too_low = JET_errEndingRestoreLogTooLow;
  /// What a restore returns for a log of another stream among those given.
  Err foreign_restore_log = JET_errGivenLogFileHasBadSignature;
  /// A restore is content with the logs that the copy needs to be whole, though they end before the
  /// backup did; and with copies whose damage redo does not meet.
  bool restore_may_lose_rows = false;
  /// A restore removes later generations than those given from the backup.
  bool restore_removes_later_logs = false;
  /// JetInit reads the last log from beginning to end. Otherwise damage where redo needs nothing is
  /// left to the backup that copies the log.
  bool init_reads_whole_log = false;
  /// Beside copies that are there, a restore builds no other database from the logs alone.
  bool restore_builds_all_or_none = false;
  /// The restore of a whole backup builds no database from the logs alone.
  bool restore_builds_nothing = false;
  /// A restore marks copies that were attached all along before it reads the logs.
  bool restore_marks_copies_first = false;
  /// D-42: what the truncation of an instance that is in another snapshot returns.
  Err truncation_of_stranger = JET_errInvalidParameter;
  /// D-09: once log info was taken any file that exists can be opened, unless it looks like a log.
  bool opens_other_files = false;
};

inline constexpr Dialect kStrict{};
inline constexpr Dialect kEse{
    .end_of_stopped = JET_errSuccess,
    .end_before_log_info = JET_errSuccess,
    .incremental_needs_no_log_info = true,
    .closed_file_reads_empty = true,
    .handle_is_slot = true,
    .missing_handle_noticed_last = true,
    .failed_log_info_changes_nothing = true,
    .log_list_counts_what_fits = true,
    .cut_list_is_error = true,
    .copied_logs_are_summed = true,
    .begin_bits = JET_bitBackupIncremental | JET_bitBackupSurrogate | JET_bitInternalCopy,
    .end_kind_bits = JET_bitBackupSurrogate,
    .dirty_term_keeps_log_open = true,
    .refused_term_bars_backups = true,
    .snapshot_is_backup = true,
    .freeze_blocks = true,
    .snapshot_abort_stamps = true,
    .prepared_snapshot_ends_backups = true,
    .term_waits_for_snapshot = true,
    .whole_backup_is_shared = true,
    .no_path_is_current_directory = true,
    .whole_backup_bits = ~JET_GRBIT{0},
    .restore_log_too_high = JET_errRequiredLogFilesMissing,
    .restore_log_too_low = JET_errRequiredLogFilesMissing,
    .foreign_restore_log = JET_errBadLogSignature,
    .restore_may_lose_rows = true,
    .restore_removes_later_logs = true,
    .init_reads_whole_log = true,
    .restore_builds_all_or_none = true,
    .restore_builds_nothing = true,
    .restore_marks_copies_first = true,
    .truncation_of_stranger = JET_wrnNyi,
    .opens_other_files = true,
};

/// The dialect called "strict" or "ese"; null for any other name.
constexpr const Dialect* FindDialect(std::string_view name) {
  if (name == "strict") return &kStrict;
  return name == "ese" ? &kEse : nullptr;
}

}  // namespace backstop::engine
