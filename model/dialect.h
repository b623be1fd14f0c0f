// SPDX-License-Identifier: MIT
// Where the documents, the original engine's source and safety disagree, and whom a dialect follows
// at each of these places. One field per difference, named after what it decides.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace backstop::model {

/// What is followed where the documents and the original engine differ.
enum class Follow : uint8_t {
  kSource,    ///< the original engine, as it was read and recorded
  kDocument,  ///< the reference pages
  kSafe,      ///< neither: the nearest documented behaviour that loses and breaks nothing
};

// F(field, id, what strict follows, topic, what strict does, what ese does).
// D-, C- and H- are the discrepancies, corrections and hazards of the contract.
#define BACKSTOP_DIFFERENCES(F)                                                                    \
  F(end_after_stop, "D-01", kDocument, "a normal end of a stopped backup",                         \
    "releases everything and returns JET_errBackupAbortByServer",                                  \
    "releases everything and returns success")                                                     \
  F(end_before_log_info, "D-02", kDocument, "a normal end before the log info",                    \
    "releases everything and returns JET_errBackupAbortByCaller",                                  \
    "releases everything and returns success")                                                     \
  F(stop_without_backup, "D-03", kSource, "a stop without a backup",                               \
    "succeeds and is forgotten by the next Begin", "the same")                                     \
  F(stop_in_any_life, "D-04", kSource, "a stop in every life of an instance", "succeeds",          \
    "the same")                                                                                    \
  F(bogus_handle, "D-05", kDocument, "an instance handle that is none", "JET_errInvalidParameter", \
    "the same: a retail build does not validate handles")                                          \
  F(legacy_without_mode, "D-06", kSource, "legacy calls before any instance exists",               \
    "JET_errInvalidParameter", "the same")                                                         \
  F(attach_info_failure, "D-07", kSource, "a failing JetGetAttachInfo",                            \
    "tears the backup down only if memory is out", "the same")                                     \
  F(open_failure, "D-08", kSource, "a failing JetOpenFile",                                        \
    "tears the backup down only in the logs phase, after the slot was taken", "the same")          \
  F(open_unattached, "D-09", kSource, "JetOpenFile of a name that is no attached database",        \
    "JET_errDatabaseNotFound in the databases phase", "the same")                                  \
  F(read_parameters, "D-10", kSource, "parameter errors of JetReadFile", "change nothing",         \
    "the same")                                                                                    \
  F(read_at_end, "D-11", kSource, "JetReadFile at the end of the file",                            \
    "returns no bytes if its arguments are good", "the same")                                      \
  F(first_read, "D-12", kSource, "the smallest first read",                                        \
    "three pages of a database, two of a log", "the same")                                         \
  F(read_abort_reason, "D-13", kSource, "why JetReadFile returns JET_errBackupAbortByServer",      \
    "JetStopBackup was called", "the same")                                                        \
  F(read_bad_handle, "D-14", kSafe, "JetReadFile with a handle that is not open",                  \
    "JET_errInvalidParameter", "a free slot acts as an empty file")                                \
  F(log_info_failure, "D-15", kDocument, "a first log info that fails", "tears the backup down",   \
    "changes nothing")                                                                             \
  F(log_info_count, "D-16", kDocument, "the count of JetGetLogInfo with a short buffer",           \
    "the full size", "what the buffer takes")                                                      \
  F(short_buffer, "D-17", kDocument, "a short buffer in the ANSI list calls",                      \
    "is filled as far as it goes", "JET_errBufferTooSmall")                                        \
  F(copied_logs, "D-18", kSafe, "what JetTruncateLog takes for copied", "each listed generation",  \
    "as much as the sum of the listed generations")                                                \
  F(truncate_too_early, "D-19", kSource, "JetTruncateLog before the log info",                     \
    "JET_errInvalidBackupSequence", "the same")                                                    \
  F(end_bits, "D-20", kSafe, "bits of JetEndExternalBackupInstance2 beside Normal and Abort",      \
    "ignores those it does not know, 0x20 among them", "0x20 makes the end of a local one fail")   \
  F(end_of_other_kind, "D-21", kSafe, "an end of the other kind of backup",                        \
    "there is no other kind", "tears the backup down and returns success")                         \
  F(end_success, "D-22", kSource, "what a successful end says of the files",                       \
    "nothing: what was not read is not stamped", "the same")                                       \
  F(full_without_truncation, "D-23", kSource, "a full backup that did not truncate",               \
    "is a copy, and no base for incremental ones", "the same")                                     \
  F(circular_incremental, "D-24", kSource, "an incremental backup with circular logging",          \
    "JET_errInvalidBackup", "the same")                                                            \
  F(begin_extra_codes, "D-25", kSource, "codes of Begin that no page lists",                       \
    "JET_errLogDiskFull, JET_errLogSequenceEnd", "the same, and those of surrogate backups")       \
  F(begin_in_recovery, "D-26", kSource, "Begin while the instance initialises",                    \
    "JET_errNotInitialized", "the same")                                                           \
  F(begin_internal_bits, "D-27", kDocument, "the internal bits 0x20 and 0x40 of Begin",            \
    "JET_errInvalidGrbit", "begin a surrogate backup and an internal copy")                        \
  F(after_stop_service, "D-28", kSource, "calls that pass after JetStopService",                   \
    "those that release, JetStopBackup and JetTerm", "the same")                                   \
  F(backup_without_path, "D-29", kDocument, "JetBackup without a path", "only truncates the logs", \
    "backs up into the current directory")                                                         \
  F(term_in_backup, "D-30", kSource, "JetTerm during a backup", "tears the backup down",           \
    "the same")                                                                                    \
  F(term2_in_backup, "D-31", kSource, "JetTerm2(0 or Complete) during a backup",                   \
    "JET_errBackupInProgress", "the same")                                                         \
  F(term_in_transaction, "D-32", kSource, "termination with an open transaction",                  \
    "JET_errTooManyActiveUsers unless Dirty is given", "the same")                                 \
  F(term_dirty, "D-33", kSafe, "JetTerm2(Dirty) during a backup",                                  \
    "tears the backup down first; JET_errDirtyShutdown", "JET_errDirtyShutdown")                   \
  F(refused_term, "D-34", kDocument, "the state after a refused termination", "is as before",      \
    "allows no new backup, and a transaction's backup is gone")                                    \
  F(stop_service_codes, "D-35", kSource, "codes of JetStopServiceInstance2",                       \
    "JET_errInvalidGrbit, JET_errClientRequestToStopJetService", "the same")                       \
  F(stop_service_created, "D-36", kSafe, "JetStopService on an instance that is only created",     \
    "succeeds and sets the flag", "crashes: nothing is bound")                                     \
  F(parameter_gates, "D-37", kSource, "what JetSetSystemParameter is refused for",                 \
    "a termination, a restore or an initialisation that runs", "the same")                         \
  F(restore_range, "D-38", kDocument, "a restore with log numbers out of range",                   \
    "JET_errStartingRestoreLogTooHigh, JET_errEndingRestoreLogTooLow",                             \
    "JET_errRequiredLogFilesMissing, JET_errFileNotFound or JET_errInternalError")                 \
  F(failed_init, "D-39", kSource, "a failing JetInit", "frees the instance", "the same")           \
  F(create_in_backup, "D-40", kSource, "JetCreateDatabase during a backup", "is allowed",          \
    "the same")                                                                                    \
  F(roll_at_end, "D-41", kSource, "log rolls of a backup", "one, at the first log info",           \
    "the same")                                                                                    \
  F(foreign_member, "D-42", kSafe, "JetOSSnapshotTruncateLogInstance of another's instance",       \
    "JET_errInvalidParameter", "-1")                                                               \
  F(unavailable_reason, "D-43", kSource, "a full log disk as the reason of unavailability",        \
    "JET_errInstanceUnavailableDueToFatalLogDiskFull", "the same")                                 \
  F(close_after_stop, "D-44", kSource, "JetCloseFile after a stop", "works", "the same")           \
  F(missing_base, "D-45", kSource, "an incremental backup without its base",                       \
    "JET_errMissingFullBackup, JET_errMissingFileToBackup", "the same")                            \
  F(backup_unknown_bits, "D-46", kDocument, "unknown bits of JetBackup", "JET_errInvalidGrbit",    \
    "are ignored")                                                                                 \
  F(frozen_log_info, "C-14", kSafe, "log info while the instance is frozen", "JET_errNoBackup",    \
    "waits; then the ANSI variant finds no backup, the wide one a list")                           \
  F(snapshot_abort_stamps, "C-16", kSafe, "aborting a frozen snapshot", "stamps no header",        \
    "stamps as a good thaw does, unless ContinueAfterThaw was given")                              \
  F(freeze_blocks, "C-18", kSafe, "Begin, attach and detach while the instance is frozen",         \
    "are refused at once", "wait until the freeze ends, then are refused")                         \
  F(frozen_term, "C-20", kSafe, "termination while the instance is frozen",                        \
    "takes the instance out of the snapshot", "waits for the time-out")                            \
  F(close_big_handle, "C-23", kSafe, "JetCloseFile with a handle beyond 32 bits",                  \
    "compares the whole value", "compares the low half")                                           \
  F(calls_in_whole_backup, "C-25", kSafe, "streaming calls during JetBackup",                      \
    "JET_errBackupInProgress", "act on the backup that JetBackup runs")                            \
  F(foreign_file, "C-36", kSafe, "JetOpenFile of a foreign file in the logs phase",                \
    "JET_errMissingFileToBackup, torn down", "opens it")                                           \
  F(incremental_end, "H-15", kSafe, "a normal end of an incremental backup before the log info",   \
    "aborts it as D-02", "stamps the header with no range")                                        \
  F(streaming_in_snapshot, "H-17", kSafe, "streaming calls on an instance in a snapshot",          \
    "find no backup", "act on the snapshot as on a backup")                                        \
  F(snapshot_claims_backup, "H-18", kSafe, "ending a prepared snapshot over a running backup",     \
    "leaves the backup alone", "releases the backup")                                              \
  F(prepared_term, "H-19", kSafe, "termination while a snapshot is prepared",                      \
    "takes the instance out of the snapshot", "waits without limit")

/// Whom a dialect follows, difference by difference.
struct Dialect {
#define BACKSTOP_FIELD(field, id, strict, topic, strict_text, ese_text) \
  Follow field = Follow::strict;
  BACKSTOP_DIFFERENCES(BACKSTOP_FIELD)
#undef BACKSTOP_FIELD
};

/// The documented contract, gaps filled from the source, nothing that breaks.
inline constexpr Dialect kStrict{};

/// What the original engine returns, call after call.
inline constexpr Dialect kEse = [] {
  Dialect dialect;
#define BACKSTOP_FIELD(field, id, strict, topic, strict_text, ese_text) \
  dialect.field = Follow::kSource;
  BACKSTOP_DIFFERENCES(BACKSTOP_FIELD)
#undef BACKSTOP_FIELD
  return dialect;
}();

/// The dialect with this name ("strict", "ese"), or null.
const Dialect* FindDialect(std::string_view name);

/// A difference as text.
struct Difference {
  std::string_view id;
  std::string_view field;
  Follow strict;
  std::string_view topic;
  std::string_view strict_text;
  std::string_view ese_text;
};
std::span<const Difference> Differences();

}  // namespace backstop::model
