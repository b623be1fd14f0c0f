/* SPDX-License-Identifier: MIT */
/* Streaming backup. A full backup is Begin, GetAttachInfo, then Open-Read...-Close for each
 * database, GetLogInfo, Open-Read...-Close for each log, TruncateLog, End. Every call can give the
 * entry errors of a call on an instance, and every call but Begin, Stop and End gives, in this
 * order, JET_errNoBackup and then (not CloseFile) JET_errBackupAbortByServer after a stop. */
#ifndef BACKSTOP_IMPL_ESENT_BACKUP_H_
#define BACKSTOP_IMPL_ESENT_BACKUP_H_

#include "impl/esent/structs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Begins a full backup (0) or one of the logs since the last (JET_bitBackupIncremental).
 * JET_errLoggingDisabled, JET_errInvalidGrbit, JET_errInvalidBackup (incremental with circular
 * logging), JET_errBackupInProgress, JET_errMissingFullBackup. */
JET_ERR JET_API JetBeginExternalBackup(JET_GRBIT grbit);
JET_ERR JET_API JetBeginExternalBackupInstance(JET_INSTANCE instance, JET_GRBIT grbit);

/* Lists the databases to copy. `*pcbActual` is the size of the whole list in bytes; a short buffer
 * gets its beginning without an error. The variants ending in W give UTF-16. Full backups only, in
 * any phase. JET_errInvalidBackupSequence. */
JET_ERR JET_API JetGetAttachInfo(char* szzDatabases, uint32_t cbMax, uint32_t* pcbActual);
JET_ERR JET_API JetGetAttachInfoInstance(JET_INSTANCE instance, char* szzDatabases, uint32_t cbMax,
                                         uint32_t* pcbActual);
JET_ERR JET_API JetGetAttachInfoInstanceW(JET_INSTANCE instance, JET_WCHAR* wszzDatabases,
                                          uint32_t cbMax, uint32_t* pcbActual);

/* Opens a database (before log info was taken) or an archived log (after) for reading; one file at
 * a time. The size in bytes of the stream is fixed now: for a database two header pages, the data
 * pages and a trailer page.
 * JET_errInvalidParameter, JET_errOutOfMemory (a file is open), JET_errDatabaseNotFound;
 * once log info was taken the following end the backup: JET_errInvalidBackupSequence (a database),
 * JET_errInvalidParameter (not an archived log), JET_errMissingFileToBackup, I/O errors. */
JET_ERR JET_API JetOpenFile(JET_PCSTR szFileName, JET_HANDLE* phfFile, uint32_t* pulFileSizeLow,
                            uint32_t* pulFileSizeHigh);
JET_ERR JET_API JetOpenFileInstance(JET_INSTANCE instance, JET_PCSTR szFileName,
                                    JET_HANDLE* phfFile, uint32_t* pulFileSizeLow,
                                    uint32_t* pulFileSizeHigh);
/* The same for a reader who wants the pages from `ibRead` on; the stream is whole nevertheless.
 * JET_wrnNyi before every other test if `cSections` is above 1; JET_errInvalidParameter, before
 * JET_errOutOfMemory, if `ibRead` is neither 0 nor the offset of a page after the second. */
JET_ERR JET_API JetOpenFileSectionInstance(JET_INSTANCE instance, JET_PCSTR szFile,
                                           JET_HANDLE* phFile, int32_t iSection, int32_t cSections,
                                           uint64_t ibRead, uint32_t* pulSectionSizeLow,
                                           int32_t* plSectionSizeHigh);

/* Reads the next `cb` bytes, a multiple of the page size, into a buffer aligned to 4096 bytes. The
 * first read of a database needs three pages, of a log two. At the end it succeeds with 0 bytes.
 * JET_errInvalidParameter changes nothing. A database that cannot be read (JET_errDiskIO,
 * JET_errReadVerifyFailure) leaves the backup and its handle is closed; a log that cannot be read
 * (JET_errDiskIO, JET_errLogReadVerifyFailure) ends the backup. */
JET_ERR JET_API JetReadFile(JET_HANDLE hfFile, void* pv, uint32_t cb, uint32_t* pcbActual);
JET_ERR JET_API JetReadFileInstance(JET_INSTANCE instance, JET_HANDLE hfFile, void* pv, uint32_t cb,
                                    uint32_t* pcbActual);

/* Closes the file; allowed after a stop. Only what was read to the end counts as copied.
 * JET_errInvalidParameter (not the open file). */
JET_ERR JET_API JetCloseFile(JET_HANDLE hfFile);
JET_ERR JET_API JetCloseFileInstance(JET_INSTANCE instance, JET_HANDLE hfFile);

/* Lists the logs to copy, respectively those that JetTruncateLogInstance will delete. The first of
 * these calls in a backup rolls the log and ends the copying of databases; if it fails with
 * anything but JET_errInvalidBackupSequence the backup is over. Buffers as for JetGetAttachInfo.
 * JET_errInvalidBackupSequence (a file is open), JET_errMissingFileToBackup, errors of the log. */
JET_ERR JET_API JetGetLogInfo(char* szzLogs, uint32_t cbMax, uint32_t* pcbActual);
JET_ERR JET_API JetGetLogInfoInstance(JET_INSTANCE instance, char* szzLogs, uint32_t cbMax,
                                      uint32_t* pcbActual);
JET_ERR JET_API JetGetLogInfoInstanceW(JET_INSTANCE instance, JET_WCHAR* wszzLogs, uint32_t cbMax,
                                       uint32_t* pcbActual);
/* As above; `pLogInfo->cbSize` must be sizeof(JET_LOGINFO_A) (JET_errInvalidParameter). */
JET_ERR JET_API JetGetLogInfoInstance2(JET_INSTANCE instance, char* szzLogs, uint32_t cbMax,
                                       uint32_t* pcbActual, JET_LOGINFO_A* pLogInfo);
/* `pLogInfo->cbSize` must be sizeof(JET_LOGINFO_W). */
JET_ERR JET_API JetGetLogInfoInstance2W(JET_INSTANCE instance, JET_WCHAR* wszzLogs, uint32_t cbMax,
                                        uint32_t* pcbActual, JET_LOGINFO_W* pLogInfo);
JET_ERR JET_API JetGetTruncateLogInfoInstance(JET_INSTANCE instance, char* szzLogs, uint32_t cbMax,
                                              uint32_t* pcbActual);
JET_ERR JET_API JetGetTruncateLogInfoInstanceW(JET_INSTANCE instance, JET_WCHAR* wszzLogs,
                                               uint32_t cbMax, uint32_t* pcbActual);

/* Deletes the logs that no restore needs any more.
 * JET_errInvalidBackupSequence (a file is open, or log info was not taken),
 * JET_errLogFileNotCopied (not every listed log was read to its end), errors of the deletion. */
JET_ERR JET_API JetTruncateLog(void);
JET_ERR JET_API JetTruncateLogInstance(JET_INSTANCE instance);

/* Ends the backup: normally, or as given by exactly one of JET_bitBackupEndNormal and
 * JET_bitBackupEndAbort. Only a normal end that succeeds stamps the database headers.
 * JET_errInvalidParameter (the bits; nothing ends), JET_errNoBackup; and, with the backup ended
 * like an aborted one, JET_errBackupAbortByServer (it was stopped) or JET_errBackupAbortByCaller
 * (log info was not taken). */
JET_ERR JET_API JetEndExternalBackup(void);
JET_ERR JET_API JetEndExternalBackupInstance(JET_INSTANCE instance);
JET_ERR JET_API JetEndExternalBackupInstance2(JET_INSTANCE instance, JET_GRBIT grbit);

/* Stops the backup that runs, if any: its calls fail from now on, End excepted. Succeeds on every
 * instance that exists, in whatever state, and never waits for input or output.
 * JET_errInvalidParameter. */
JET_ERR JET_API JetStopBackup(void);
JET_ERR JET_API JetStopBackupInstance(JET_INSTANCE instance);

/* A whole backup in one call, into the directory `szBackupPath`: full and into an empty directory,
 * or the logs since the last one behind a full backup (JET_bitBackupIncremental), or full and
 * replacing the backup in the directory when it is whole (JET_bitBackupAtomic). Without a path the
 * logs that no restore needs are deleted. `pfnStatus` may be NULL; its result is not looked at.
 * Others cannot touch the backup while it runs (JET_errBackupInProgress), but may stop it.
 * As Begin, and JET_errInvalidPath, JET_errBackupDirectoryNotEmpty, JET_errMakeBackupDirectoryFail,
 * JET_errDeleteBackupFileFail, JET_errBackupAbortByServer, JET_errTermInProgress, I/O errors. */
JET_ERR JET_API JetBackup(JET_PCSTR szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus);
JET_ERR JET_API JetBackupInstance(JET_INSTANCE instance, JET_PCSTR szBackupPath, JET_GRBIT grbit,
                                  JET_PFNSTATUS pfnStatus);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
