/* SPDX-License-Identifier: MIT */
/* Tables, columns and rows. Every call can give the entry errors of a call on a session. */
#ifndef BACKSTOP_IMPL_ESENT_TABLE_H_
#define BACKSTOP_IMPL_ESENT_TABLE_H_

#include "impl/esent/structs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* JET_errInvalidDatabaseId; JET_errTableDuplicate; JET_errObjectNotFound. */
JET_ERR JET_API JetCreateTable(JET_SESID sesid, JET_DBID dbid, JET_PCSTR szTableName,
                               uint32_t lPages, uint32_t lDensity, JET_TABLEID* ptableid);
JET_ERR JET_API JetOpenTable(JET_SESID sesid, JET_DBID dbid, JET_PCSTR szTableName,
                             const void* pvParameters, uint32_t cbParameters, JET_GRBIT grbit,
                             JET_TABLEID* ptableid);
/* JET_errInvalidTableId. */
JET_ERR JET_API JetCloseTable(JET_SESID sesid, JET_TABLEID tableid);

/* JET_errColumnDuplicate, JET_errInvalidColumnType, JET_errTooManyColumns. */
JET_ERR JET_API JetAddColumn(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szColumnName,
                             const JET_COLUMNDEF* pcolumndef, const void* pvDefault,
                             uint32_t cbDefault, JET_COLUMNID* pcolumnid);
/* Describes a column: `pvResult` is a JET_COLUMNDEF, `InfoLevel` JET_ColInfo.
 * JET_errColumnNotFound. */
JET_ERR JET_API JetGetTableColumnInfo(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szColumnName,
                                      void* pvResult, uint32_t cbMax, uint32_t InfoLevel);

/* Makes the primary index of a table that has no rows yet: `szKey` is a list of names, each after
 * '+', and ends with one more NUL. Other indexes are not built (JET_errFeatureNotAvailable), nor
 * descending columns. Columns of a type that holds more than 255 bytes count by their first ones.
 * JET_errIndexDuplicate, JET_errIndexHasPrimary, JET_errIndexInvalidDef, JET_errColumnNotFound,
 * JET_errTableNotEmpty. */
JET_ERR JET_API JetCreateIndex(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szIndexName,
                               JET_GRBIT grbit, const char* szKey, uint32_t cbKey,
                               uint32_t lDensity);
/* NULL, an empty name or the name of the primary index: that one. JET_errIndexNotFound. */
JET_ERR JET_API JetSetCurrentIndex(JET_SESID sesid, JET_TABLEID tableid, JET_PCSTR szIndexName);

/* Starts building a row (`prep` is JET_prep...), sets its columns, and writes it. The bookmark of
 * the row comes out, see JetGetBookmark. A replacement cannot change the key.
 * JET_errAlreadyPrepared, JET_errUpdateNotPrepared, JET_errNotInTransaction, JET_errRecordTooBig,
 * JET_errColumnNotFound, JET_errColumnTooBig, JET_errNullInvalid, JET_errKeyDuplicate,
 * JET_errWriteConflict, JET_errNoCurrentRecord, JET_errRecordDeleted. */
JET_ERR JET_API JetPrepareUpdate(JET_SESID sesid, JET_TABLEID tableid, uint32_t prep);
JET_ERR JET_API JetSetColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID columnid,
                             const void* pvData, uint32_t cbData, JET_GRBIT grbit,
                             JET_SETINFO* psetinfo);
JET_ERR JET_API JetUpdate(JET_SESID sesid, JET_TABLEID tableid, void* pvBookmark,
                          uint32_t cbBookmark, uint32_t* pcbActual);

/* Deletes the current row. JET_errNoCurrentRecord, JET_errRecordDeleted, JET_errWriteConflict. */
JET_ERR JET_API JetDelete(JET_SESID sesid, JET_TABLEID tableid);

/* Adds a column to the key that JetSeek looks for; JET_bitNewKey starts it, JET_bitNormalizedKey
 * gives a bookmark as the whole of it. JET_errKeyNotMade (no JET_bitNewKey came before),
 * JET_errNoCurrentIndex (the table has no index), JET_errInvalidBufferSize. */
JET_ERR JET_API JetMakeKey(JET_SESID sesid, JET_TABLEID tableid, const void* pvData,
                           uint32_t cbData, JET_GRBIT grbit);
/* Goes to the first row with the key (JET_bitSeekEQ), or to the nearest on one side of it.
 * JET_wrnSeekNotEqual, JET_errRecordNotFound, JET_errKeyNotMade. */
JET_ERR JET_API JetSeek(JET_SESID sesid, JET_TABLEID tableid, JET_GRBIT grbit);
/* The bookmark of the current row, and back. JET_errNoCurrentRecord; JET_errBufferTooSmall,
 * `*pcbActual` being what is needed; JET_errInvalidBookmark, JET_errRecordDeleted. */
JET_ERR JET_API JetGetBookmark(JET_SESID sesid, JET_TABLEID tableid, void* pvBookmark,
                               uint32_t cbMax, uint32_t* pcbActual);
JET_ERR JET_API JetGotoBookmark(JET_SESID sesid, JET_TABLEID tableid, const void* pvBookmark,
                                uint32_t cbBookmark);

/* Moves the cursor by rows, or to JET_MoveFirst or JET_MoveLast. JET_errNoCurrentRecord. */
JET_ERR JET_API JetMove(JET_SESID sesid, JET_TABLEID tableid, int32_t cRow, JET_GRBIT grbit);
/* Reads a column of the current row; `*pcbActual` is the size of the whole value.
 * JET_wrnColumnNull, JET_wrnBufferTruncated, JET_errNoCurrentRecord, JET_errColumnNotFound. */
JET_ERR JET_API JetRetrieveColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID columnid,
                                  void* pvData, uint32_t cbData, uint32_t* pcbActual,
                                  JET_GRBIT grbit, JET_RETINFO* pretinfo);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
