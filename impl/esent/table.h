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

/* Starts building a row (`prep` is JET_prep...), sets its columns, and writes it.
 * JET_errAlreadyPrepared, JET_errUpdateNotPrepared, JET_errNotInTransaction, JET_errRecordTooBig,
 * JET_errColumnNotFound, JET_errColumnTooBig. */
JET_ERR JET_API JetPrepareUpdate(JET_SESID sesid, JET_TABLEID tableid, uint32_t prep);
JET_ERR JET_API JetSetColumn(JET_SESID sesid, JET_TABLEID tableid, JET_COLUMNID columnid,
                             const void* pvData, uint32_t cbData, JET_GRBIT grbit,
                             JET_SETINFO* psetinfo);
JET_ERR JET_API JetUpdate(JET_SESID sesid, JET_TABLEID tableid, void* pvBookmark,
                          uint32_t cbBookmark, uint32_t* pcbActual);

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
