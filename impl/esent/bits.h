/* SPDX-License-Identifier: MIT */
/* Flag bits (JET_GRBIT), parameter identifiers and other enumerations of the API. */
#ifndef BACKSTOP_IMPL_ESENT_BITS_H_
#define BACKSTOP_IMPL_ESENT_BITS_H_

/* JetTerm2 */
#define JET_bitTermComplete 0x1u   /* clean shutdown, also what 0 selects */
#define JET_bitTermAbrupt 0x2u     /* skip clean-up; tears a backup down; JetTerm passes this */
#define JET_bitTermStopBackup 0x4u /* tear a backup down before terminating */
#define JET_bitTermDirty 0x8u      /* leave databases dirty; returns JET_errDirtyShutdown */

/* JetStopServiceInstance2 */
#define JET_bitStopServiceAll 0x0u
#define JET_bitStopServiceBackgroundUserTasks 0x2u
#define JET_bitStopServiceQuiesceCaches 0x4u
#define JET_bitStopServiceStopAndEmitLog 0x8u
#define JET_bitStopServiceResume 0x80000000u

/* JetBeginExternalBackup */
#define JET_bitBackupIncremental 0x1u
#define JET_bitBackupAtomic 0x4u
#define JET_bitBackupFullWithAllLogs 0x8u
#define JET_bitBackupSnapshot 0x10u
#define JET_bitBackupSurrogate 0x20u
#define JET_bitInternalCopy 0x40u

/* JetEndExternalBackupInstance2 */
#define JET_bitBackupEndNormal 0x1u
#define JET_bitBackupEndAbort 0x2u
#define JET_bitBackupTruncateDone 0x100u     /* stamp headers as if logs were truncated */
#define JET_bitBackupNoDbHeaderUpdate 0x200u /* do not stamp headers */

/* JetInit2, JetInit3 */
#define JET_bitReplayIgnoreMissingDB 0x4u
#define JET_bitRecoveryWithoutUndo 0x8u
#define JET_bitReplayMissingMapEntryDB 0x20u
#define JET_bitLogStreamMustExist 0x40u
#define JET_bitReplayIgnoreLostLogs 0x80u
#define JET_bitAllowMissingCurrentLog 0x100u
#define JET_bitAllowSoftRecoveryOnBackup 0x200u
#define JET_bitSkipLostLogsEvent 0x400u
#define JET_bitExternalRecoveryControl 0x800u
#define JET_bitKeepDbAttachedAtEndOfRecovery 0x1000u

/* OS snapshots */
#define JET_bitIncrementalSnapshot 0x1u
#define JET_bitCopySnapshot 0x2u
#define JET_bitContinueAfterThaw 0x4u
#define JET_bitExplicitPrepare 0x8u
#define JET_bitAllDatabasesSnapshot 0x1u
#define JET_bitAbortSnapshot 0x1u

/* Databases */
#define JET_bitDbReadOnly 0x1u
#define JET_bitDbExclusive 0x2u
#define JET_bitDbDeleteCorruptIndexes 0x10u
#define JET_bitDbRecoveryOff 0x8u /* not logged: never part of a backup */
#define JET_bitDbVersioningOff 0x40u
#define JET_bitDbShadowingOff 0x80u
#define JET_bitDbOverwriteExisting 0x200u
#define JET_bitForceDetach 0x1u
#define JET_bitForceCloseAndDetach 0x3u

/* Transactions */
#define JET_bitTransactionReadOnly 0x1u
#define JET_bitCommitLazyFlush 0x1u
#define JET_bitRollbackAll 0x1u

/* Tables, columns and records */
#define JET_bitTableDenyWrite 0x1u
#define JET_bitTableDenyRead 0x2u
#define JET_bitTableReadOnly 0x4u
#define JET_bitTableUpdatable 0x8u
#define JET_bitColumnFixed 0x1u
#define JET_bitColumnTagged 0x2u
#define JET_bitColumnNotNULL 0x4u
#define JET_bitColumnAutoincrement 0x10u
#define JET_bitSetZeroLength 0x20u
#define JET_bitRetrieveCopy 0x1u
#define JET_bitMoveKeyNE 0x1u
#define JET_prepInsert 0u
#define JET_prepReplace 2u
#define JET_prepCancel 3u
#define JET_prepReplaceNoLock 4u
#define JET_bitSetAppendLV 0x1u
#define JET_bitIndexUnique 0x1u
#define JET_bitIndexPrimary 0x2u
#define JET_bitIndexDisallowNull 0x4u
#define JET_bitNewKey 0x1u
#define JET_bitNormalizedKey 0x8u
#define JET_bitKeyDataZeroLength 0x10u
#define JET_bitSeekEQ 0x1u
#define JET_bitSeekLT 0x2u
#define JET_bitSeekLE 0x4u
#define JET_bitSeekGE 0x8u
#define JET_bitSeekGT 0x10u
#define JET_MoveFirst ((int32_t)-2147483647 - 1)
#define JET_MovePrevious (-1)
#define JET_MoveNext (+1)
#define JET_MoveLast 0x7fffffff

/* Column types (JET_COLTYP) */
#define JET_coltypNil 0u
#define JET_coltypBit 1u
#define JET_coltypUnsignedByte 2u
#define JET_coltypShort 3u
#define JET_coltypLong 4u
#define JET_coltypCurrency 5u
#define JET_coltypIEEESingle 6u
#define JET_coltypIEEEDouble 7u
#define JET_coltypDateTime 8u
#define JET_coltypBinary 9u
#define JET_coltypText 10u
#define JET_coltypLongBinary 11u
#define JET_coltypLongText 12u
#define JET_coltypUnsignedLong 14u
#define JET_coltypLongLong 15u
#define JET_coltypGUID 16u
#define JET_coltypUnsignedShort 17u

/* Information levels */
#define JET_ColInfo 0u
#define JET_DbInfoMisc 14u
#define JET_DbInfoPageSize 17u
#define JET_DbInfoFileType 19u

/* System parameters */
#define JET_paramSystemPath 0u          /* directory of the checkpoint */
#define JET_paramTempPath 1u            /* temporary database */
#define JET_paramLogFilePath 2u         /* directory of the log stream */
#define JET_paramBaseName 3u            /* three characters */
#define JET_paramMaxSessions 5u         /* count */
#define JET_paramLogFileSize 11u        /* KB, 64..32768, a multiple of 64 */
#define JET_paramCircularLog 17u        /* 0 or 1 */
#define JET_paramCheckpointDepthMax 24u /* bytes */
#define JET_paramRecovery 34u           /* "on" turns logging on */
#define JET_paramDatabasePageSize 64u   /* bytes; of the process */
#define JET_paramOSSnapshotTimeout 82u  /* ms; of the process */
#define JET_paramCreatePathIfNotExist 100u
#define JET_paramMaxInstances 104u /* count; of the process */

/* States of a database (JET_DBINFOMISC::dbstate) */
#define JET_dbstateJustCreated 1u
#define JET_dbstateDirtyShutdown 2u
#define JET_dbstateCleanShutdown 3u
#define JET_dbstateBeingConverted 4u
#define JET_dbstateForceDetach 5u
#define JET_dbstateIncrementalReseedInProgress 6u
#define JET_dbstateDirtyAndPatchedShutdown 7u

/* What a status callback is told: the kind of work, and how far it is */
#define JET_snpRestore 8u
#define JET_snpBackup 9u
#define JET_sntProgress 0u
#define JET_sntFail 3u
#define JET_sntBegin 5u
#define JET_sntComplete 6u

/* Types of a file (JET_DbInfoFileType) */
#define JET_filetypeDatabase 1u
#define JET_filetypeLog 3u
#define JET_filetypeCheckpoint 4u
#define JET_filetypeTempDatabase 5u

#endif
