/* SPDX-License-Identifier: MIT */
/* Restore: the files of a backup become databases again, with the logs redone that belong to it. A
 * restore that fails leaves the copies as they were, unless it had begun to redo. */
#ifndef BACKSTOP_IMPL_ESENT_RESTORE_H_
#define BACKSTOP_IMPL_ESENT_RESTORE_H_

#include "impl/esent/structs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Recovers copies of databases that were written by a streaming backup: those that `rgrstmap` gives
 * a new place lie there already, others where they were. The logs `genLow` to `genHigh` are in
 * `szBackupLogPath`; newer ones of the same stream in `szLogPath` are redone as well.
 * JET_errInvalidParameter, JET_errRunningInOneInstanceMode, JET_errTooManyInstances, paths in use,
 * JET_errInvalidPath, JET_errFileNotFound (a file of the range, or a copy); for the logs
 * JET_errLogFileCorrupt, JET_errLogFileSizeMismatch, JET_errGivenLogFileHasBadSignature,
 * JET_errGivenLogFileIsNotContiguous, JET_errExistingLogFileHasBadSignature,
 * JET_errExistingLogFileIsNotContiguous, JET_errLogCorruptDuringHardRestore; for the copies
 * JET_errDatabaseCorrupted, JET_errRestoreOfNonBackupDatabase, JET_errBadPatchPage,
 * JET_errDatabasePatchFileMismatch, JET_errStartingRestoreLogTooHigh,
 * JET_errEndingRestoreLogTooLow; errors of recovery. */
JET_ERR JET_API JetExternalRestore(JET_PCSTR szCheckpointFilePath, JET_PCSTR szLogPath,
                                   JET_RSTMAP_A* rgrstmap, int32_t crstfilemap,
                                   JET_PCSTR szBackupLogPath, uint32_t genLow, uint32_t genHigh,
                                   JET_PFNSTATUS pfn);
/* The same with the range and base name in `pLogInfo`. A target instance may be named, by its name
 * or by both of its directories: if it runs, its logs continue the redo, and success is
 * JET_wrnTargetInstanceRunning. JET_errBadRestoreTargetInstance. */
JET_ERR JET_API JetExternalRestore2(JET_PCSTR szCheckpointFilePath, JET_PCSTR szLogPath,
                                    JET_RSTMAP_A* rgrstmap, int32_t crstfilemap,
                                    JET_PCSTR szBackupLogPath, JET_LOGINFO_A* pLogInfo,
                                    JET_PCSTR szTargetInstanceName,
                                    JET_PCSTR szTargetInstanceLogPath,
                                    JET_PCSTR szTargetInstanceCheckpointPath, JET_PFNSTATUS pfn);

/* Restores what JetBackup wrote into the directory `sz`, into the directory `szDest` or else to
 * where the databases were. The instance must not be initialised, and is as it was afterwards. The
 * legacy forms name no instance.
 * JET_errInvalidParameter, JET_errRunningInMultiInstanceMode (legacy), JET_errAlreadyInitialized,
 * JET_errInvalidPath, JET_errFileNotFound (no backup there), and as JetExternalRestore. */
JET_ERR JET_API JetRestore(JET_PCSTR sz, JET_PFNSTATUS pfn);
JET_ERR JET_API JetRestore2(JET_PCSTR sz, JET_PCSTR szDest, JET_PFNSTATUS pfn);
JET_ERR JET_API JetRestoreInstance(JET_INSTANCE instance, JET_PCSTR sz, JET_PCSTR szDest,
                                   JET_PFNSTATUS pfn);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
