/* SPDX-License-Identifier: MIT */
/* Sessions, databases and transactions. Every call but JetBeginSession can give the entry errors of
 * a call on a session. */
#ifndef BACKSTOP_IMPL_ESENT_DATABASE_H_
#define BACKSTOP_IMPL_ESENT_DATABASE_H_

#include "impl/esent/structs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Opens a session. The name and password are not looked at.
 * Entry errors of a call on an instance, JET_errOutOfSessions. */
JET_ERR JET_API JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR szUserName,
                                JET_PCSTR szPassword);
/* Rolls open transactions back, closes tables and databases and ends the session. */
JET_ERR JET_API JetEndSession(JET_SESID sesid, JET_GRBIT grbit);

/* Makes a database file, attaches and opens it. Allowed during a backup.
 * JET_errDatabaseInvalidPath, JET_errDatabaseDuplicate, I/O errors. */
JET_ERR JET_API JetCreateDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR szConnect,
                                  JET_DBID* pdbid, JET_GRBIT grbit);
JET_ERR JET_API JetCreateDatabase2(JET_SESID sesid, JET_PCSTR szFilename,
                                   uint32_t cpgDatabaseSizeMax, JET_DBID* pdbid, JET_GRBIT grbit);

/* Attaches a database file to the log stream. JET_wrnDatabaseAttached if it is already.
 * JET_bitDbReadOnly: its file is left as it is, so that no backup copies or remembers it unasked.
 * JET_errInTransaction, JET_errCannotDisableVersioning, JET_errDatabaseInvalidPath,
 * JET_errInvalidGrbit, JET_errBackupInProgress, errors of the file. */
JET_ERR JET_API JetAttachDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_GRBIT grbit);
JET_ERR JET_API JetAttachDatabase2(JET_SESID sesid, JET_PCSTR szFilename,
                                   uint32_t cpgDatabaseSizeMax, JET_GRBIT grbit);
/* Detaches a database; NULL: all of them.
 * JET_errInTransaction, JET_errForceDetachNotAllowed, JET_errBackupInProgress,
 * JET_errDatabaseNotFound, JET_errDatabaseInUse. */
JET_ERR JET_API JetDetachDatabase(JET_SESID sesid, JET_PCSTR szFilename);
JET_ERR JET_API JetDetachDatabase2(JET_SESID sesid, JET_PCSTR szFilename, JET_GRBIT grbit);

/* Opens an attached database for the session.
 * JET_errDatabaseInvalidPath, JET_errDatabaseNotFound, JET_errDatabaseLocked. */
JET_ERR JET_API JetOpenDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR szConnect,
                                JET_DBID* pdbid, JET_GRBIT grbit);
/* Takes back one JetOpenDatabase or JetCreateDatabase; the last one closes the session's tables of
 * that database. JET_errInvalidDatabaseId. */
JET_ERR JET_API JetCloseDatabase(JET_SESID sesid, JET_DBID dbid, JET_GRBIT grbit);
/* Reads the header of an open database into a JET_DBINFOMISC of any version.
 * JET_errInvalidParameter (InfoLevel is not JET_DbInfoMisc, or the database is not attached),
 * JET_errInvalidDatabaseId, JET_errInvalidBufferSize. */
JET_ERR JET_API JetGetDatabaseInfo(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax,
                                   uint32_t InfoLevel);

/* The same for a file, attached or not; no instance is needed. JET_DbInfoPageSize gives the page
 * size in a uint32_t.
 * JET_errInvalidParameter, JET_errInvalidBufferSize, JET_errFileNotFound,
 * JET_errDatabaseCorrupted, JET_errFileInvalidType. */
JET_ERR JET_API JetGetDatabaseFileInfo(JET_PCSTR szDatabaseName, void* pvResult, uint32_t cbMax,
                                       uint32_t InfoLevel);

/* Transactions nest. A commit of the outermost level returns when it is durable.
 * JET_errTransTooDeep; JET_errNotInTransaction; errors of the log. */
JET_ERR JET_API JetBeginTransaction(JET_SESID sesid);
JET_ERR JET_API JetBeginTransaction2(JET_SESID sesid, JET_GRBIT grbit);
JET_ERR JET_API JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit);
JET_ERR JET_API JetRollback(JET_SESID sesid, JET_GRBIT grbit);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
