/* SPDX-License-Identifier: MIT */
/* Structures that cross the API, byte for byte as in the original ABI on 64-bit systems. */
#ifndef BACKSTOP_IMPL_ESENT_STRUCTS_H_
#define BACKSTOP_IMPL_ESENT_STRUCTS_H_

#include "impl/esent/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#pragma pack(push, 1)

/* A moment. All zero: none. */
typedef struct {
  uint8_t bSeconds; /* 0..59 */
  uint8_t bMinutes; /* 0..59 */
  uint8_t bHours;   /* 0..23 */
  uint8_t bDay;     /* 1..31 */
  uint8_t bMonth;   /* 1..12 */
  uint8_t bYear;    /* since 1900 */
  uint8_t bFiller1; /* bit 0: the time is UTC; bits 1-7: milliseconds, low part */
  uint8_t bFiller2; /* bit 0: of an OS snapshot (backup times); bits 1-3: milliseconds, high part */
} JET_LOGTIME;
typedef JET_LOGTIME JET_BKLOGTIME;

/* A position in the log stream: compare generation, then sector, then offset. */
typedef struct {
  uint16_t ib;
  uint16_t isec;
  int32_t lGeneration;
} JET_LGPOS;

/* Tells one database or log stream from another. */
typedef struct {
  uint32_t ulRandom;
  JET_LOGTIME logtimeCreate;
  char szComputerName[16];
} JET_SIGNATURE;

/* One backup as a database header remembers it. genLow 0: there was none. */
typedef struct {
  JET_LGPOS lgposMark;
  union {
    JET_LOGTIME logtimeMark;
    JET_BKLOGTIME bklogtimeMark;
  };
  uint32_t genLow;
  uint32_t genHigh;
} JET_BKINFO;

#pragma pack(pop)

/* What every version of the database information starts with. */
#define JET_DBINFOMISC_BASE_FIELDS                                          \
  uint32_t ulVersion;                                                       \
  uint32_t ulUpdate;                                                        \
  JET_SIGNATURE signDb;                                                     \
  uint32_t dbstate; /* JET_dbstate... */                                    \
  JET_LGPOS lgposConsistent;                                                \
  JET_LOGTIME logtimeConsistent;                                            \
  JET_LOGTIME logtimeAttach;                                                \
  JET_LGPOS lgposAttach;                                                    \
  JET_LOGTIME logtimeDetach;                                                \
  JET_LGPOS lgposDetach;                                                    \
  JET_SIGNATURE signLog;                                                    \
  JET_BKINFO bkinfoFullPrev; /* last full backup that truncated the log */  \
  JET_BKINFO bkinfoIncPrev;  /* last incremental one that did */            \
  JET_BKINFO bkinfoFullCur;  /* non-zero only in a copy made by a backup */ \
  uint32_t fShadowingDisabled;                                              \
  uint32_t fUpgradeDb;                                                      \
  uint32_t dwMajorVersion;                                                  \
  uint32_t dwMinorVersion;                                                  \
  uint32_t dwBuildNumber;                                                   \
  int32_t lSPNumber;                                                        \
  uint32_t cbPageSize;
#define JET_DBINFOMISC_2_FIELDS     \
  uint32_t genMinRequired;          \
  uint32_t genMaxRequired;          \
  JET_LOGTIME logtimeGenMaxCreate;  \
  uint32_t ulRepairCount;           \
  JET_LOGTIME logtimeRepair;        \
  uint32_t ulRepairCountOld;        \
  uint32_t ulECCFixSuccess;         \
  JET_LOGTIME logtimeECCFixSuccess; \
  uint32_t ulECCFixSuccessOld;      \
  uint32_t ulECCFixFail;            \
  JET_LOGTIME logtimeECCFixFail;    \
  uint32_t ulECCFixFailOld;         \
  uint32_t ulBadChecksum;           \
  JET_LOGTIME logtimeBadChecksum;   \
  uint32_t ulBadChecksumOld;
#define JET_DBINFOMISC_4_FIELDS                                           \
  JET_BKINFO bkinfoCopyPrev; /* last full backup that did not truncate */ \
  JET_BKINFO bkinfoDiffPrev; /* last incremental one that did not truncate */

/* Results of JetGetDatabaseInfo(JET_DbInfoMisc); the size of the buffer selects the version. */
typedef struct {
  JET_DBINFOMISC_BASE_FIELDS
} JET_DBINFOMISC;
typedef struct {
  JET_DBINFOMISC_BASE_FIELDS
  JET_DBINFOMISC_2_FIELDS
} JET_DBINFOMISC2;
typedef struct {
  JET_DBINFOMISC_BASE_FIELDS
  JET_DBINFOMISC_2_FIELDS
  uint32_t genCommitted;
} JET_DBINFOMISC3;
typedef struct {
  JET_DBINFOMISC_BASE_FIELDS
  JET_DBINFOMISC_2_FIELDS
  uint32_t genCommitted;
  JET_DBINFOMISC_4_FIELDS
} JET_DBINFOMISC4;

/* Range of generations that a log list names. cbSize is set by the caller. */
typedef struct {
  uint32_t cbSize;
  uint32_t ulGenLow;
  uint32_t ulGenHigh;
  char szBaseName[4];
} JET_LOGINFO_A;
typedef struct {
  uint32_t cbSize;
  uint32_t ulGenLow;
  uint32_t ulGenHigh;
  JET_WCHAR szBaseName[4];
} JET_LOGINFO_W;

/* An initialised instance, in the result of JetGetInstanceInfo. */
typedef struct {
  JET_INSTANCE hInstanceId;
  char* szInstanceName; /* NULL if it has none */
  JET_API_PTR cDatabases;
  char** szDatabaseFileName;    /* of the databases that a backup copies */
  char** szDatabaseDisplayName; /* NULL: databases have none */
  char** szDatabaseSLVFileName_Obsolete;
} JET_INSTANCE_INFO_A;

/* Progress of a long call. */
typedef struct {
  uint32_t cbStruct;
  uint32_t cunitDone;
  uint32_t cunitTotal;
} JET_SNPROG;
typedef JET_ERR(JET_API* JET_PFNSTATUS)(JET_SESID sesid, JET_SNP snp, JET_SNT snt, void* pv);

/* Where a database of the log stream lies now. */
typedef struct {
  char* szDatabaseName;
  char* szNewDatabaseName;
} JET_RSTMAP_A;

/* How JetInit3 recovers. */
typedef struct {
  uint32_t cbStruct;
  JET_RSTMAP_A* rgrstmap;
  int32_t crstmap;
  JET_LGPOS lgposStop;
  JET_LOGTIME logtimeStop;
  JET_PFNSTATUS pfnStatus;
} JET_RSTINFO_A;

typedef struct {
  uint32_t cbStruct;
  JET_COLUMNID columnid;
  JET_COLTYP coltyp;
  uint16_t wCountry;
  uint16_t langid;
  uint16_t cp;
  uint16_t wCollate;
  uint32_t cbMax; /* bytes; 0: the most the type allows */
  JET_GRBIT grbit;
} JET_COLUMNDEF;

typedef struct {
  uint32_t cbStruct;
  uint32_t ibLongValue;
  uint32_t itagSequence;
} JET_SETINFO;

typedef struct {
  uint32_t cbStruct;
  uint32_t ibLongValue;
  uint32_t itagSequence;
  JET_COLUMNID columnidNextTagged;
} JET_RETINFO;

typedef JET_LOGINFO_A JET_LOGINFO;
typedef JET_INSTANCE_INFO_A JET_INSTANCE_INFO;
typedef JET_RSTMAP_A JET_RSTMAP;
typedef JET_RSTINFO_A JET_RSTINFO;

#define JET_ASSERT_SIZE(type, bytes) JET_STATIC_ASSERT(sizeof(type) == (bytes), #type)
#define JET_ASSERT_AT(type, field, bytes) \
  JET_STATIC_ASSERT(offsetof(type, field) == (bytes), #type "." #field)
JET_ASSERT_SIZE(JET_LOGTIME, 8);
JET_ASSERT_SIZE(JET_LGPOS, 8);
JET_ASSERT_SIZE(JET_SIGNATURE, 28);
JET_ASSERT_SIZE(JET_BKINFO, 24);
JET_ASSERT_SIZE(JET_LOGINFO_A, 16);
JET_ASSERT_SIZE(JET_LOGINFO_W, 20);
JET_ASSERT_SIZE(JET_INSTANCE_INFO_A, 48);
JET_ASSERT_SIZE(JET_RSTMAP_A, 16);
JET_ASSERT_SIZE(JET_RSTINFO_A, 48);
JET_ASSERT_AT(JET_RSTINFO_A, rgrstmap, 8);
JET_ASSERT_AT(JET_RSTINFO_A, lgposStop, 20);
JET_ASSERT_AT(JET_RSTINFO_A, logtimeStop, 28);
JET_ASSERT_AT(JET_RSTINFO_A, pfnStatus, 40);
JET_ASSERT_SIZE(JET_SNPROG, 12);
JET_ASSERT_SIZE(JET_COLUMNDEF, 28);
JET_ASSERT_SIZE(JET_DBINFOMISC, 216);
JET_ASSERT_SIZE(JET_DBINFOMISC2, 296);
JET_ASSERT_SIZE(JET_DBINFOMISC3, 300);
JET_ASSERT_SIZE(JET_DBINFOMISC4, 348);
JET_ASSERT_AT(JET_DBINFOMISC, signDb, 8);
JET_ASSERT_AT(JET_DBINFOMISC, dbstate, 36);
JET_ASSERT_AT(JET_DBINFOMISC, logtimeConsistent, 48);
JET_ASSERT_AT(JET_DBINFOMISC, lgposAttach, 64);
JET_ASSERT_AT(JET_DBINFOMISC, signLog, 88);
JET_ASSERT_AT(JET_DBINFOMISC, bkinfoFullPrev, 116);
JET_ASSERT_AT(JET_DBINFOMISC, bkinfoIncPrev, 140);
JET_ASSERT_AT(JET_DBINFOMISC, bkinfoFullCur, 164);
JET_ASSERT_AT(JET_DBINFOMISC, fShadowingDisabled, 188);
JET_ASSERT_AT(JET_DBINFOMISC, cbPageSize, 212);
JET_ASSERT_AT(JET_DBINFOMISC4, genMinRequired, 216);
JET_ASSERT_AT(JET_DBINFOMISC4, logtimeGenMaxCreate, 224);
JET_ASSERT_AT(JET_DBINFOMISC4, genCommitted, 296);
JET_ASSERT_AT(JET_DBINFOMISC4, bkinfoCopyPrev, 300);
JET_ASSERT_AT(JET_DBINFOMISC4, bkinfoDiffPrev, 324);
#undef JET_ASSERT_SIZE
#undef JET_ASSERT_AT

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif
